// While charging: trains only on the charger, so that learning never costs the owner's battery. What phones do: Bonawitz et al.,
// "Towards Federated Learning at Scale: System Design", MLSys 2019.

import type { Schedule } from './schedule.ts';

export const whileCharging: Schedule = {
  id: 'while-charging',
  label: 'While charging',
  help: 'All local epochs on the charger, none off it.',
  settings: {},
  epochs: ({ epochs, charging }) => (charging ? epochs : 0),
};
