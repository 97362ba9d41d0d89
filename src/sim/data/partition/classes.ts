// Pathological label skew: every device holds k classes in equal parts. McMahan et al. 2017, section 3 ("two digits each").
// Theirs deals shards of a sorted data set; here classes are dealt from shuffled decks, in blocks of as many devices as
// there are classes: within a block every class is dealt k times, and a device's share depends on its id alone.

import { integer } from '../../experiment/settings.ts';
import { MOST_CLASSES } from '../task.ts';
import { ownGroup, type Partition } from './partition.ts';

const own = {
  classesPerDevice: integer({
    default: 2,
    min: 1,
    max: MOST_CLASSES,
    step: 1,
    label: 'Classes per device',
    help: 'Each device holds samples of this many classes only, at most of all that the data set has.',
    live: false,
  }),
  ...ownGroup,
};

export const classes: Partition<typeof own> = {
  id: 'classes',
  label: 'Few classes each',
  help: 'Every device holds only k of the classes, in equal parts.',
  source: { text: 'McMahan et al. 2017, Communication-efficient learning', url: 'https://arxiv.org/abs/1602.05629' },
  settings: own,
  dealsClasses: true,
  ownGroup: (settings) => settings.ownGroup,
  share(settings, deviceId, prior, rng) {
    const present = [...prior.keys()].filter((label) => prior[label] > 0);
    const held = Math.max(1, Math.min(Math.round(settings.classesPerDevice), present.length));
    const turn = deviceId - 1;
    const deck = rng.split('deck', Math.floor(turn / present.length)).permutation(present.length);
    const mix = new Float64Array(prior.length);
    // Consecutive cards of a deck read in a circle are distinct, and the first ⌈K/k⌉ devices see all of them.
    for (let card = 0; card < held; card++) {
      mix[present[deck[((turn % present.length) * held + card) % present.length]]] = 1 / held;
    }
    return { samples: settings.samplesPerDevice, mix, ownGroup: settings.ownGroup };
  },
};
