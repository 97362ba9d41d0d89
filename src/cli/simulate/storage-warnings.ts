// Warnings about devices that a round left out because their storage is too small: one sentence for each kind of device.

import type { Experiment } from '../../sim/experiment/experiment.ts';
import { samplesThatFit, storageInput, storageOf } from '../../sim/fleet/storage.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import { modelKinds } from '../../sim/model/models.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { statuses } from '../../sim/record/statuses.ts';

const OUT_OF_STORAGE = statuses.indexOf('out of storage');

/** Sentences for stderr; none where all devices fit. Each describes the device of its kind that needs the largest share. */
export function storageWarnings({ devices, round }: RoundRecord, experiment: Experiment): string[] {
  const { byId } = buildTopology(experiment.fleet);
  const worst = new Map<string, { readonly row: number; readonly count: number }>();
  devices.status.forEach((status, row) => {
    const node = byId.get(`device-${devices.number[row]}`);
    if (status !== OUT_OF_STORAGE || node?.tier !== 'device') return;
    const known = worst.get(node.profile.label);
    const isWorse = known === undefined || devices.storageShare[row] > devices.storageShare[known.row];
    worst.set(node.profile.label, { row: isWorse ? row : known.row, count: (known?.count ?? 0) + 1 });
  });
  return [...worst].flatMap(([kind, { row, count }]) => {
    const node = byId.get(`device-${devices.number[row]}`);
    if (node?.tier !== 'device') return [];
    const samples = devices.samples[row];
    const stored = storageInput(modelKinds[devices.model[row]], experiment, { samples, round });
    const maxSamples = samplesThatFit(node.figures, stored);
    const fit =
      maxSamples > 0
        ? `${maxSamples} of its ${samples} samples would fit`
        : 'it would not fit with any number of samples';
    const subject = count === 1 ? `${node.id} is` : `${count} devices are`;
    return `Out of storage: ${subject} left out (${kind}). ${node.id} needs ${devices.storage[row]} of ${storageOf(node.figures)} B; ${fit}.`;
  });
}
