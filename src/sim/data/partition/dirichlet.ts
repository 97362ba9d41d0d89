// Dirichlet label skew: a device's class mix is drawn from Dir(α · K · prior) over K classes. α → ∞ gives every device the
// natural mix, α → 0 a single class. Hsu, Qi & Brown 2019 (theirs is Dir(α · p); the factor K makes α the parameter of
// each class when the prior is uniform, as in most later papers).

import { number } from '../../experiment/settings.ts';
import { normalised, ownGroup, type Partition } from './partition.ts';

const own = {
  alpha: number({
    default: 0.5,
    min: 0.001,
    max: 10_000,
    step: 0.001,
    scale: 'log',
    label: 'Label skew, Dirichlet α',
    help: 'Small: each device sees one or two classes. Large: every device sees them all.',
    live: false,
  }),
  ...ownGroup,
};

export const dirichlet: Partition<typeof own> = {
  id: 'dirichlet',
  label: 'Dirichlet label skew',
  help: 'Class mixes differ from device to device: the smaller α, the fewer classes each one sees.',
  source: { text: 'Hsu, Qi & Brown 2019, Non-identical data distribution', url: 'https://arxiv.org/abs/1909.06335' },
  settings: own,
  dealsClasses: true,
  ownGroup: (settings) => settings.ownGroup,
  deviceShare: (settings, deviceId, prior, rng) => ({
    samples: settings.samplesPerDevice,
    mix: rng
      .split('device', deviceId)
      .dirichlet(normalised(prior).map((share) => settings.alpha * prior.length * share)),
    ownGroup: settings.ownGroup,
  }),
};
