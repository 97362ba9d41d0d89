// A worker's heartbeats, for the supervisor on the page's side: sent between the slices of long work, and at most twice a second
// so that they cost nothing.

import { onTrainingStep } from '../training/program/training-progress.ts';
import type { HeartbeatEvent } from './protocol.ts';

const INTERVAL = 500; // milliseconds
/** Shaders are compiled in the first training steps, in one blocking call that can send no heartbeat. */
const SHADER_COMPILATION_TIMEOUT = 30_000;

let lastSent = Number.NEGATIVE_INFINITY;
let timeout = 0;

export function sendHeartbeat(): void {
  lastSent = performance.now();
  self.postMessage({ type: 'heartbeat', ...(timeout > 0 && { timeout }) } satisfies HeartbeatEvent);
}

/** May be called between slices at any rate. */
export function sendHeartbeatIfDue(): void {
  if (performance.now() - lastSent >= INTERVAL) sendHeartbeat();
}

/** Announces that a first computation on the graphics card may block for long, or that it no longer may. */
export function expectShaderCompilation(isExpected: boolean): void {
  const wanted = isExpected ? SHADER_COMPILATION_TIMEOUT : 0;
  if (timeout === wanted) return;
  timeout = wanted;
  sendHeartbeat();
}

/** Sends heartbeats between training steps from now on. */
export const sendHeartbeatsWhileTraining = (): void => onTrainingStep(sendHeartbeatIfDue);
