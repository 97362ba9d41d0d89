// The record's bars by lane. They come as columns in the order in which things were reckoned; a lane wants its own, in order.

import { type Activity, activities, type TimelineColumns } from '../../sim/record/record.ts';

export type Act = 'down' | 'compute' | 'up' | 'aggregate' | 'wait';

/** What the record's activities are on the screen. */
const actOf: Readonly<Record<Activity, Act>> = {
  download: 'down',
  compute: 'compute',
  upload: 'up',
  aggregate: 'aggregate',
  wait: 'wait',
};

export interface Bar {
  readonly act: Act;
  /** Seconds from the round's start. */
  readonly from: number;
  readonly to: number;
}

/** Bars of one kind that touch or overlap are one, as they look: two families' models cross a link at the same time. */
export function joined(bars: readonly Bar[]): Bar[] {
  const byAct = new Map<Act, { act: Act; from: number; to: number }[]>();
  for (const { act, from, to } of [...bars].sort((a, b) => a.from - b.from)) {
    const known = byAct.get(act) ?? [];
    byAct.set(act, known);
    const before = known.at(-1);
    if (before && from <= before.to) before.to = Math.max(before.to, to);
    else known.push({ act, from, to });
  }
  return [...byAct.values()].flat();
}

export class Bars {
  readonly lanes: number;
  readonly #columns: TimelineColumns;
  /** Bars of lane i are #order[#offsets[i]] … #order[#offsets[i + 1] - 1]. */
  readonly #offsets: Int32Array;
  readonly #order: Int32Array;

  constructor(columns: TimelineColumns, lanes: number) {
    this.lanes = lanes;
    this.#columns = columns;
    const { lane } = columns;
    this.#offsets = new Int32Array(lanes + 1);
    for (const each of lane) this.#offsets[each + 1]++;
    for (let i = 0; i < lanes; i++) this.#offsets[i + 1] += this.#offsets[i];
    const next = this.#offsets.slice();
    this.#order = new Int32Array(lane.length);
    for (let i = 0; i < lane.length; i++) this.#order[next[lane[i]]++] = i;
  }

  lastEnd(): number {
    return this.#columns.end.reduce((last, each) => Math.max(last, each), 0);
  }

  #own(lane: number): Bar[] {
    const { activity, start, end } = this.#columns;
    return Array.from(this.#order.subarray(this.#offsets[lane], this.#offsets[lane + 1]), (i) => ({
      act: actOf[activities[activity[i]]],
      from: start[i],
      to: end[i],
    }));
  }

  /** A lane's bars as they are in the record, in order. */
  recorded(lane: number): Bar[] {
    return this.#own(lane).sort((a, b) => a.from - b.from);
  }

  /** A lane's bars with the waiting between them, and after them until `until`. */
  of(lane: number, until = 0): Bar[] {
    const own = this.recorded(lane);
    if (own.length === 0) return own;
    const filled: Bar[] = [];
    // The bar that begins last need not end last.
    let busyUntil = own[0].from;
    for (const bar of own) {
      if (bar.from > busyUntil) filled.push({ act: 'wait', from: busyUntil, to: bar.from });
      filled.push(bar);
      busyUntil = Math.max(busyUntil, bar.to);
    }
    return until > busyUntil ? [...filled, { act: 'wait', from: busyUntil, to: until }] : filled;
  }

  /** When any of these lanes was at what. */
  together(lanes: readonly number[]): Bar[] {
    return joined(lanes.flatMap((lane) => this.#own(lane).filter(({ act }) => act !== 'wait')));
  }
}
