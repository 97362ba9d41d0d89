// No adaptation: every device uses the codec that is set for its tier.

import type { AdaptivePolicy } from './policy.ts';

export const fixed: AdaptivePolicy = {
  id: 'fixed',
  label: 'As set',
  help: 'Every device uses the codec of its tier.',
  settings: {},
  source: 'McMahan et al. 2017',
  choose: () => null,
};
