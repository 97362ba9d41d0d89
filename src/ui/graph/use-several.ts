// Selecting several devices by pointer and finger: Shift, Ctrl or Cmd with a click adds a device or takes it out, Shift and a drag
// draws a box around devices, a long press begins for fingers. What is heard here does not reach React Flow, which would select
// one, or move the view. A click on the empty ground ends it.

import { type MouseEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { useStoreApi } from 'reactflow';
import type { Topology } from '../../sim/fleet/topology.ts';
import { addToSelection, toggleNode } from '../../store/node-selection.ts';
import { foglineStore } from '../../store/use-fogline.ts';
import { deviceAt } from './canvas/hit.ts';
import type { Places } from './canvas/places.ts';
import { between, type Point } from './geometry.ts';
import { setBox, setSeveral, useGraphView } from './graph-view.ts';
import type { Layout } from './layout.ts';
import { devicesWithin } from './within.ts';

/** In pixels: a smaller drag is a click. */
const LEAST_BOX = 4;
const LONG_PRESS_MILLISECONDS = 500;
/** In pixels: a finger that moves more scrolls. */
const MOST_TREMBLE = 10;

/** Buttons on the graph, and in its nodes, are pressed and nothing else. */
const isControl = (target: Element): boolean => target.closest('.react-flow__panel, button, a') !== null;

/** Adds a node's devices to the selection, or takes them out. */
export function toggle(id: string): void {
  const { topology, selection, selectAll } = foglineStore.getState();
  selectAll(toggleNode(topology, selection, id));
}

/** Handlers for the element around React Flow. `places`: of the painted devices; null where they are elements. */
export function useSeveral(topology: Topology, layout: Layout, places: Places | null) {
  const flow = useStoreApi();
  /** The click that ends a box or a long press is none. */
  const isSpent = useRef(false);

  // Whatever lets go of the last device ends it.
  useEffect(
    () =>
      foglineStore.subscribe(({ selection }, before) => {
        if (selection.length === 0 && before.selection.length > 0) setSeveral(false);
      }),
    [],
  );

  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') setSeveral(false);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return useMemo(() => {
    const inGraph = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point => {
      const graph = flow.getState().domNode?.getBoundingClientRect();
      return { x: clientX - (graph?.x ?? 0), y: clientY - (graph?.y ?? 0) };
    };
    const nodeAt = (event: MouseEvent): string | null => {
      const target = event.target as Element;
      const node = target.closest('.react-flow__node')?.getAttribute('data-id');
      if (node) return node;
      if (!places) return null;
      const [x, y, zoom] = flow.getState().transform;
      const at = inGraph(event);
      return deviceAt(places, { x: (at.x - x) / zoom, y: (at.y - y) / zoom }, zoom);
    };

    const drawBox = (from: Point) => {
      const boxTo = (event: globalThis.MouseEvent) => between(from, inGraph(event));
      const isBox = ({ width, height }: { readonly width: number; readonly height: number }) =>
        Math.max(width, height) >= LEAST_BOX;
      const onMove = (event: globalThis.MouseEvent) => {
        const box = boxTo(event);
        setBox(isBox(box) ? box : null);
      };
      const onKey = ({ key }: KeyboardEvent) => {
        if (key === 'Escape') stop();
      };
      const onUp = (event: globalThis.MouseEvent) => {
        stop();
        const box = boxTo(event);
        if (!isBox(box)) return;
        isSpent.current = true;
        // The click, if there is one, comes before this.
        setTimeout(() => {
          isSpent.current = false;
        });
        const ids = devicesWithin(topology, layout, flow.getState().transform, box);
        const { selection, selectAll } = foglineStore.getState();
        if (ids.length > 0) selectAll(addToSelection(selection, ids));
      };
      const stop = () => {
        setBox(null);
        window.removeEventListener('mousemove', onMove);
        window.removeEventListener('mouseup', onUp);
        window.removeEventListener('keydown', onKey);
      };
      window.addEventListener('mousemove', onMove);
      window.addEventListener('mouseup', onUp);
      window.addEventListener('keydown', onKey);
    };

    let press = 0;
    let pressedAt: Point | null = null;
    const endPress = () => {
      window.clearTimeout(press);
      pressedAt = null;
    };

    return {
      onMouseDownCapture: (event: MouseEvent) => {
        const isOurs = event.button === 0 && (event.shiftKey || useGraphView.getState().several);
        if (!isOurs || isControl(event.target as Element)) return;
        event.stopPropagation();
        // No text is marked from where the focus was to here.
        event.preventDefault();
        drawBox(inGraph(event));
      },
      onClickCapture: (event: MouseEvent) => {
        if (isSpent.current) {
          isSpent.current = false;
          event.stopPropagation();
          return;
        }
        const target = event.target as Element;
        if (isControl(target) || !target.closest('.react-flow')) return;
        const { several } = useGraphView.getState();
        const hasKey = event.shiftKey || event.ctrlKey || event.metaKey;
        const id = nodeAt(event);
        if (id && (hasKey || several)) {
          event.stopPropagation();
          target.closest<HTMLElement>('.react-flow__node')?.focus({ preventScroll: true });
          toggle(id);
        } else if (hasKey) {
          // Beside a device: those that are selected stay.
          event.stopPropagation();
        } else if (!id && (several || foglineStore.getState().selection.length > 1)) {
          if (target.closest('.react-flow__edge')) return;
          event.stopPropagation();
          setSeveral(false);
          foglineStore.getState().select(null);
        }
      },
      onPointerDownCapture: (event: PointerEvent) => {
        endPress();
        if (event.pointerType !== 'touch' || !event.isPrimary || isControl(event.target as Element)) return;
        const id = nodeAt(event);
        if (!id) return;
        pressedAt = { x: event.clientX, y: event.clientY };
        press = window.setTimeout(() => {
          pressedAt = null;
          isSpent.current = true;
          setSeveral(true);
          toggle(id);
        }, LONG_PRESS_MILLISECONDS);
      },
      onPointerMoveCapture: (event: PointerEvent) => {
        if (pressedAt && Math.hypot(event.clientX - pressedAt.x, event.clientY - pressedAt.y) > MOST_TREMBLE)
          endPress();
      },
      onPointerUpCapture: () => {
        endPress();
        // The click, if there is one, comes before this.
        if (isSpent.current)
          setTimeout(() => {
            isSpent.current = false;
          }, 50);
      },
      onPointerCancelCapture: () => {
        endPress();
        isSpent.current = false;
      },
      // A long press asks for the browser's menu too.
      onContextMenuCapture: (event: MouseEvent) => {
        if (isSpent.current || pressedAt) event.preventDefault();
      },
    };
  }, [topology, layout, places, flow]);
}
