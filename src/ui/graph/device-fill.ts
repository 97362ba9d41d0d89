// The fill of a device node: slices for the classes of its samples, a tint for its loss. Pure functions.

/** Cross-entropy of guessing among the classes, in nats: a device with this loss has learnt nothing. */
export const guessingLoss = (classes: number): number => Math.log(classes);

/** How much has been learnt, 0 (guessing, or worse) … 1 (no loss at all). */
export const depthOf = (loss: number, classes: number): number =>
  Math.min(1, Math.max(0, 1 - loss / guessingLoss(classes)));

/** The tint for a depth; never so deep that the number on it would be hard to read, in either theme. */
export const tintOf = (depth: number): string =>
  `color-mix(in oklab, var(--device) ${Math.round(55 * depth)}%, var(--sunken))`;

/** A pie as a CSS gradient: slices in the classes' order, each as wide as its share of the samples. */
export function pieOf(counts: readonly number[]): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 'none';
  let turn = 0;
  const slices = counts.flatMap((count, index) => {
    if (count === 0) return [];
    const from = turn;
    turn += count / total;
    return [`var(--class-${index}) ${from.toFixed(3)}turn ${turn.toFixed(3)}turn`];
  });
  return `conic-gradient(${slices.join(', ')})`;
}
