// Reports each training step, for the worker's heartbeats: the program of a large fleet computes for seconds without yielding to the
// event loop.

let listener: () => void = () => {};

/** Sets the listener that is called synchronously after each step of every training program: it must be fast. */
export function onTrainingStep(next: () => void): void {
  listener = next;
}

export const reportTrainingStep = (): void => listener();
