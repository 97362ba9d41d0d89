// The speed slider: from slow motion, where a round takes six seconds and its messages can be followed, to as fast as the
// machine can.

export const SLOWEST_MILLISECONDS = 6000;
const FASTEST_PACED_MILLISECONDS = 100;
/** Below this a round is too short to follow a message by eye: links glow instead. */
export const MESSAGES_VISIBLE_FROM_MILLISECONDS = 600;

/** The slider's initial position: the highest speed at which messages can be followed. */
export const DEFAULT_PACE = 0.5;

/** Least wall time of a round in milliseconds for a slider position 0 … 1; equal steps are equal ratios. */
export function paceMilliseconds(pace: number): number {
  if (pace >= 1) return 0;
  return Math.round(SLOWEST_MILLISECONDS * (FASTEST_PACED_MILLISECONDS / SLOWEST_MILLISECONDS) ** Math.max(0, pace));
}
