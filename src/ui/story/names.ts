// How nodes and rates are called in the round's story.

import { nodeLabel, numberOf, type Topology } from '../../sim/fleet/topology.ts';
import { formatFigure } from '../inspector/figure-format.ts';

/** 'Arduino 2'; 'Device 2' for one that has left the network since. */
export const labelOf = (id: string, topology: Topology): string => {
  const node = topology.byId.get(id);
  return node ? nodeLabel(node) : `${id[0].toUpperCase()}${id.slice(1, id.lastIndexOf('-'))} ${numberOf(id)}`;
};

/** '100 kbit/s', '1 Mbit/s': as the inspector says them. */
export const formatRate = (kilobits: number): string => formatFigure({ unit: 'kbit/s' }, kilobits);
