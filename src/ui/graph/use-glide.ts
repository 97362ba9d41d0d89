// Moves the view, gliding unless the visitor asked for stillness, and knows where it is going while it is on its way.

import { useCallback, useMemo, useRef } from 'react';
import { useReactFlow, type Viewport } from 'reactflow';

const GLIDE_MILLISECONDS = 220;

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
  const underway = useRef<{ readonly to: Viewport; readonly until: number } | null>(null);

  const glideTo = useCallback(
    (to: Viewport, jump = false) => {
      const duration = jump || stillMotion() ? 0 : GLIDE_MILLISECONDS;
      underway.current = { to, until: performance.now() + duration };
      void setViewport(to, { duration });
    },
    [setViewport],
  );
  const aim = useCallback(() => {
    const { current } = underway;
    return current && performance.now() <= current.until ? current.to : getViewport();
  }, [getViewport]);
  return useMemo(() => ({ glideTo, aim }), [glideTo, aim]);
}
