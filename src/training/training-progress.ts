// A training program says that a step is done, for whoever must know that the thread still works: one program of a large
// fleet computes for seconds without letting anything else have its turn.

let listener: () => void = () => {};

/** Called after each step of every training program, within the computation: it must be quick. Replaces the one before. */
export function onTrainingStep(next: () => void): void {
  listener = next;
}

export const noteTrainingStep = (): void => listener();
