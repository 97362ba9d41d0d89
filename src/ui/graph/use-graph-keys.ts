// The graph by keyboard: arrows walk along the network, Shift with Enter or Space adds a device to the selection, Delete removes,
// Escape lets go. Tab, and Enter and Space alone, are React Flow's.
// In a painted fleet a device becomes an element when an arrow goes to it.

import { type FocusEvent, type KeyboardEvent, useMemo } from 'react';
import { type Topology, tierOf } from '../../sim/fleet/topology.ts';
import { selectedDevices, selectedId } from '../../store/node-selection.ts';
import { foglineStore } from '../../store/use-fogline.ts';
import { remove, removeAll } from './fleet-actions.ts';
import { neighbourOf } from './graph-elements.ts';
import { setReached, useGraphView } from './graph-view.ts';
import { toggle } from './use-several.ts';

/** Frames that a device may take to become an element. */
const MOST_TRIES = 30;

const idOf = (element: Element): string | null => element.closest('[data-id]')?.getAttribute('data-id') ?? null;
const nodeOf = (id: string): string => id.replace('link:', '');

/** Whether a device is added to the selection, or taken out, instead of selected alone. */
const adds = ({ shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  shiftKey || ctrlKey || metaKey || useGraphView.getState().several;

/** Where an arrow has led, while that is not an element yet: the next arrow goes on from there. */
let underway: string | null = null;

function focusOn(graph: Element, id: string | null): void {
  if (!id) return;
  const selector = `[data-id="${CSS.escape(id)}"]`;
  const focus = (): boolean => {
    const element = graph.querySelector<HTMLElement | SVGElement>(selector);
    element?.focus();
    return element !== null;
  };
  underway = null;
  if (focus()) return;
  underway = id;
  // The one that has the focus stays until the next one takes it.
  setReached([...useGraphView.getState().reached, nodeOf(id)]);
  let tries = 0;
  const tryOn = () => {
    if (underway !== id) return;
    if (focus() || tries++ > MOST_TRIES) underway = null;
    else requestAnimationFrame(tryOn);
  };
  requestAnimationFrame(tryOn);
}

/** Handlers for the graph's outermost element. */
export function useGraphKeys(topology: Topology) {
  return useMemo(
    () => ({
      onKeyDownCapture: (event: KeyboardEvent<HTMLDivElement>) => {
        const target = event.target as Element;
        if (target.closest('input, button, select, textarea')) return;
        const id = idOf(target);
        const graph = event.currentTarget;
        if (event.key.startsWith('Arrow') && id) {
          // Before React Flow sees it: it would move the node on the canvas.
          event.preventDefault();
          event.stopPropagation();
          focusOn(graph, neighbourOf(topology, underway ?? id, event.key));
        } else if ((event.key === 'Enter' || event.key === ' ') && adds(event) && id && !id.startsWith('link:')) {
          event.preventDefault();
          event.stopPropagation();
          toggle(id);
        } else if (event.key === 'Escape') {
          foglineStore.getState().select(null);
        } else if (event.key === 'Delete' || event.key === 'Backspace') {
          const state = foglineStore.getState();
          const several = selectedDevices(state);
          const victim = id ?? selectedId(state);
          if (several.size > 0 && (victim === null || several.has(victim))) {
            event.preventDefault();
            const parent = (victim && topology.byId.get(victim)?.parent) ?? null;
            if (removeAll([...several])) focusOn(graph, parent);
            return;
          }
          if (!victim || victim.startsWith('link:')) return;
          event.preventDefault();
          const parent = topology.byId.get(victim)?.parent ?? null;
          if (remove(victim)) focusOn(graph, parent);
        }
      },
      onFocus: (event: FocusEvent<HTMLDivElement>) => {
        const id = nodeOf(idOf(event.target) ?? '');
        const reached = id !== '' && tierOf(id) === 'device' ? [id] : [];
        if (reached.join() !== useGraphView.getState().reached.join()) setReached(reached);
      },
    }),
    [topology],
  );
}
