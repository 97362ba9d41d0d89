// Shows the whole network: when the page opens, when its size changes, when the fleet changes, and when asked.

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore, type Viewport } from 'reactflow';
import type { Topology } from '../../sim/fleet/topology.ts';
import type { Rect } from './geometry.ts';
import { type Layout, layoutOf } from './layout.ts';
import { LARGEST_ZOOM, type View } from './plan.ts';
import type { Glide } from './use-glide.ts';

/** Free room around the network: the tiers' names on the left, the signs, the switch and its key below. */
const WIDE_MARGIN = { left: 84, right: 16, top: 16, bottom: 80 } as const;
const NARROW_MARGIN = { left: 20, right: 10, top: 12, bottom: 106 } as const;
/** Where the key stands under the canvas there are only the buttons. */
const PHONE_MARGIN = { ...NARROW_MARGIN, bottom: 62 } as const;
/** A low page, such as a phone that lies: the buttons stand beside the network. */
const LOW_MARGIN = { left: 84, right: 56, top: 8, bottom: 8 } as const;
/** In pixels: a phone, or the middle of a small window. */
export const NARROW_BELOW = 560;

/** How much larger than the whole a view counts as come closer. */
const CLOSER = 1.01;

/** The view that shows all of the network in the middle of its room. */
function wholeOf(bounds: Rect, room: View, margin: { readonly left: number; readonly top: number }): Viewport {
  const zoom = Math.min(room.width / bounds.width, room.height / bounds.height, LARGEST_ZOOM);
  const x = margin.left + (room.width - bounds.width * zoom) / 2;
  const y = margin.top + Math.max(0, (room.height - bounds.height * zoom) / 2);
  return { x, y, zoom };
}

export function useFittedView(
  topology: Topology,
  { glideTo, aim }: Glide,
  hasKeyBelow: boolean,
): { layout: Layout; fit: () => void } {
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const shown = useRef(0);
  const hasShown = useRef(false);

  const margin = hasKeyBelow
    ? width < NARROW_BELOW
      ? PHONE_MARGIN
      : LOW_MARGIN
    : width < NARROW_BELOW
      ? NARROW_MARGIN
      : WIDE_MARGIN;
  const view = useMemo(
    () => ({
      width: Math.max(240, width - margin.left - margin.right),
      height: Math.max(200, height - margin.top - margin.bottom),
    }),
    [width, height, margin],
  );
  // A visitor who has come closer keeps the network as it is when a card opens beside it: only a view of the whole follows.
  const kept = useRef(view);
  const fitted = useRef<Viewport | null>(null);
  const [asked, setAsked] = useState(0);
  const base = useMemo(() => {
    const at = aim();
    const isWhole = fitted.current === null || at.zoom < fitted.current.zoom * CLOSER;
    if (isWhole || asked !== shown.current) kept.current = view;
    shown.current = asked;
    return kept.current;
  }, [view, asked, aim]);
  const layout = useMemo(() => layoutOf(topology, base), [topology, base]);

  const show = useCallback(
    (jump = false) => {
      fitted.current = wholeOf(layout.bounds, base, margin);
      glideTo(fitted.current, jump);
    },
    [layout, base, margin, glideTo],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again, the whole is shown again
  useEffect(() => {
    if (width === 0) return;
    // The first time there is nothing to glide from.
    show(!hasShown.current);
    hasShown.current = true;
  }, [show, width === 0, asked]);

  // A sheet of paper cannot be moved: it shows the whole, and the screen is as it was afterwards.
  useEffect(() => {
    let before: Viewport | null = null;
    const toPaper = () => {
      before ??= aim();
      glideTo(wholeOf(layout.bounds, view, margin), true);
    };
    const toScreen = () => {
      if (before) glideTo(before, true);
      before = null;
    };
    window.addEventListener('beforeprint', toPaper);
    window.addEventListener('afterprint', toScreen);
    return () => {
      window.removeEventListener('beforeprint', toPaper);
      window.removeEventListener('afterprint', toScreen);
    };
  }, [layout, view, margin, aim, glideTo]);

  return { layout, fit: useCallback(() => setAsked((times) => times + 1), []) };
}
