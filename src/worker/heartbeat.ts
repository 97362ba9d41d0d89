// A worker's signs of life, for the supervisor on the page's side: often enough between the slices of long work, and never so
// often that they cost anything.

import { onTrainingStep } from '../training/training-progress.ts';
import type { AliveEvent } from './protocol.ts';

const EVERY = 500; // milliseconds
/** Shaders are compiled in the first training steps, all at once and without a chance to speak. */
const SHADER_SILENCE = 30_000;

let last = Number.NEGATIVE_INFINITY;
let silentFor = 0;

export function sayAlive(): void {
  last = performance.now();
  self.postMessage({ type: 'alive', ...(silentFor > 0 && { silentFor }) } satisfies AliveEvent);
}

/** To be called between slices, as often as one likes. */
export function noteLife(): void {
  if (performance.now() - last >= EVERY) sayAlive();
}

/** Announces the long silences of a first computation on the graphics card, or that they are over. */
export function announceShaders(willCompile: boolean): void {
  const wanted = willCompile ? SHADER_SILENCE : 0;
  if (silentFor === wanted) return;
  silentFor = wanted;
  sayAlive();
}

/** From now on every training step is a slice. */
export const watchTraining = (): void => onTrainingStep(noteLife);
