// Lanes in words: for the line above the timeline, and for screen readers.

import { formatBytes, formatJoules, formatPart, formatSeconds } from '../format.ts';
import type { Act } from './bars.ts';
import { whyAbsent } from './names.ts';
import type { Lane } from './timetable.ts';

const words: Readonly<Record<Act, string>> = {
  down: 'receives the model',
  compute: 'trains',
  up: 'sends its update',
  aggregate: 'aggregates',
  wait: 'waits',
};
const order: readonly Act[] = ['down', 'compute', 'up', 'aggregate', 'wait'];
const crowdWords: Readonly<Partial<Record<Act, string>>> = { down: 'receive', compute: 'train', up: 'send' };

/** 'sends its update: 577 ms, 7.08 kB, 374 mJ' */
function tellAct({ bars, amounts }: Lane, act: Act): string[] {
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

function tellCrowd({ crowd }: Lane): string[] {
  if (!crowd) return [];
  const spans = order.flatMap((act) => {
    const own = crowd.bars.filter((bar) => bar.act === act);
    if (own.length === 0) return [];
    return [`${crowdWords[act]} ${formatSeconds(own[0].from)} to ${formatSeconds(own[own.length - 1].to)}`];
  });
  return [
    `${formatPart(crowd.trained, crowd.count, 'device')} trained${spans.length > 0 ? `: they ${spans.join(', ')}` : ''}`,
  ];
}

/** 'Arduino 2, the round waited for it', 'ESP32 4, out of memory' */
const tellName = ({ label, isStraggler, absence }: Lane): string =>
  `${label}${isStraggler ? ', the round waited for it' : ''}${absence ? `, ${whyAbsent[absence]}` : ''}`;

export function tellLane(lane: Lane): string {
  const told = [...tellCrowd(lane), ...order.flatMap((act) => tellAct(lane, act))];
  return told.length > 0 ? `${tellName(lane)}: ${told.join('; ')}` : tellName(lane);
}

/** What is told where the pointer is: of a single bar its own seconds, and from when to when. */
export function tellBar(lane: Lane, at: number): string {
  const bar = lane.bars.find(({ from, to }) => at >= from && at <= to);
  if (!bar || lane.crowd) return tellLane(lane);
  const { act, from, to } = bar;
  const isOnly = lane.bars.filter((each) => each.act === act).length === 1;
  const told = isOnly ? tellAct(lane, act).join() : `${words[act]}: ${formatSeconds(to - from)}`;
  const all = isOnly ? '' : ` (of ${tellAct(lane, act).join()})`;
  return `${tellName(lane)}: ${told}${all}, from ${formatSeconds(from)} to ${formatSeconds(to)}`;
}
