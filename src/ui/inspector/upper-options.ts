// Gateways or fogs as the options of a select.

import { nodeLabel, type UpperNode } from '../../sim/fleet/topology.ts';
import type { Option } from '../shared/choice-row.tsx';

export const upperOptions = (nodes: readonly UpperNode[]): Option[] =>
  nodes.map((node) => ({ value: node.id, label: nodeLabel(node) }));
