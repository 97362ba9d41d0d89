// Collects the bars of a round's timeline: who did what when.

import { type Activity, activities, type TimelineColumns } from './record.ts';

export class Timeline {
  readonly #lane: number[] = [];
  readonly #activity: number[] = [];
  readonly #start: number[] = [];
  readonly #end: number[] = [];

  /** A bar without a beginning or an end (NaN) did not happen; one of no length is not drawn. */
  add(lane: number, activity: Activity, start: number, end: number): void {
    if (!(end > start)) return;
    this.#lane.push(lane);
    this.#activity.push(activities.indexOf(activity));
    this.#start.push(start);
    this.#end.push(end);
  }

  columns(): TimelineColumns {
    return {
      lane: Int32Array.from(this.#lane),
      activity: Uint8Array.from(this.#activity),
      start: Float64Array.from(this.#start),
      end: Float64Array.from(this.#end),
    };
  }
}
