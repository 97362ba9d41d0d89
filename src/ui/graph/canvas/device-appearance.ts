// The appearance of every painted device and its link after the latest round: plain values, so that the picture is painted again
// only when one of them has changed. Read from the record with the same selectors as the elements'. Pure functions.

import { taskOf } from '../../../sim/data/datasets/index.ts';
import type { DeviceNode } from '../../../sim/fleet/topology.ts';
import { nodeLabel } from '../../../sim/fleet/topology.ts';
import type { FoglineState } from '../../../store/store.ts';
import { depthOf } from '../device-fill.ts';
import { batteryPercent, classMix, familyShape, selectLatest, selectStragglers, shownLoss } from '../latest-record.ts';
import { selectWidth } from '../link-width.ts';
import { linkPresence, type Presence, presenceOf } from '../presence.ts';

export interface DeviceAppearance {
  readonly label: string;
  readonly presence: Presence;
  readonly percent: number;
  readonly mains: boolean;
  readonly shape: 'round' | 'square';
  readonly straggler: boolean;
  /** Of the last round, in nats; NaN without one. */
  readonly loss: number;
  /** How much of guessing's loss is gone, 0 … 1; NaN without a loss. */
  readonly depth: number;
  /** Samples of each class; empty until the worker has assigned them. */
  readonly mix: readonly number[];
  /** 'fresh': no round yet. 'off': switched off itself. 'dead': one of its ends is. */
  readonly link: 'fresh' | 'carried' | 'unused' | 'off' | 'dead';
  /** Of the link's line where it carried something; 0 where it did not. */
  readonly width: number;
}

/** The part of the store's state that this needs. */
export type AppearanceState = Pick<FoglineState, 'experiment' | 'topology' | 'history' | 'partition'>;

export type Appearances = ReadonlyMap<string, DeviceAppearance>;

function linkOf(state: AppearanceState, { id, parent }: DeviceNode, width: number): DeviceAppearance['link'] {
  const presence = linkPresence(state, id, parent);
  if (presence !== 'on') return presence;
  return width > 0 ? 'carried' : selectLatest(state) ? 'unused' : 'fresh';
}

function toAppearance(state: AppearanceState, node: DeviceNode, stragglers: ReadonlySet<string>): DeviceAppearance {
  const record = selectLatest(state);
  const { id, number, figures } = node;
  const width = selectWidth(state, id);
  const loss = shownLoss(record, number);
  return {
    label: nodeLabel(node),
    presence: presenceOf(state, id),
    percent: batteryPercent(record, number),
    mains: figures.battery === 0,
    shape: familyShape(record, number),
    straggler: stragglers.has(id),
    loss,
    depth: depthOf(loss, taskOf(state.experiment.data).classes),
    mix: classMix(state.partition, number),
    link: linkOf(state, node, width),
    width,
  };
}

const deviceKeys = ['label', 'presence', 'percent', 'mains', 'shape', 'straggler', 'loss', 'depth', 'mix'] as const;
const linkKeys = ['link', 'width'] as const;
const allKeys = [...deviceKeys, ...linkKeys] as const;

const sameIn = (one: DeviceAppearance, other: DeviceAppearance, keys: readonly (keyof DeviceAppearance)[]): boolean =>
  one === other || keys.every((key) => Object.is(one[key], other[key]));

/** Devices to a piece. */
const PIECE = 250;

/** Yields after each piece, so that the page stays responsive. An unchanged appearance is the same object as in `known`. */
export function* toAppearances(state: AppearanceState, known: Appearances): Generator<void, Appearances> {
  const stragglers = selectStragglers(state);
  const appearances = new Map<string, DeviceAppearance>();
  for (const node of state.topology.devices) {
    const appearance = toAppearance(state, node, stragglers);
    const before = known.get(node.id);
    appearances.set(node.id, before && sameIn(before, appearance, allKeys) ? before : appearance);
    if (appearances.size % PIECE === 0) yield;
  }
  return appearances;
}

const same = (before: Appearances, after: Appearances, keys: readonly (keyof DeviceAppearance)[]): boolean => {
  if (before.size !== after.size) return false;
  for (const [id, appearance] of after) {
    const old = before.get(id);
    if (!old || !sameIn(old, appearance, keys)) return false;
  }
  return true;
};

export const sameDevices = (before: Appearances, after: Appearances): boolean => same(before, after, deviceKeys);
export const sameLinks = (before: Appearances, after: Appearances): boolean => same(before, after, linkKeys);
