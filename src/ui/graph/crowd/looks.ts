// How every painted device and its link look after the latest round: plain values, so that the picture is painted again only
// when one of them has changed. The same words of the record as the elements read. Pure.

import { taskOf } from '../../../sim/data/datasets/index.ts';
import type { DeviceNode } from '../../../sim/fleet/topology.ts';
import { nodeLabel } from '../../../sim/fleet/topology.ts';
import type { FoglineState } from '../../../store/store.ts';
import { batteryPercent, classMix, familyShape, selectLatest, selectStragglers, shownLoss } from '../latest-record.ts';
import { selectWidth } from '../link-width.ts';
import { linkPresence, type Presence, presenceOf } from '../presence.ts';
import { depthOf } from '../shade.ts';

export interface Look {
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
  /** Samples of each class; none before they are dealt. */
  readonly mix: readonly number[];
  /** 'fresh': no round yet. 'off': switched off itself. 'dead': one of its ends is. */
  readonly link: 'fresh' | 'carried' | 'unused' | 'off' | 'dead';
  /** Of the link's line where it carried something; 0 where it did not. */
  readonly width: number;
}

/** What of the store this needs. */
export type LookState = Pick<FoglineState, 'experiment' | 'topology' | 'history' | 'partition'>;

export type Looks = ReadonlyMap<string, Look>;

function linkOf(state: LookState, { id, parent }: DeviceNode, width: number): Look['link'] {
  const presence = linkPresence(state, id, parent);
  if (presence !== 'on') return presence;
  return width > 0 ? 'carried' : selectLatest(state) ? 'unused' : 'fresh';
}

function toLook(state: LookState, node: DeviceNode, stragglers: ReadonlySet<string>): Look {
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

const sameIn = (one: Look, other: Look, keys: readonly (keyof Look)[]): boolean =>
  one === other || keys.every((key) => Object.is(one[key], other[key]));

/** Devices to a piece. */
const PIECE = 250;

/** Hands back after each piece, so that the page can go on. What looks as it is `known` to is the same object. */
export function* toLooks(state: LookState, known: Looks): Generator<void, Looks> {
  const stragglers = selectStragglers(state);
  const looks = new Map<string, Look>();
  for (const node of state.topology.devices) {
    const look = toLook(state, node, stragglers);
    const before = known.get(node.id);
    looks.set(node.id, before && sameIn(before, look, allKeys) ? before : look);
    if (looks.size % PIECE === 0) yield;
  }
  return looks;
}

const same = (before: Looks, after: Looks, keys: readonly (keyof Look)[]): boolean => {
  if (before.size !== after.size) return false;
  for (const [id, look] of after) {
    const old = before.get(id);
    if (!old || !sameIn(old, look, keys)) return false;
  }
  return true;
};

export const sameDevices = (before: Looks, after: Looks): boolean => same(before, after, deviceKeys);
export const sameLinks = (before: Looks, after: Looks): boolean => same(before, after, linkKeys);
