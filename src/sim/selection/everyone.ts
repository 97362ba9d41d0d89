// Everyone: all devices that can train are asked, as in the tutorial.

import type { Selection } from './selection.ts';

export const everyone: Selection = {
  id: 'everyone',
  label: 'Everyone who can',
  help: 'Each device that can train does.',
  settings: {},
  select: ({ candidates }) => candidates,
};
