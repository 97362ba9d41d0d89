// Moves the view when a node is selected that its card would cover, and back when it is let go, unless the visitor has
// moved the view since.

import { useEffect, useRef } from 'react';
import { useStoreApi, type Viewport } from 'reactflow';
import { useCard } from '../inspector/card.ts';
import { INSPECTOR_ID } from '../inspector/inspector-id.ts';
import { type Layout, sizeOf } from './layout.ts';
import { shiftToReveal } from './reveal.ts';
import { NARROW_BELOW } from './use-fitted-view.ts';
import { type Glide, sameView } from './use-glide.ts';

/** Room for a device's name below it. */
const NAME = 20;
const MOST_TRIES = 60;

export function useReveal(selected: string | null, layout: Layout, { aim, glideTo }: Glide): void {
  const flow = useStoreApi();
  const full = useCard((card) => card.full);
  const moved = useRef<{ readonly from: Viewport; readonly to: Viewport } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a card that grows may cover what it left in sight
  useEffect(() => {
    const back = () => {
      const { current } = moved;
      moved.current = null;
      if (current && sameView(aim(), current.to)) glideTo(current.from);
    };
    if (!selected) {
      back();
      return;
    }
    const id = selected.replace('link:', '');
    let frame = 0;
    let tries = 0;
    const reveal = () => {
      const { domNode, width: graphWidth } = flow.getState();
      // On a phone the card comes from below: the network goes up to under the bar first.
      if (graphWidth < NARROW_BELOW)
        domNode?.closest('section')?.scrollIntoView({ behavior: 'instant', block: 'start' });
      const graph = domNode?.getBoundingClientRect();
      const card = document.getElementById(INSPECTOR_ID)?.getBoundingClientRect();
      // The card may come into the page some frames after this.
      if (!card && tries++ < MOST_TRIES) frame = requestAnimationFrame(reveal);
      const centre = layout.centres.get(id);
      if (!graph || !card || !centre) return;
      const now = aim();
      const size = sizeOf(layout, id);
      const width = size.width * now.zoom;
      const height = size.height * now.zoom;
      const node = {
        x: graph.x + now.x + centre.x * now.zoom - width / 2,
        y: graph.y + now.y + centre.y * now.zoom - height / 2,
        width,
        height: height + NAME,
      };
      const shift = shiftToReveal(node, card, graph);
      if (!shift) return;
      const to = { x: now.x + shift.x, y: now.y + shift.y, zoom: now.zoom };
      const home = moved.current && sameView(now, moved.current.to) ? moved.current.from : now;
      moved.current = { from: home, to };
      glideTo(to);
    };
    frame = requestAnimationFrame(reveal);
    return () => cancelAnimationFrame(frame);
  }, [selected, full, layout, flow, aim, glideTo]);
}
