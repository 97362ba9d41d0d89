// The event queue of the simulated clock: a binary heap as plain data, so that a run's state can be cloned and sent to
// another worker. Of two events at the same time, the one scheduled first comes first.

export interface Scheduled<Event> {
  /** Seconds, on the clock that the owner keeps. */
  time: number;
  readonly order: number;
  readonly event: Event;
}

export interface EventQueue<Event> {
  readonly heap: Scheduled<Event>[];
  /** Events scheduled so far. */
  scheduled: number;
}

export const newQueue = <Event>(): EventQueue<Event> => ({ heap: [], scheduled: 0 });

/** Time of the next event; Infinity if there is none. */
export const nextTime = ({ heap }: EventQueue<unknown>): number => heap[0]?.time ?? Number.POSITIVE_INFINITY;

export function schedule<Event>(queue: EventQueue<Event>, time: number, event: Event): void {
  const { heap } = queue;
  heap.push({ time, order: queue.scheduled++, event });
  let at = heap.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(heap, at, parent)) break;
    swap(heap, at, parent);
    at = parent;
  }
}

/** Takes the next event out; undefined if there is none. */
export function takeNext<Event>({ heap }: EventQueue<Event>): Event | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (!first || !last) return undefined;
  if (heap.length > 0) {
    heap[0] = last;
    sink(heap);
  }
  return first.event;
}

/** Moves every event by so many seconds, because the clock that they are on starts again from another origin. */
export function shiftTimes({ heap }: EventQueue<unknown>, by: number): void {
  for (const entry of heap) entry.time += by;
  // Two times that differed in their last bits may be equal now: the order of scheduling decides again.
  heap.sort((a, b) => a.time - b.time || a.order - b.order);
}

function sink(heap: Scheduled<unknown>[]): void {
  let at = 0;
  for (;;) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && isBefore(heap, child, least)) least = child;
    }
    if (least === at) return;
    swap(heap, at, least);
    at = least;
  }
}

function isBefore(heap: readonly Scheduled<unknown>[], at: number, other: number): boolean {
  const [a, b] = [heap[at], heap[other]];
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}

function swap(heap: Scheduled<unknown>[], at: number, other: number): void {
  [heap[at], heap[other]] = [heap[other], heap[at]];
}
