// One round of every gateway with its devices: the model goes out, devices train and answer, and each gateway averages what
// arrives before the round closes. Times are seconds from the cloud round's start.

import { massOf } from '../../aggregators/aggregator.ts';
import { type DeviceSent, sendFromDevice } from '../../compression/device-uplink.ts';
import { descentOf, localMacs } from '../../engine/local-work.ts';
import { watched } from '../../engine/watch.ts';
import type { DeviceNode } from '../../fleet/topology.ts';
import { noOffTime, offUntilSince } from '../../network/lora.ts';
import type { Participant } from '../../selection/participants.ts';
import type { Told } from '../../selection/selection.ts';
import { closeRound } from '../closing.ts';
import type { Packed } from '../courier.ts';
import type { Download } from '../downlink.ts';
import { type Trained, trainLocally } from '../local-training.ts';
import { type Turn, takeTurn } from '../turn.ts';
import { type RoundContext, setStatus, stationOf } from './context.ts';
import type { Arrival, Station } from './station.ts';

/** A participant from one gateway round to the next: what its battery still holds, and when it last ended. */
export interface Worker extends Omit<Participant, 'joules'> {
  joules: number;
  end: number;
}

export interface Part {
  /** Which of the cloud round's gateway rounds this is, from 1. */
  readonly number: number;
  /** In the first one a gateway passes on what it received; later it sends its own model. */
  readonly isFirst: boolean;
}

interface DeviceArrival extends Arrival {
  readonly row: number;
  readonly gateway: string;
  readonly told: Told;
  readonly sent: DeviceSent;
}

/** Returns those who can work on. */
export async function gatewayRound(context: RoundContext, workers: readonly Worker[], part: Part): Promise<Worker[]> {
  if (workers.length === 0) return [];
  const { portions } = context;
  const gateways = [...new Set(workers.map(({ device }) => device.parent))];
  const served = part.isFirst ? context.downlink.downloads : serveOwn(context, workers, part);
  const results = await trainLocally({
    trainees: workers.map((worker) => {
      const { message, mask } = servedTo(worker.device, served);
      return { ...worker, start: message.values, kept: portions.upload(worker.device.id, mask ?? null) };
    }),
    model: context.model,
    unitScales: portions.unitScales,
    trainer: context.trainer,
    data: context.data,
    descent: descentOf(context.experiment.training, context.round),
    countsSteps: context.experiment.training.localSteps > 0,
    send: ({ device, start, kept }, update, rng) => sendFromDevice(context, device, start, update, rng, kept),
    round: context.round,
    part: part.number,
    rng: context.rng,
    shuffle: context.shuffle ?? true,
  });
  const arrivals: DeviceArrival[] = [];
  const deaths = new Map<string, number>();
  for (const [index, worker] of workers.entries()) {
    const { device, row } = worker;
    const { carried, told } = results[index];
    const turn = work(context, worker, results[index], servedTo(device, served));
    context.freeAt.set(device.id, context.time + worker.end);
    if (turn.died && carried) settle(context, { device: device.id, row }, carried, false);
    if (turn.died || !carried) {
      setStatus(context, row, turn.died ? 'battery died' : 'diverged');
      deaths.set(device.id, worker.end);
      continue;
    }
    const samples = context.devices.samples[row];
    const mass = portions.differ && carried.held ? massOf(carried.held, samples) : undefined;
    const update = { values: carried.values, samples, mass };
    arrivals.push({
      row,
      gateway: device.parent,
      told,
      sent: carried,
      update,
      time: turn.uploadEnd,
      device: device.id,
    });
  }

  const began = part.isFirst ? 0 : Math.min(...gateways.map((id) => stationOf(context, id).time));
  const times = arrivals.map(({ time }) => time);
  const closing = closeRound(times, context.goal, context.experiment.selection, began);
  const counted = new Set([...closing.counted].map((index) => arrivals[index]));
  remember(context, workers, counted);
  for (const arrival of arrivals) settle(context, arrival, arrival.sent, counted.has(arrival));
  for (const id of gateways) {
    const station = stationOf(context, id);
    const own = arrivals.filter(({ gateway }) => gateway === id);
    const inTime = own.filter((each) => counted.has(each));
    for (const each of own) if (!counted.has(each)) setStatus(context, each.row, 'late');
    const silent = workers.filter(({ device }) => device.parent === id).map(({ device }) => deaths.get(device.id) ?? 0);
    // A gateway waits for the last of its devices, or for the closing; of a dead one it learns when it falls silent.
    const lastSign = Math.max(station.time, ...inTime.map(({ time }) => time), ...silent);
    const ready = inTime.length < own.length ? closing.time : Math.min(lastSign, Math.max(closing.time, station.time));
    conclude(context, station, inTime, ready);
  }
  return workers.filter(({ device }) => !deaths.has(device.id));
}

/** Later in the cloud round each gateway sends its own model to its devices. */
function serveOwn(context: RoundContext, workers: readonly Worker[], part: Part): Map<string, Download> {
  const { courier, portions, receivers, rng, round } = context;
  const packed = new Map<string, Packed>();
  const downloads = workers.map(({ device, end }): [string, Download] => {
    const station = stationOf(context, device.parent);
    const mask = receivers.maskOf(station.base);
    const own =
      packed.get(station.node.id) ??
      courier.pack(station.model, rng.split('down', station.node.id, round, part.number), mask ?? null);
    packed.set(station.node.id, own);
    const message = courier.deliver(own, station.node.id, device.id, portions.download(device.id));
    return [device.id, { message, from: station.node.id, mask, start: Math.max(station.time, end) }];
  });
  return new Map(downloads);
}

function servedTo(device: DeviceNode, served: ReadonlyMap<string, Download>): Download {
  const download = served.get(device.id);
  if (!download) throw new Error(`${device.id} was served no model.`);
  return download;
}

/** A device's turn, written into its row. */
function work(context: RoundContext, worker: Worker, result: Trained, { message, from, start }: Download): Turn {
  const { devices, timeline, busy, world, time, receivers } = context;
  const { device, row } = worker;
  const { carried } = result;
  const macs = localMacs(context.portions.local, worker.work, context.experiment.training);
  const turn = takeTurn(
    device,
    start,
    { bytesDown: message.size, macs, bytesUp: carried?.size ?? 0 },
    (since) => world.linkOf(device, time + since),
    worker.joules,
    offUntilSince(context.offUntil.get(device.id) ?? noOffTime, time),
  );
  if (device.profile.radio === 'LoRa') context.offUntil.set(device.id, offUntilSince(turn.offUntil, -time));
  worker.joules -= turn.receive + turn.compute + turn.transmit + turn.wake;
  worker.end = [turn.uploadEnd, turn.computeEnd, turn.downloadEnd].find((end) => !Number.isNaN(end)) ?? start;
  busy[row] = (Number.isNaN(busy[row]) ? 0 : busy[row]) + turn.busy;
  // A battery that emptied on the way has finished only what came before.
  if (turn.finished >= 1) {
    devices.bytesDown[row] += message.size;
    devices.bytesDownRaw[row] += message.rawSize;
    receivers.keep(device.id, from, message.values);
    watched(context, { node: device.id, direction: 'down' }, message);
  }
  if (turn.finished >= 2) {
    devices.macs[row] += macs;
    devices.steps[row] += result.steps;
    devices.loss[row] = result.told.loss;
    devices.accuracy[row] = result.accuracy;
  }
  if (!turn.died && carried) {
    watched(context, { node: device.id, direction: 'up' }, carried);
    devices.bytesUp[row] += carried.size;
    devices.bytesUpRaw[row] += carried.rawSize;
  }
  devices.downloadStart[row] = turn.downloadStart;
  devices.downloadEnd[row] = turn.downloadEnd;
  devices.computeEnd[row] = turn.computeEnd;
  devices.uploadStart[row] = turn.uploadStart;
  devices.uploadEnd[row] = turn.uploadEnd;
  devices.energyReceive[row] += turn.receive;
  devices.energyCompute[row] += turn.compute;
  devices.energyTransmit[row] += turn.transmit;
  devices.energyWake[row] += turn.wake;
  timeline.add(row, 'download', turn.downloadStart, turn.downloadEnd);
  timeline.add(row, 'compute', turn.downloadEnd, turn.computeEnd);
  if (carried) timeline.add(row, 'upload', turn.uploadStart, turn.uploadEnd);
  return turn;
}

/** The device learns whether its update was used, and keeps what was not. */
function settle(
  { senders, devices }: RoundContext,
  { device, row }: { readonly device: string; readonly row: number },
  sent: DeviceSent,
  arrived: boolean,
): void {
  senders.settle(device, sent, arrived);
  devices.residual[row] = senders.residualNorm(device);
  devices.rung[row] = sent.rung;
}

/** The server knows whom it asked; the losses it knows are those that came in time. */
function remember(
  { told, round }: RoundContext,
  workers: readonly Worker[],
  counted: ReadonlySet<DeviceArrival>,
): void {
  for (const { device } of workers) {
    const before = told.get(device.id) ?? { loss: Number.NaN, lossRms: Number.NaN };
    told.set(device.id, { ...before, round });
  }
  for (const arrival of counted) told.set(arrival.device, arrival.told);
}

/** A gateway has all that it will get at `ready`: it averages. */
function conclude(context: RoundContext, station: Station, inTime: readonly DeviceArrival[], ready: number): void {
  const { gateways, timeline, lanes, experiment } = context;
  gateways.lastArrival[station.row] = ready;
  gateways.received[station.row] = inTime.length;
  if (inTime.length === 0) {
    station.time = ready;
    return;
  }
  station.average(inTime, experiment.aggregation, ready);
  gateways.samples[station.row] = station.samples;
  gateways.aggregated[station.row] = station.time;
  timeline.add(lanes.gateway + station.row, 'aggregate', ready, station.time);
}
