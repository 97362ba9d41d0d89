// Lanes as text: for the line above the timeline, and for screen readers.

import { statusEntry } from '../../sim/record/statuses.ts';
import { formatBytes, formatJoules, formatPart, formatSeconds } from '../format.ts';
import type { Act } from './bars.ts';
import type { Lane } from './timetable.ts';

const words: Readonly<Record<Act, string>> = {
  down: 'receives the model',
  compute: 'trains',
  up: 'sends its update',
  aggregate: 'aggregates',
  wait: 'waits',
};
const order: readonly Act[] = ['down', 'compute', 'up', 'aggregate', 'wait'];
const groupVerbs: Readonly<Partial<Record<Act, string>>> = { down: 'receive', compute: 'train', up: 'send' };

/** 'sends its update: 577 ms, 7.08 kB, 374 mJ' */
function describeActivity({ bars, amounts }: Lane, act: Act): string[] {
  const own = bars.filter((bar) => bar.act === act);
  if (own.length === 0) return [];
  const { bytes = null, joules = null } = amounts[act] ?? {};
  const figures = [
    formatSeconds(own.reduce((sum, { from, to }) => sum + to - from, 0)),
    ...(bytes === null ? [] : [formatBytes(bytes)]),
    ...(joules === null ? [] : [`${formatJoules(joules)}${act === 'wait' ? ' idle' : ''}`]),
  ];
  const times = own.length > 1 && act !== 'wait' ? ` ${own.length} times` : '';
  return [`${words[act]}${times}: ${figures.join(', ')}`];
}

function describeDeviceGroup({ deviceGroup }: Lane): string[] {
  if (!deviceGroup) return [];
  const spans = order.flatMap((act) => {
    const own = deviceGroup.bars.filter((bar) => bar.act === act);
    if (own.length === 0) return [];
    return [`${groupVerbs[act]} ${formatSeconds(own[0].from)} to ${formatSeconds(own[own.length - 1].to)}`];
  });
  return [
    `${formatPart(deviceGroup.trained, deviceGroup.count, 'device')} trained${spans.length > 0 ? `: they ${spans.join(', ')}` : ''}`,
  ];
}

/** 'Arduino 2, the round waited for it', 'ESP32 4, out of memory' */
const describeName = ({ label, isStraggler, absence }: Lane): string =>
  `${label}${isStraggler ? ', the round waited for it' : ''}${absence ? `, ${statusEntry(absence).label}` : ''}`;

export function describeLane(lane: Lane): string {
  const parts = [...describeDeviceGroup(lane), ...order.flatMap((act) => describeActivity(lane, act))];
  return parts.length > 0 ? `${describeName(lane)}: ${parts.join('; ')}` : describeName(lane);
}

/** The text for the bar at the pointer: its seconds, and from when to when. */
export function describeBar(lane: Lane, at: number): string {
  const bar = lane.bars.find(({ from, to }) => at >= from && at <= to);
  if (!bar || lane.deviceGroup) return describeLane(lane);
  const { act, from, to } = bar;
  const isOnly = lane.bars.filter((each) => each.act === act).length === 1;
  const activity = isOnly ? describeActivity(lane, act).join() : `${words[act]}: ${formatSeconds(to - from)}`;
  const all = isOnly ? '' : ` (of ${describeActivity(lane, act).join()})`;
  return `${describeName(lane)}: ${activity}${all}, from ${formatSeconds(from)} to ${formatSeconds(to)}`;
}
