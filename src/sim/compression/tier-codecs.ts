// The codec that each tier uses in a round: as it is set; for devices also warmed up, or a rung of the adaptive policies' ladder.

import type { Experiment } from '../experiment/experiment.ts';
import { prunedModelCodec, sparsityAt } from '../model/pruning.ts';
import type { RoundCodecs } from '../record/record.ts';
import { ladder } from './adaptive/policy.ts';
import { codecLabel } from './codec-spec.ts';
import type { CodecSpec } from './index.ts';

type Pipeline = CodecSpec & { readonly feedback: boolean };

/** Made once for each experiment: thousands of devices send with the same one. */
const made = new WeakMap<Pipeline, CodecSpec>();

/** A tier's settings as a codec. With error feedback random-k is not scaled up: what it leaves out is sent later. */
export function codecSpecOf(pipeline: Pipeline): CodecSpec {
  const spec = made.get(pipeline) ?? { ...pipeline, scalesUp: !pipeline.feedback };
  made.set(pipeline, spec);
  return spec;
}

/**
 * The share that is kept while warming up: it falls exponentially, as with W = 4 and 0.1 %: 25, 6.3, 1.6, 0.4, 0.1 %.
 * Lin et al. 2018, "Deep Gradient Compression", section 3.3.
 */
export const warmUpShare = (keep: number, round: number, warmUp: number): number =>
  round > warmUp ? keep : keep ** (round / (warmUp + 1));

/** The codec of the devices' tier in a round. */
export function deviceCodec({ compression }: Experiment, round: number): CodecSpec {
  const { device, warmUp } = compression;
  const keep = warmUpShare(device.keep, round, warmUp);
  return codecSpecOf(keep === device.keep ? device : { ...device, keep });
}

/** A rung of the ladder, rounded and packed as the devices' tier is set. */
export const rungCodec = (own: CodecSpec, rung: number): CodecSpec => ({ ...own, factor: 'none', ...ladder[rung] });

/** Which codec each tier used, by name: for the record, whose settings may have changed since. */
export function roundCodecs(experiment: Experiment, round: number): RoundCodecs {
  const { gateway, fog, down, adapt } = experiment.compression;
  const device = deviceCodec(experiment, round);
  const downLabel = codecLabel(sparsityAt(round, experiment.pruning) > 0 ? prunedModelCodec(down) : down);
  return {
    device: codecLabel(device),
    gateway: codecLabel(gateway),
    fog: codecLabel(fog),
    down: down.difference ? `difference in ${downLabel}` : downLabel,
    rungs: adapt === 'fixed' ? [] : ladder.map((_, rung) => codecLabel(rungCodec(device, rung))),
  };
}
