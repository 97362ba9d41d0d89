// Joins the rounds of several families into one record: they share gateways, fogs and the clock, and no device.

import type { DeviceColumns, TimelineColumns, UpperColumns } from '../record/record.ts';
import type { RoundOutcome } from './round-input.ts';

/** Two families' messages share a link: their bytes add up. A time is the later of both. */
const added = new Set(['received', 'samples', 'bytesUpRaw', 'bytesUp', 'bytesDown', 'bytesDownRaw']);

function mergeUpper(into: UpperColumns, from: UpperColumns): void {
  for (const key of Object.keys(into) as (keyof UpperColumns)[]) {
    if (key === 'number') continue;
    const [a, b] = [into[key], from[key]];
    for (let row = 0; row < a.length; row++) {
      if (added.has(key)) a[row] += b[row];
      else if (Number.isNaN(a[row])) a[row] = b[row];
      else if (!Number.isNaN(b[row]))
        a[row] = key === 'downloadStart' ? Math.min(a[row], b[row]) : Math.max(a[row], b[row]);
    }
  }
}

const joined = (a: TimelineColumns, b: TimelineColumns): TimelineColumns => ({
  lane: Int32Array.from([...a.lane, ...b.lane]),
  activity: Uint8Array.from([...a.activity, ...b.activity]),
  start: Float64Array.from([...a.start, ...b.start]),
  end: Float64Array.from([...a.end, ...b.end]),
});

/**
 * @param outcomes one a family, over the same topology
 * @param familyOf which of them each device row belongs to
 */
export function mergeRounds(
  outcomes: readonly RoundOutcome[],
  familyOf: readonly number[],
): Omit<RoundOutcome, 'update'> {
  const [first, ...others] = outcomes;
  for (const [index, other] of others.entries()) {
    for (const key of Object.keys(first.devices) as (keyof DeviceColumns)[]) {
      familyOf.forEach((family, row) => {
        if (family === index + 1) first.devices[key][row] = other.devices[key][row];
      });
    }
    familyOf.forEach((family, row) => {
      if (family === index + 1) first.busy[row] = other.busy[row];
    });
    mergeUpper(first.gateways, other.gateways);
    mergeUpper(first.fogs, other.fogs);
  }
  // A family in which nobody can take part waits for nothing: the others' rounds decide.
  const busy = outcomes.filter(({ isIdle }) => !isIdle);
  const longest = (busy.length > 0 ? busy : outcomes).reduce((a, b) => (b.duration > a.duration ? b : a));
  return {
    ...first,
    timeline: outcomes.map(({ timeline }) => timeline).reduce(joined),
    duration: longest.duration,
    cloudLastArrival: longest.cloudLastArrival,
    straggler: longest.straggler,
  };
}
