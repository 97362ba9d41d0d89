// "s % similar" (Karimireddy et al. 2020, SCAFFOLD, section 7): s % of a device's samples are drawn IID; all others are sorted by their
// labels and assigned to the devices in order, as Hsu, Qi & Brown 2019 do it. Device i of N has of the sorted samples the part from
// (i − 1)/N to i/N: of one class, or of two or more that meet there. A device that is added later takes its part again from the first.

import { number, percent } from '../../experiment/settings.ts';
import { normalised, ownGroup, type Partition } from './partition.ts';

const own = {
  similarity: number({
    default: 0.1,
    min: 0,
    max: 1,
    step: 0.01,
    ...percent,
    label: 'Similarity',
    help: 'Share of the samples that are dealt alike to all devices; the others are sorted by class and dealt in order.',
    live: false,
  }),
  ...ownGroup,
};

/** How much of each class lies between two places, 0 … 1, of all samples sorted by label: the classes' shares of that part. */
function sortedPart(prior: Float64Array, from: number, to: number): Float64Array {
  let start = 0;
  const part = prior.map((share) => {
    const end = start + share;
    const overlap = Math.max(0, Math.min(end, to) - Math.max(start, from));
    start = end;
    // Rounding at a boundary must not give a device a tiny share of a class.
    return overlap < 1e-9 ? 0 : overlap;
  });
  return normalised(part);
}

export const similarity: Partition<typeof own> = {
  id: 'similarity',
  label: 's % similar',
  help: 'A share of the samples is dealt alike to all; the rest is sorted by class and dealt in order of the devices’ numbers.',
  source: { text: 'Karimireddy et al. 2020, SCAFFOLD, section 7', url: 'https://arxiv.org/abs/1910.06378' },
  settings: own,
  dealsClasses: true,
  ownGroup: (settings) => settings.ownGroup,
  deviceShare({ similarity: alike, samplesPerDevice, devices, ownGroup: own }, deviceId, prior) {
    const natural = normalised(prior);
    const place = (deviceId - 1) % devices;
    const sorted = sortedPart(natural, place / devices, (place + 1) / devices);
    const mix = natural.map((share, label) => alike * share + (1 - alike) * sorted[label]);
    return { samples: samplesPerDevice, mix, ownGroup: own };
  },
};
