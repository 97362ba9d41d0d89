// By link rate: the finest codec whose upload fits into a time budget on the link as it is now; the coarsest if none does: the
// slower the link, the fewer the bytes (the tutorial's exercise 1).

import { number } from '../../experiment/settings.ts';
import { type AdaptivePolicy, ladder } from './policy.ts';

const own = {
  budget: number({
    default: 0.2,
    min: 0.01,
    max: 60,
    step: 0.01,
    scale: 'log',
    unit: 's',
    label: 'Transfer time',
    help: 'A device sends the finest codec whose upload fits into this time on its link.',
    live: true,
  }),
};

export const byLink: AdaptivePolicy<typeof own> = {
  id: 'by-link',
  label: 'By link rate',
  help: 'The finest codec whose upload fits into a time budget on the device’s link.',
  source: 'The tutorial’s exercise 1',
  settings: own,
  choose({ uploadTime, trial, settings }) {
    const rung = ladder.findIndex((_, each) => uploadTime(trial(each).bytes) <= settings.budget);
    return rung < 0 ? ladder.length - 1 : rung;
  },
};
