// The pointer over a painted fleet: the device or link that it is at becomes an element, with its tooltip, its click and its
// drag. A finger points at nothing before it taps: its tap selects.

import { type MouseEvent, useMemo } from 'react';
import { useStoreApi } from 'reactflow';
import { foglineStore } from '../../../store/use-fogline.ts';
import { setPointed } from '../graph-view.ts';
import { elementAt } from './hit.ts';
import type { Places } from './places.ts';

export interface CanvasPointer {
  readonly onPaneMouseMove?: (event: MouseEvent) => void;
  readonly onPaneMouseLeave?: () => void;
  readonly onPaneClick?: (event: MouseEvent) => void;
}

/** What React Flow's pane is to call; nothing where no fleet is painted. */
export function useCanvasPointer(places: Places | null): CanvasPointer {
  const flow = useStoreApi();
  return useMemo(() => {
    if (!places) return {};
    const at = ({ clientX, clientY }: MouseEvent): string | null => {
      const { domNode, transform } = flow.getState();
      const [x, y, zoom] = transform;
      const graph = domNode?.getBoundingClientRect();
      if (!graph) return null;
      return elementAt(places, { x: (clientX - graph.x - x) / zoom, y: (clientY - graph.y - y) / zoom }, zoom);
    };
    return {
      // While a button is held the view moves, or what was pointed at.
      onPaneMouseMove: (event) => {
        if (event.buttons === 0) setPointed(at(event)?.replace('link:', '') ?? null);
      },
      onPaneMouseLeave: () => setPointed(null),
      onPaneClick: (event) => {
        const id = at(event);
        if (id) foglineStore.getState().select(id);
      },
    };
  }, [places, flow]);
}
