// Moving a node to another parent by hand: while it is dragged the parent it would get is marked; let go elsewhere, it
// returns to its place.

import { useCallback, useState } from 'react';
import type { NodeChange, OnNodeDrag } from 'reactflow';
import type { Topology } from '../../sim/fleet/topology.ts';
import { dropTargetOf } from './drop.ts';
import { moveTo } from './fleet-actions.ts';
import type { Point } from './geometry.ts';
import type { GraphNode } from './graph-elements.ts';
import { setDropTarget } from './graph-view.ts';
import type { Layout } from './layout.ts';

export interface Dragged {
  readonly id: string;
  readonly position: Point;
}

export function useDrag(topology: Topology, layout: Layout) {
  const [dragged, setDragged] = useState<Dragged | null>(null);

  /** Takes React Flow's news of a drag; a node moves in no other way. */
  const follow = useCallback((changes: readonly NodeChange<GraphNode>[]) => {
    for (const change of changes) {
      if (change.type === 'position' && change.dragging && change.position) {
        setDragged({ id: change.id, position: change.position });
      }
    }
  }, []);

  const onNodeDrag: OnNodeDrag<GraphNode> = useCallback(
    (_, node) => setDropTarget(dropTargetOf(topology, layout, node.id, node.position)),
    [topology, layout],
  );

  const onNodeDragStop: OnNodeDrag<GraphNode> = useCallback(
    (_, node) => {
      const target = dropTargetOf(topology, layout, node.id, node.position);
      setDropTarget(null);
      setDragged(null);
      if (target) moveTo(node.id, target);
    },
    [topology, layout],
  );

  return { dragged, follow, onNodeDrag, onNodeDragStop };
}
