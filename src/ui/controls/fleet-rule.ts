// Changes to a fleet's rule (how many, of which kinds). What the visitor changed by hand on single nodes was meant for the
// fleet as it was: it is dropped, because the nodes are built anew; figures edited for a whole kind stay.

import type { Change } from '../../sim/experiment/edits.ts';
import type { Fleet } from '../../sim/experiment/sections/fleet.ts';

export type FleetRule = Pick<Fleet, 'fogs' | 'gatewaysPerFog' | 'devicesPerGateway' | 'mix'>;

export function toRuleChanges(fleet: Fleet, rule: Partial<FleetRule>): Change[] {
  const kinds = Object.entries(fleet.figures).filter(([target]) => target.startsWith('kind:'));
  const next: Partial<Fleet> = {
    ...rule,
    added: [],
    removed: [],
    parents: {},
    profiles: {},
    models: {},
    off: [],
    figures: Object.fromEntries(kinds),
  };
  return Object.entries(next).map(([key, value]) => ({ path: `fleet.${key}`, value }));
}
