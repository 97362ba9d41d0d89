// How nodes and rates are called in the round's story.

import { nodeLabel, numberOf, type Topology } from '../../sim/fleet/topology.ts';
import type { Status } from '../../sim/record/record.ts';
import { formatFigure } from '../inspector/figure-format.ts';

/** 'Arduino 2'; 'Device 2' for one that has left the network since. */
export const labelOf = (id: string, topology: Topology): string => {
  const node = topology.byId.get(id);
  return node ? nodeLabel(node) : `${id[0].toUpperCase()}${id.slice(1, id.lastIndexOf('-'))} ${numberOf(id)}`;
};

/** Why a device's update did not count. */
export const whyAbsent: Readonly<Record<Status, string>> = {
  trained: 'trained',
  'out of memory': 'out of memory',
  'out of storage': 'out of storage',
  'battery empty': 'battery empty',
  'not selected': 'not selected',
  diverged: 'diverged, nothing to send',
  'switched off': 'switched off',
  'cut off': 'cut off',
  offline: 'offline',
  'saving energy': 'saving energy',
  'battery died': 'battery died on the way',
  late: 'too late',
  'lost above': 'lost above the gateway',
  'still working': 'still working',
  arrived: 'its update arrived',
  'too stale': 'too stale, dropped',
};

/** '100 kbit/s', '1 Mbit/s': as the inspector says them. */
export const formatRate = (kilobits: number): string => formatFigure({ unit: 'kbit/s' }, kilobits);
