// No sparsification: every value is sent, so that no index needs to be. No error.

import type { Sparsifier } from './sparsifier.ts';

export const none: Sparsifier = {
  id: 'none',
  label: 'None',
  wireCode: 0,
  isUnbiased: true,
  help: 'Sends every value.',
  settings: {},
  source: 'McMahan et al. 2017',
  nameFor: () => null,
  select: () => null,
};
