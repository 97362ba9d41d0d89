// Moves the view, gliding unless the visitor asked for stillness, and knows where it is going while it is on its way.

import { useCallback, useMemo, useRef } from 'react';
import { useReactFlow, type Viewport } from 'reactflow';

const GLIDE_MILLISECONDS = 220;
const FRAMES_TO_ARRIVE = 2;

const stillMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

export const sameView = (a: Viewport, b: Viewport): boolean =>
  Math.abs(a.x - b.x) < 2 && Math.abs(a.y - b.y) < 2 && Math.abs(a.zoom - b.zoom) < 0.01;

export interface Glide {
  readonly glideTo: (to: Viewport, jump?: boolean) => void;
  /** Where the view is, or will be when it has arrived. */
  readonly aim: () => Viewport;
}

export function useGlide(): Glide {
  const { getViewport, setViewport } = useReactFlow();
  const underway = useRef<Viewport | null>(null);

  const glideTo = useCallback(
    (to: Viewport, jump = false) => {
      const duration = jump || stillMotion() ? 0 : GLIDE_MILLISECONDS;
      const until = performance.now() + duration;
      underway.current = to;
      void setViewport(to, { duration });
      // A page that is busy draws no frame in that time, and the view arrives in the first one after it.
      let framesAfter = 0;
      const arrive = () => {
        if (underway.current !== to) return;
        if (performance.now() > until) framesAfter++;
        if (framesAfter > FRAMES_TO_ARRIVE) underway.current = null;
        else requestAnimationFrame(arrive);
      };
      requestAnimationFrame(arrive);
    },
    [setViewport],
  );
  const aim = useCallback(() => underway.current ?? getViewport(), [getViewport]);
  return useMemo(() => ({ glideTo, aim }), [glideTo, aim]);
}
