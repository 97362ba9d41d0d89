// The messages of the round that is being played back, over the graph. React only mounts the canvas; the player moves them.

import { useEffect, useRef } from 'react';
import { useStore, useStoreApi } from 'reactflow';
import { foglineStore } from '../../store/use-fogline.ts';
import { type AnimationPlayer, startAnimationPlayer } from './animation-player.ts';
import type { Stage } from './stage.ts';
import './message-canvas.css';

export function MessageCanvas({ stage }: { stage: Stage }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const player = useRef<AnimationPlayer | null>(null);
  const flow = useStoreApi();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);

  useEffect(() => {
    if (!canvas.current) return;
    const started = startAnimationPlayer(canvas.current, foglineStore, () => flow.getState().transform);
    player.current = started;
    const unsubscribe = flow.subscribe((state, before) => {
      if (state.transform !== before.transform) started.redraw();
    });
    return () => {
      unsubscribe();
      started.stop();
    };
  }, [flow]);

  useEffect(() => player.current?.setStage(stage), [stage]);
  // A canvas that gets another size is wiped.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size is what it answers to
  useEffect(() => player.current?.redraw(), [width, height]);

  const density = window.devicePixelRatio || 1;
  return (
    <canvas
      ref={canvas}
      className="message-canvas"
      width={Math.round(width * density)}
      height={Math.round(height * density)}
    />
  );
}
