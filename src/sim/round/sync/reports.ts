// Reports up the tree: gateways send what their rounds have changed to their fog, fogs to the cloud. Between two reports to
// the cloud a fog sends its own model back down.

import { watched } from '../../engine/watch.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { UpperNode } from '../../fleet/topology.ts';
import { keptBy } from '../../model/masks.ts';
import { transfer } from '../../network/link.ts';
import { type Status, statuses, type UpperColumns } from '../../record/record.ts';
import { bytes } from '../../units.ts';
import { codecOf, isUsable } from '../senders.ts';
import { isCutOff, type RoundContext, setStatus } from './context.ts';
import { type Arrival, latest, type Station } from './station.ts';

/** Gateways report and fogs average. @param isLast whether the fogs then report too, and send nothing back down */
export function reportToFogs(context: RoundContext, part: number, isLast: boolean): void {
  const { topology, stations, gateways, fogs, timeline, lanes, experiment } = context;
  const arrived = new Map<string, Arrival[]>();
  for (const node of topology.gateways) {
    const station = stations.get(node.id);
    if (!station?.total || node.parent === null) continue;
    if (isCutOff(context, node)) {
      // It has served its devices for nothing.
      markBelow(context, [node.id], 'lost above');
      continue;
    }
    const arrival = sendUp(context, station, gateways, experiment.compression.gateway, lanes.gateway, part);
    if (!arrival) {
      markBelow(context, [node.id], 'diverged');
      continue;
    }
    arrived.set(node.parent, [...(arrived.get(node.parent) ?? []), arrival]);
  }
  for (const [row, node] of topology.fogs.entries()) {
    const received = arrived.get(node.id);
    const fog = stations.get(node.id);
    if (!received || !fog) continue;
    const last = latest(received).time;
    fog.average(received, experiment.aggregation, last);
    fogs.received[row] = received.length;
    fogs.samples[row] = fog.samples;
    fogs.lastArrival[row] = last;
    fogs.aggregated[row] = fog.time;
    timeline.add(lanes.fog + row, 'aggregate', last, fog.time);
    if (!isLast) sendBackDown(context, fog, part);
  }
}

/** What the fogs send arrives at the cloud. */
export function reportToCloud(context: RoundContext, part: number): Arrival[] {
  const { topology, stations, world, fogs, lanes, experiment } = context;
  const arrivals: Arrival[] = [];
  for (const node of topology.fogs) {
    const station = stations.get(node.id);
    if (!station?.total || world.isLinkOff(node)) continue;
    const arrival = sendUp(context, station, fogs, experiment.compression.fog, lanes.fog, part);
    if (arrival) arrivals.push(arrival);
    else markBelow(context, gatewaysOf(context, node), 'diverged');
  }
  return arrivals;
}

const gatewaysOf = ({ topology }: RoundContext, fog: UpperNode): string[] =>
  topology.gateways.filter((node) => node.parent === fog.id).map(({ id }) => id);

/** What became of the devices whose updates these gateways had. */
function markBelow(context: RoundContext, gateways: readonly string[], status: Status): void {
  for (const { device, row } of context.participants) {
    const isTrained = statuses[context.devices.status[row]] === 'trained';
    if (gateways.includes(device.parent) && isTrained) setStatus(context, row, status);
  }
}

/** Sends a station's total to the node above; null if what arrives has diverged, and is thrown away there. */
function sendUp(
  context: RoundContext,
  station: Station,
  columns: UpperColumns,
  pipeline: Experiment['compression']['gateway'],
  firstLane: number,
  part: number,
): Arrival | null {
  const { model, portions, rng, round, timeline, experiment, senders } = context;
  const { node, row, base, time, samples, mass } = station;
  const { payload } = experiment.compression;
  const { feedback } = pipeline;
  // Of sub-models it sends what any of its devices held.
  const kept = mass
    ? keptBy(
        model,
        Uint8Array.from(mass, (samples) => (samples > 0 ? 1 : 0)),
      )
    : portions.left;
  const carried = senders.send(
    node.id,
    station.total ?? new Float32Array(model.parameters),
    { spec: codecOf(pipeline), payload, base, model, feedback, momentum: 0, kept },
    rng.split('up', node.id, round, part),
  );
  const isSound = isUsable(carried.values);
  senders.settle(node.id, carried, isSound);
  watched(context, { node: node.id, direction: 'up' }, carried);
  const end = time + transfer(carried.size, node.figures, 'up').time;
  columns.bytesUp[row] += carried.size;
  columns.bytesUpRaw[row] += carried.rawSize;
  columns.uploadEnd[row] = end;
  timeline.add(firstLane + row, 'upload', time, end);
  if (!isSound) return null;
  return { update: { values: carried.values, samples, mass }, time: end, device: station.slowest };
}

function sendBackDown(context: RoundContext, fog: Station, part: number): void {
  const { topology, stations, gateways, timeline, lanes, courier, receivers, rng, round } = context;
  const packed = courier.pack(fog.model, rng.split('down', fog.node.id, round, part));
  for (const [row, node] of topology.gateways.entries()) {
    const station = stations.get(node.id);
    if (!station || node.parent !== fog.node.id || isCutOff(context, node)) continue;
    const message = courier.deliver(packed, fog.node.id, node.id);
    receivers.keep(node.id, fog.node.id, message.values);
    watched(context, { node: node.id, direction: 'down' }, message);
    station.receive(message.values, fog.time + transfer(bytes(message.size), node.figures, 'down').time);
    gateways.bytesDown[row] += message.size;
    gateways.bytesDownRaw[row] += message.rawSize;
    timeline.add(lanes.gateway + row, 'download', fog.time, station.time);
  }
}
