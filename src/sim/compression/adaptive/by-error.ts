// By error: the coarsest codec that keeps the error of the device's own update under a bound, tried on that update.

import { number, percent } from '../../experiment/settings.ts';
import { type AdaptivePolicy, ladder } from './policy.ts';

const own = {
  errorBound: number({
    default: 0.2,
    min: 0.001,
    max: 1,
    step: 0.001,
    scale: 'log',
    ...percent,
    label: 'Relative error',
    help: 'A device sends the coarsest codec whose error, relative to its update (L2), stays below this.',
    live: true,
  }),
};

export const byError: AdaptivePolicy<typeof own> = {
  id: 'by-error',
  label: 'By error',
  help: 'The coarsest codec whose relative error (L2) of the device’s own update stays under a bound.',
  source: 'The tutorial’s exercise 1',
  settings: own,
  choose({ trial, settings }) {
    for (let rung = ladder.length - 1; rung > 0; rung--) {
      if (trial(rung).relativeError <= settings.errorBound) return rung;
    }
    return 0;
  },
};
