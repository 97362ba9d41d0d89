// Max-min fair allocation of a finite, unbalanced data set to the devices of a fleet. Each device asks for a number of samples in its
// own mix of classes, and some classes are too scarce for all. The mix is kept and the number reduced: a device holds fewer samples
// rather than samples of other classes.
//
// What others do: Flower's DirichletPartitioner and PathologicalPartitioner split each class among those that hold it, so that
// amounts differ and nobody is given another class, as here. FedDyn's partition (Acar et al. 2021; Flower's InnerDirichletPartitioner,
// FedLab's client_inner_dirichlet_partition) keeps the amounts and draws from the classes that are left, so that the
// resulting mix is no longer the drawn one: with α = 0.1 the last devices hold whatever remained. LEAF's natural partitions need no allocation.
//
// A scarce class is divided max-min fairly (Bertsekas & Gallager 1992, section 6.5.2): who asks for little gets all of it,
// the others get equal parts of what remains.

export interface Demand {
  readonly samples: number;
  /** Shares of the classes, summing to one. */
  readonly mix: ArrayLike<number>;
}

/** A float's error below a whole number does not cost a sample. */
const ROUNDING = 1e-9;
const whole = (value: number): number => Math.floor(value + ROUNDING);
const sumOf = (numbers: Iterable<number>): number => {
  let sum = 0;
  for (const value of numbers) sum += value;
  return sum;
};

/** The level at which `supply` is used up if everyone gets at most that: max-min fair. Infinity if there is enough. */
function fairLevel(demands: readonly number[], supply: number): number {
  if (sumOf(demands) <= supply) return Number.POSITIVE_INFINITY;
  const sorted = [...demands].sort((a, b) => a - b);
  let left = supply;
  for (const [index, demand] of sorted.entries()) {
    const level = left / (sorted.length - index);
    if (demand > level) return level;
    left -= demand;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * Samples of each class for each demand, in their order: of all demands together never more than the supply of a class. Each count is
 * within one of a common amount × the mix, and no class is given that the mix does not ask for.
 * @param supply samples of each class that there are
 */
export function maxMinFairCounts(supply: ArrayLike<number>, demands: readonly Demand[]): Uint32Array[] {
  const classes = [...Array(supply.length).keys()];
  const amounts = demands.map(({ samples }) => samples);
  const asked = (label: number) => demands.map(({ mix }, i) => amounts[i] * mix[label]);
  const scarcity = new Map(classes.map((label) => [label, supply[label] / (sumOf(asked(label)) || Number.MIN_VALUE)]));
  // The scarcest first: who is cut down for it asks for less of the others.
  for (const label of [...classes].sort((a, b) => (scarcity.get(a) ?? 0) - (scarcity.get(b) ?? 0) || a - b)) {
    const wanted = asked(label);
    const level = fairLevel(wanted, supply[label]);
    for (const [i, own] of wanted.entries()) if (own > level) amounts[i] = level / demands[i].mix[label];
  }
  const totals = amounts.map(whole);
  const counts = demands.map(({ mix }, i) => Uint32Array.from(classes, (label) => whole(totals[i] * mix[label])));
  const spare = Array.from(classes, (label) => supply[label] - sumOf(counts.map((own) => own[label])));
  // What rounding down has left goes to the largest fractions, one each, as far as there is something to give.
  for (const [i, { mix }] of demands.entries()) {
    const fraction = (label: number) => totals[i] * mix[label] - counts[i][label];
    const order = classes.filter((label) => fraction(label) > ROUNDING);
    order.sort((a, b) => fraction(b) - fraction(a) || a - b);
    let left = totals[i] - sumOf(counts[i]);
    for (const label of order) {
      if (left === 0) break;
      if (spare[label] <= 0) continue;
      counts[i][label]++;
      spare[label]--;
      left--;
    }
  }
  return counts;
}
