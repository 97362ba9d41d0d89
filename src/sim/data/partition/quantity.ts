// Quantity skew: all devices have the natural class mix, but some hold far more samples. Li et al. 2022 (NIID-Bench) draw
// the counts from Dir(β). A Dirichlet draw is Gamma(β) draws divided by their sum; here each is divided by its expectation
// instead, so that a device's count does not depend on who else is there. The mean is samplesPerDevice either way.

import { number } from '../../experiment/settings.ts';
import { normalised, ownGroup, type Partition } from './partition.ts';

/** Half a mini-batch of the default size: a device with less has nothing to train on. */
export const MIN_SAMPLES = 8;
/** No device holds more than this many times the mean: a single rare draw must not swallow the browser's memory. */
export const MAX_TIMES_MEAN = 10;

const own = {
  quantityBeta: number({
    default: 0.5,
    min: 0.001,
    max: 10_000,
    step: 0.001,
    scale: 'log',
    label: 'Quantity skew, Dirichlet β',
    help: 'Small: a few devices hold most samples. Large: all hold as many.',
    live: false,
  }),
  ...ownGroup,
};

export const quantity: Partition<typeof own> = {
  id: 'quantity',
  label: 'Unequal amounts',
  help: 'The same mix of classes everywhere, but few devices hold most of the samples: the smaller β, the fewer.',
  source: { text: 'Li et al. 2022, NIID-Bench', url: 'https://arxiv.org/abs/2102.02079' },
  settings: own,
  dealsClasses: false,
  ownGroup: (settings) => settings.ownGroup,
  deviceShare(settings, deviceId, prior, rng) {
    const { quantityBeta: beta, samplesPerDevice: mean } = settings;
    const times = Math.min(MAX_TIMES_MEAN, rng.split('device', deviceId).gamma(beta) / beta);
    const samples = Math.max(MIN_SAMPLES, Math.round(mean * times));
    return { samples, mix: normalised(prior), ownGroup: settings.ownGroup };
  },
};
