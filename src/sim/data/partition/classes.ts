// Pathological label skew: every device holds k classes in equal parts. McMahan et al. 2017, section 3 ("two digits each").
// They give each device shards of a sorted data set; here classes are assigned by random permutations, one for each block of
// as many devices as there are classes: within a block every class is assigned k times, and a device's share depends on its id alone.

import { integer } from '../../experiment/settings.ts';
import { MAX_CLASSES } from '../task.ts';
import { ownGroup, type Partition } from './partition.ts';

const settingsOfClasses = {
  classesPerDevice: integer({
    default: 2,
    min: 1,
    max: MAX_CLASSES,
    step: 1,
    label: 'Classes per device',
    help: 'Each device holds samples of this many classes only, at most of all that the data set has.',
    live: false,
  }),
  ...ownGroup,
};

export const classes: Partition<typeof settingsOfClasses> = {
  id: 'classes',
  label: 'Few classes each',
  help: 'Every device holds only k of the classes, in equal parts.',
  source: { text: 'McMahan et al. 2017, Communication-efficient learning', url: 'https://arxiv.org/abs/1602.05629' },
  settings: settingsOfClasses,
  dealsClasses: true,
  ownGroup: (settings) => settings.ownGroup,
  deviceShare(settings, deviceId, prior, rng) {
    const present = [...prior.keys()].filter((label) => prior[label] > 0);
    const own = Math.max(1, Math.min(Math.round(settings.classesPerDevice), present.length));
    const index = deviceId - 1;
    const order = rng.split('deck', Math.floor(index / present.length)).permutation(present.length);
    const mix = new Float64Array(prior.length);
    // Consecutive entries of a permutation, read cyclically, are distinct, and the first ⌈K/k⌉ devices cover all of them.
    for (let i = 0; i < own; i++) {
      mix[present[order[((index % present.length) * own + i) % present.length]]] = 1 / own;
    }
    return { samples: settings.samplesPerDevice, mix, ownGroup: settings.ownGroup };
  },
};
