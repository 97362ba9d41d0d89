// What the latest round did to one node: where the graph and the inspector read it. Selectors return plain values, so that
// a node is drawn again only when what it shows has changed.

import type { DataDistribution } from '../../sim/data/data-distribution.ts';
import { numberOf, tierOf } from '../../sim/fleet/topology.ts';
import { type ModelKind, modelKinds } from '../../sim/model/models.ts';
import { rowOf } from '../../sim/record/columns.ts';
import type { RoundRecord, UpperColumns } from '../../sim/record/record.ts';
import { type Status, statuses } from '../../sim/record/statuses.ts';
import type { FoglineState } from '../../store/store.ts';
import { stragglersOf } from '../story/last-nodes.ts';

export const selectLatest = (state: Pick<FoglineState, 'history'>): RoundRecord | undefined => state.history.at(-1);

export type DeviceState = Status | 'waiting';

/** What became of a device in the latest round; 'waiting' before its first. */
export function deviceState(record: RoundRecord | undefined, number: number): DeviceState {
  const row = record && rowOf(record.devices.number, number);
  return record && row !== undefined ? statuses[record.devices.status[row]] : 'waiting';
}

/** The model that a device trains, where there is more than one family; null where all train the same. */
export function familyOf(record: RoundRecord | undefined, number: number): ModelKind | null {
  const row = record && record.families.length > 1 ? rowOf(record.devices.number, number) : undefined;
  return record && row !== undefined ? modelKinds[record.devices.model[row]] : null;
}

/** A device of the second family is square, so that families differ without colour. */
export function familyShape(record: RoundRecord | undefined, number: number): 'round' | 'square' {
  const kind = familyOf(record, number);
  return record && kind !== null && record.families[1]?.kind === kind ? 'square' : 'round';
}

const nobody: ReadonlySet<string> = new Set();

/**
 * Ids of the devices that the latest round waited for: several where they tie; none where all do, or where it waited for nobody,
 * as where updates come in one by one: the last is only the last.
 */
export function selectStragglers(state: Pick<FoglineState, 'history' | 'topology'>): ReadonlySet<string> {
  const latest = selectLatest(state);
  return latest ? stragglersOf(latest, state.topology) : nobody;
}

/** Battery left in whole per cent; 100 before the first round. */
export function batteryPercent(record: RoundRecord | undefined, number: number): number {
  const row = record && rowOf(record.devices.number, number);
  if (!record || row === undefined) return 100;
  const share = record.devices.batteryShare[row];
  // A battery that is not quite empty never shows 0 %, nor a used one 100 %.
  return share <= 0 ? 0 : share >= 1 ? 100 : Math.min(99, Math.max(1, Math.round(share * 100)));
}

/** Training loss to one decimal of a nat or two, so that a node is not drawn for a change nobody sees; NaN without one. */
export function shownLoss(record: RoundRecord | undefined, number: number): number {
  const row = record && rowOf(record.devices.number, number);
  return record && row !== undefined ? Math.round(record.devices.loss[row] * 50) / 50 : Number.NaN;
}

export const upperColumns = (record: RoundRecord, tier: 'gateway' | 'fog'): UpperColumns =>
  tier === 'gateway' ? record.gateways : record.fogs;

/** Bytes on the link from a node up to its parent in the latest round. */
export function linkBytes(
  record: RoundRecord | undefined,
  id: string,
): { up: number; raw: number; down: number } | null {
  const tier = tierOf(id);
  if (!record || tier === 'cloud') return null;
  const columns = tier === 'device' ? record.devices : upperColumns(record, tier);
  const row = rowOf(columns.number, numberOf(id));
  if (row === undefined) return null;
  return { up: columns.bytesUp[row], raw: columns.bytesUpRaw[row], down: columns.bytesDown[row] };
}

const mixes = new WeakMap<DataDistribution, Map<number, readonly number[]>>();
const noMix: readonly number[] = [];

/** How many samples a device was to hold: it holds fewer where a class ran out. 0 before it was dealt any. */
export function samplesAsked(partition: DataDistribution | null, number: number): number {
  const row = partition ? rowOf(partition.devices, number) : undefined;
  return partition && row !== undefined ? partition.requested[row] : 0;
}

/** How many samples of each class a device holds; the same array as long as the data stay the same. */
export function classMix(partition: DataDistribution | null, number: number): readonly number[] {
  if (!partition) return noMix;
  let known = mixes.get(partition);
  if (!known) {
    known = new Map();
    for (let row = 0; row < partition.devices.length; row++) {
      const start = row * partition.classes;
      known.set(partition.devices[row], [...partition.counts.subarray(start, start + partition.classes)]);
    }
    mixes.set(partition, known);
  }
  return known.get(number) ?? noMix;
}
