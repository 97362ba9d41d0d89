// The fingerprint of a run: what a rebuilding of the engine must not change. Learning, bytes, counts and statuses are compared
// to the bit, a hash a column; times and joules as sums within a billionth, because the order in which a clock's terms are added
// has no meaning. Columns that are new since are not looked at.

import { createHash } from 'node:crypto';
import { pathIn } from '../../sim/experiment/versions.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { statuses } from '../../sim/record/statuses.ts';

export interface Fingerprint {
  /** A hash of each column over all rounds. */
  readonly exact: Readonly<Record<string, string>>;
  /** The sum of each column over all rounds and rows, and the sum of row number (from 1) × value, so that rows cannot change places. */
  readonly sums: Readonly<Record<string, readonly [number, number]>>;
}

/** Seconds and joules: what depends on the order of additions in its last bits. */
const isMeasured = (column: string): boolean =>
  /Start$|End$|Arrival$|aggregated$|^energy|^battery|^offTime|^memory$/.test(column);

/** Twelve digits are more than the comparison asks for. */
const short = (value: number): number => Number(value.toPrecision(12));

class Tally {
  readonly #exact = new Map<string, string[]>();
  readonly #sums = new Map<string, [number, number]>();

  exact(column: string, value: unknown): void {
    const known = this.#exact.get(column);
    if (known) known.push(String(value));
    else this.#exact.set(column, [String(value)]);
  }

  /** What is not a number says that something did not happen: the hash has where. */
  measured(column: string, values: ArrayLike<number>): void {
    const sums = this.#sums.get(column) ?? [0, 0];
    this.#sums.set(column, sums);
    for (let row = 0; row < values.length; row++) {
      if (!Number.isFinite(values[row])) {
        this.exact(`${column} absent`, row);
        continue;
      }
      sums[0] += values[row];
      sums[1] += (row + 1) * values[row];
    }
  }

  get fingerprint(): Fingerprint {
    const hash = (values: readonly string[]) => createHash('sha256').update(values.join(' ')).digest('hex').slice(0, 8);
    return {
      exact: Object.fromEntries([...this.#exact].map(([column, values]) => [column, hash(values)])),
      sums: Object.fromEntries(
        [...this.#sums].map(([column, [sum, weighted]]) => [column, [short(sum), short(weighted)]]),
      ),
    };
  }
}

export function fingerprintOf(records: readonly RoundRecord[]): Fingerprint {
  const tally = new Tally();
  tally.exact('rounds', records.length);
  for (const record of records) {
    const { evaluation, families, codecs, straggler } = record;
    // As version 1 of the schema named them, when the set was written.
    const changes = record.changes.map((change) => ({ ...change, path: pathIn(1, change.path) }));
    tally.exact('accuracy', evaluation.accuracy);
    tally.exact('loss', evaluation.loss);
    tally.exact('confusion', evaluation.confusion);
    for (const [what, value] of Object.entries({ families, codecs, changes })) tally.exact(what, JSON.stringify(value));
    tally.exact('straggler', straggler);
    tally.measured('record', [record.start, record.end, record.cloudLastArrival, record.staleMean]);
    for (const tier of ['devices', 'gateways', 'fogs'] as const) {
      for (const [column, values] of Object.entries(record[tier]) as [string, ArrayLike<number>][]) {
        const name = `${tier}.${column}`;
        if (column === 'status')
          tally.exact(
            name,
            Array.from(values, (status) => statuses[status]),
          );
        else if (isMeasured(column)) tally.measured(name, values);
        else tally.exact(name, Array.from(values));
      }
    }
    const { lane, activity, start, end } = record.timeline;
    // The order in which bars were noted has no meaning.
    const bars = [...lane.keys()].sort((a, b) => lane[a] - lane[b] || activity[a] - activity[b] || start[a] - start[b]);
    tally.exact(
      'timeline.lane',
      bars.map((bar) => [lane[bar], activity[bar]]),
    );
    tally.measured(
      'timeline.start',
      bars.map((bar) => start[bar]),
    );
    tally.measured(
      'timeline.end',
      bars.map((bar) => end[bar]),
    );
  }
  return tally.fingerprint;
}

const TOLERANCE = 1e-9;
const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));

/** The columns in which a run differs from what it was: 'devices.bytesUp', 'record: 12.5 → 12.7'. */
export function differences(before: Fingerprint, after: Fingerprint): string[] {
  const exact = Object.keys(before.exact).filter((column) => before.exact[column] !== after.exact[column]);
  const sums = Object.keys(before.sums).flatMap((column) => {
    const [was, is] = [before.sums[column], after.sums[column] ?? [Number.NaN, Number.NaN]];
    return was.every((value, i) => isClose(value, is[i])) ? [] : [`${column}: ${was[0]} → ${is[0]}`];
  });
  return [...exact, ...sums];
}
