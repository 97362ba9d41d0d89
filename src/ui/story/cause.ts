// Whom a round waited for, and why: the longest single step of the last nodes, be it a device's, a gateway's or a fog's.

import { type NetworkNode, numberOf, type Topology, tierOf } from '../../sim/fleet/topology.ts';
import { transfer } from '../../sim/network/link.ts';
import { rowOf } from '../../sim/record/columns.ts';
import type { RoundRecord, UpperColumns } from '../../sim/record/record.ts';
import { bytes } from '../../sim/units.ts';
import { formatBytes, formatCount, formatSeconds } from '../format.ts';
import { lastNodes } from './last-nodes.ts';
import { formatRate, labelOf } from './names.ts';

type What = 'download' | 'training' | 'off time' | 'upload' | 'aggregation';

interface Step {
  readonly what: What;
  readonly seconds: number;
  /** Of the message; 0 where there is none. */
  readonly bytes: number;
}

/** The longest of its download, training, off time of its duty cycle and upload; the upload before an equal download. */
function deviceStep({ devices }: RoundRecord, id: string): Step | null {
  const at = rowOf(devices.number, numberOf(id));
  if (at === undefined) return null;
  const { downloadStart, downloadEnd, computeEnd, uploadStart, uploadEnd } = devices;
  return longest([
    { what: 'upload', seconds: uploadEnd[at] - uploadStart[at], bytes: devices.bytesUp[at] },
    { what: 'download', seconds: 0.98 * (downloadEnd[at] - downloadStart[at]), bytes: devices.bytesDown[at] },
    { what: 'training', seconds: computeEnd[at] - downloadEnd[at], bytes: 0 },
    { what: 'off time', seconds: uploadStart[at] - computeEnd[at], bytes: 0 },
  ]);
}

function upperStep(columns: UpperColumns, id: string): Step | null {
  const at = rowOf(columns.number, numberOf(id));
  if (at === undefined) return null;
  const { downloadStart, downloadEnd, lastArrival, aggregated, uploadEnd } = columns;
  return longest([
    { what: 'upload', seconds: uploadEnd[at] - aggregated[at], bytes: columns.bytesUp[at] },
    { what: 'download', seconds: 0.98 * (downloadEnd[at] - downloadStart[at]), bytes: columns.bytesDown[at] },
    { what: 'aggregation', seconds: aggregated[at] - lastArrival[at], bytes: 0 },
  ]);
}

function longest(steps: readonly Step[]): Step | null {
  const real = steps.filter(({ seconds }) => seconds > 0);
  if (real.length === 0) return null;
  const best = real.reduce((most, each) => (each.seconds > most.seconds ? each : most));
  return best.what === 'download' ? { ...best, seconds: best.seconds / 0.98 } : best;
}

const stepOf = (record: RoundRecord, id: string): Step | null => {
  const tier = tierOf(id);
  if (tier === 'device') return deviceStep(record, id);
  return tier === 'cloud' ? null : upperStep(tier === 'gateway' ? record.gateways : record.fogs, id);
};

/** kbit/s; null if the link was edited since and no longer explains the time. */
function rateOf(node: NetworkNode | undefined, { what, bytes: size, seconds }: Step): number | null {
  if (!node || (what !== 'upload' && what !== 'download')) return null;
  const direction = what === 'upload' ? 'up' : 'down';
  const radio = node.tier === 'device' ? node.profile.radio : undefined;
  const { time } = transfer(bytes(size), node.figures, direction, radio);
  if (Math.abs(time - seconds) > 0.01 * seconds) return null;
  return direction === 'up' ? node.figures.uplink : node.figures.downlink;
}

/** Kinds of boards whose short name is no noun. */
const boards: ReadonlySet<string> = new Set(['LoRa', 'NB-IoT']);

/** 'Arduino 2', '10 Arduinos', '12 devices', '3 gateways' */
function nameOf(ids: readonly string[], topology: Topology): string {
  if (ids.length === 1) return labelOf(ids[0], topology);
  const kinds = new Set(
    ids.map((id) => {
      const node = topology.byId.get(id);
      return node?.tier === 'device' ? node.profile.short : tierOf(id);
    }),
  );
  const [kind] = kinds;
  const noun = kinds.size > 1 ? tierOf(ids[0]) : boards.has(kind) ? `${kind} board` : kind;
  return `${formatCount(ids.length)} ${noun}s`;
}

export interface Cause {
  /** The nodes waited for: those that tie are all here, the straggler (or its gateway or fog) first. */
  readonly ids: readonly string[];
  /** 'Arduino 2', '10 Arduinos' */
  readonly who: string;
  /** 'whose 7.08 kB uploads take 577 ms at 100 kbit/s' */
  readonly because: string;
  /** The same for a tight place: '100 kbit/s links'. */
  readonly reason: string;
}

/** Null where the round waited for nobody. */
export function causeOf(record: RoundRecord, topology: Topology): Cause | null {
  const { devices, gateways, fogs } = lastNodes(record, topology);
  if (devices.length === 0) return null;
  const groups = [devices, gateways, fogs].filter((ids) => ids.length > 0);
  const slowest = groups
    .map((ids) => ({ ids, step: stepOf(record, ids[0]) }))
    .reduce((most, each) => ((each.step?.seconds ?? 0) > (most.step?.seconds ?? 0) ? each : most));
  return { ids: slowest.ids, who: nameOf(slowest.ids, topology), ...explain(record, topology, slowest.ids) };
}

/** What all values read as; '' where they read differently. Ten thousand devices may tie: each value is written once. */
function sameText<Value>(values: readonly Value[], format: (value: Value) => string): string {
  const [text, ...others] = new Set([...new Set(values)].map(format));
  return others.length === 0 ? text : '';
}

/** Why these, by the longest step of the first; the others' figures are named only where they are the same. */
function explain(record: RoundRecord, topology: Topology, ids: readonly string[]): Pick<Cause, 'because' | 'reason'> {
  const step = stepOf(record, ids[0]);
  if (!step) return { because: 'which was last', reason: 'the last' };
  const { what, seconds } = step;
  const isOne = ids.length === 1;
  const time = formatSeconds(seconds);
  const others = ids.map((id) => ({ node: topology.byId.get(id), step: stepOf(record, id) }));
  if (others.some((each) => each.step?.what !== what))
    return { because: `whose longest steps take up to ${time}`, reason: `up to ${time} each` };
  if (what === 'off time') {
    const because = isOne
      ? `whose duty cycle kept it silent for ${time} before its upload`
      : `whose duty cycles kept them silent for ${time} before their uploads`;
    return { because, reason: `${time} of off time` };
  }
  if (what === 'training' || what === 'aggregation')
    return { because: `whose ${what} takes ${time}`, reason: `${time} of ${what}` };
  const size = sameText(
    others.map((each) => each.step?.bytes ?? 0),
    formatBytes,
  );
  const rate = sameText(
    others.map((each) => each.step && rateOf(each.node, each.step)),
    (value) => (value === null ? '' : formatRate(value)),
  );
  return {
    because: `whose ${size && `${size} `}${what}${isOne ? ' takes' : 's take'} ${time}${rate && ` at ${rate}`}`,
    reason: rate ? `${rate} link${isOne ? '' : 's'}` : `${time} of ${what}`,
  };
}
