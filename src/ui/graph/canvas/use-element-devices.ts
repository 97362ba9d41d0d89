// The devices of a painted fleet that are elements of the page because they are in use: selected, pointed at, reached by keyboard,
// or dragged. A screen reader and the keyboard find them as they find the devices of a small fleet.

import { useMemo } from 'react';
import type { Topology } from '../../../sim/fleet/topology.ts';
import { useGraphView } from '../graph-view.ts';

const none: readonly string[] = [];

/** Their ids, each once, in the order in which the fleet has them. */
export function useElementDevices(topology: Topology, isPainted: boolean, selected: string | null): readonly string[] {
  const pointed = useGraphView((view) => view.pointed);
  const reached = useGraphView((view) => view.reached);
  return useMemo(() => {
    if (!isPainted) return none;
    const ids = new Set([...reached, pointed, selected].map((id) => id?.replace('link:', '') ?? ''));
    const numbers = [...ids].flatMap((id) => {
      const node = topology.byId.get(id);
      return node?.tier === 'device' ? [node] : [];
    });
    return numbers.sort((a, b) => a.number - b.number).map(({ id }) => id);
  }, [topology, isPainted, selected, pointed, reached]);
}
