// Plays each new round's animation on a canvas, frame by frame, outside React: it listens to the store, runs only while there is
// something to show, and stops while the visitor pauses. A single step plays to its end.

import type { RoundRecord } from '../../sim/record/record.ts';
import { MESSAGES_VISIBLE_FROM_MILLISECONDS, paceMilliseconds } from '../../store/pace.ts';
import type { FoglineState, FoglineStore } from '../../store/store.ts';
import { type Colours, paint, readColours, type Transform } from './paint-animation.ts';
import { setPausedInstant } from './paused-instant.ts';
import { advance, animationStart, type Playhead, type RoundAnimation, toAnimation } from './round-animation.ts';
import type { Stage } from './stage.ts';

/** A tab that comes back from the background does not jump ahead. */
const LONGEST_FRAME_MILLISECONDS = 100;
/** The animation ends a little before the next round's record comes. */
const SHARE_OF_PACE = 0.97;

/** A picture of thousands of messages may take longer than this; the page then rests for so many times that, and frames are left out. */
const QUICK_MILLISECONDS = 7;
const REST = 3;

const stillMotion = window.matchMedia('(prefers-reduced-motion: reduce)');

/** Slow enough to follow a message, and the visitor's system does not ask for stillness. */
const canPlay = (pace: number): boolean => messagesVisible(pace) && !stillMotion.matches;

export const messagesVisible = (pace: number): boolean => paceMilliseconds(pace) >= MESSAGES_VISIBLE_FROM_MILLISECONDS;

export interface AnimationPlayer {
  setStage(stage: Stage): void;
  /** Draws the present moment again, because the view has moved. */
  redraw(): void;
  stop(): void;
}

export function startAnimationPlayer(
  canvas: HTMLCanvasElement,
  store: FoglineStore,
  transform: () => Transform,
): AnimationPlayer {
  const context = canvas.getContext('2d');
  let stage: Stage | null = null;
  let animation: RoundAnimation | null = null;
  let head: Playhead = animationStart;
  let colours: Colours | null = null;
  let frame = 0;
  let before = 0;
  let shown: RoundRecord | undefined = store.getState().history.at(-1);
  let stepped = false;
  let notBefore = 0;

  const length = () => Math.max(1, paceMilliseconds(store.getState().pace) * SHARE_OF_PACE);
  const isPaused = () => store.getState().phase === 'paused' && !stepped;
  /** The graph's texts follow the animation while it is paused. */
  const updatePausedInstant = () =>
    setPausedInstant(
      animation && shown && isPaused() ? { record: shown, at: head.share * (shown.end - shown.start) } : null,
    );

  const draw = () => {
    if (!context) return;
    const start = performance.now();
    if (animation && stage && colours) paint(context, animation, stage, head.share, length(), transform(), colours);
    else {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
    }
    const end = performance.now();
    notBefore = end - start > QUICK_MILLISECONDS ? end + REST * (end - start) : 0;
  };

  const tick = (now: number) => {
    frame = 0;
    head = advance(head, Math.min(LONGEST_FRAME_MILLISECONDS, now - before), length());
    before = now;
    if (head.done) end();
    if (head.done || now >= notBefore) draw();
    if (animation) run();
  };
  const run = () => {
    updatePausedInstant();
    if (frame || isPaused()) return;
    frame = requestAnimationFrame(tick);
  };
  const halt = () => {
    cancelAnimationFrame(frame);
    frame = 0;
  };
  const end = () => {
    animation = null;
    updatePausedInstant();
    delete canvas.dataset.round;
  };

  const begin = (record: RoundRecord) => {
    animation = toAnimation(record);
    head = animationStart;
    colours = readColours(canvas);
    canvas.dataset.round = String(record.round);
    before = performance.now();
    run();
  };

  const follow = (state: FoglineState, previous: FoglineState) => {
    if (state.phase === 'stepping') stepped = true;
    else if (state.phase === 'running') stepped = false;
    const latest = state.history.at(-1);
    if (latest !== shown) {
      shown = latest;
      if (latest && canPlay(state.pace)) begin(latest);
      else if (animation) {
        halt();
        end();
        draw();
      }
    } else if (animation && state.phase !== previous.phase) {
      halt();
      before = performance.now();
      run();
    }
  };

  const unsubscribe = store.subscribe(follow);
  // Colours are the theme's, and it may change in the middle of an animation.
  const theme = new MutationObserver(() => {
    colours = readColours(canvas);
    draw();
  });
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });

  return {
    setStage: (next) => {
      stage = next;
      draw();
    },
    redraw: () => {
      if (animation && !frame) draw();
    },
    stop: () => {
      unsubscribe();
      setPausedInstant(null);
      theme.disconnect();
      halt();
    },
  };
}
