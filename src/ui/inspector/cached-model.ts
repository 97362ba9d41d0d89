// The model that a gateway keeps: which it is, and whether devices can be served from it while the way to the cloud is cut.
// The records tell: with the cache on, a gateway keeps what it last received.

import { isAsynchronous } from '../../sim/engine/synchrony.ts';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import { rowOf } from '../../sim/record/columns.ts';
import type { History } from '../../sim/record/record.ts';

/** The round in which a gateway received the model that it keeps; null if it keeps none. */
export function cachedSince(history: History, initialExperiment: Experiment, number: number): number | null {
  let keeps = initialExperiment.network.cache;
  let since: number | null = null;
  for (const { round, changes, gateways } of history) {
    for (const { path, value } of changes) if (path === 'network.cache') keeps = value === true;
    const row = rowOf(gateways.number, number);
    if (keeps && row !== undefined && gateways.bytesDown[row] > 0) since = round;
  }
  return since;
}

/** Whether its copy serves while the way up is cut: not without the cache. */
export const servesCopy = ({ network }: Experiment, since: number | null): boolean => network.cache && since !== null;

interface CacheState {
  readonly experiment: Experiment;
  readonly since: number | null;
  /** It is switched off now. */
  readonly isOff: boolean;
  /** Its way up is cut now. */
  readonly isCut: boolean;
}

/** One line for a gateway's card. */
export function toCacheWords({ experiment, since, isOff, isCut }: CacheState): string {
  if (!experiment.network.cache) return 'Keeps no copy: every download needs the fog.';
  if (since === null) return 'Has no model yet: needs the fog.';
  if (isOff) return `Keeps the model of round ${since}, to serve again when it is switched on.`;
  if (isCut) return `Serves from its own copy, received in round ${since}.`;
  return isAsynchronous(experiment)
    ? 'Keeps the newest version that came by, and serves it again.'
    : `Keeps the model of round ${since}: serves it to its devices, and while the fog is out of reach.`;
}
