// Which codec each tier used in a round, by name: for the record, whose settings may have changed since.

import type { Experiment } from '../experiment/experiment.ts';
import { prunedSpec, sparsityAt } from '../model/pruning.ts';
import type { RoundCodecs } from '../record/record.ts';
import { ladder } from './adaptive/policy.ts';
import { codecLabel } from './codec-spec.ts';
import { deviceCodec, rungCodec } from './device-uplink.ts';

export function codecsOf(experiment: Experiment, round: number): RoundCodecs {
  const { gateway, fog, down, adapt } = experiment.compression;
  const device = deviceCodec(experiment, round);
  const downLabel = codecLabel(sparsityAt(round, experiment.pruning) > 0 ? prunedSpec(down) : down);
  return {
    device: codecLabel(device),
    gateway: codecLabel(gateway),
    fog: codecLabel(fog),
    down: down.difference ? `difference in ${downLabel}` : downLabel,
    rungs: adapt === 'fixed' ? [] : ladder.map((_, rung) => codecLabel(rungCodec(device, rung))),
  };
}
