// What flights cost and show in one window's record: joules from the batteries, bytes, and bars on the timeline.

import type { Carried } from '../../compression/carry.ts';
import { noteOffTimes } from '../../engine/off-times.ts';
import type { DeviceNode, UpperNode } from '../../fleet/topology.ts';
import { transfer } from '../../network/link.ts';
import { emptyDeviceColumns, emptyUpperColumns } from '../../record/columns.ts';
import type { DeviceColumns, UpperColumns } from '../../record/record.ts';
import { Timeline } from '../../record/timeline.ts';
import type { Batteries } from '../batteries.ts';
import type { RoundInput } from '../round-input.ts';
import type { AsyncState, Flight } from './async-state.ts';

const MILLIWATTS = 1000;

export class Accounts {
  readonly devices: DeviceColumns;
  readonly gateways: UpperColumns;
  readonly fogs: UpperColumns;
  readonly timeline = new Timeline();
  readonly #rows: ReadonlyMap<string, number>;
  readonly #input: RoundInput;
  readonly #state: AsyncState;
  readonly #batteries: Batteries;

  constructor(input: RoundInput, state: AsyncState, batteries: Batteries) {
    const { devices, gateways, fogs } = input.topology;
    this.#input = input;
    this.#state = state;
    this.#batteries = batteries;
    this.devices = emptyDeviceColumns(devices.length);
    this.gateways = emptyUpperColumns(gateways.map((node) => node.number));
    this.fogs = emptyUpperColumns(fogs.map((node) => node.number));
    this.#rows = new Map([devices, gateways, fogs].flatMap((tier) => tier.map(({ id }, row) => [id, row])));
    noteOffTimes(this.devices, input);
  }

  /** A node's row in its tier's columns. */
  row(id: string): number {
    return this.#rows.get(id) ?? 0;
  }

  upper(node: UpperNode): UpperColumns {
    return node.tier === 'fog' ? this.fogs : this.gateways;
  }

  /** A turn's joules, bytes and results, when it has ended. */
  settle({ device, turn, begun, end, work, message, carried, failure }: Flight): void {
    const { devices } = this;
    const row = this.row(device.id);
    const idle = (device.figures.idlePower / MILLIWATTS) * Math.max(0, end - begun - turn.busy);
    const worked = turn.receive + turn.compute + turn.transmit + turn.wake;
    const paid = this.#spend(device, worked + idle, begun, end);
    devices.energyReceive[row] += turn.receive;
    devices.energyCompute[row] += turn.compute;
    devices.energyTransmit[row] += turn.transmit;
    devices.energyWake[row] += turn.wake;
    devices.energyIdle[row] += Math.max(0, paid - worked);
    devices.macs[row] += work.macs;
    devices.steps[row] += work.steps;
    devices.loss[row] = work.loss;
    devices.accuracy[row] = work.accuracy;
    devices.bytesDown[row] += message.size;
    devices.bytesDownRaw[row] += message.rawSize;
    if (!carried || failure === 'battery died') return;
    devices.bytesUp[row] += carried.size;
    devices.bytesUpRaw[row] += carried.rawSize;
  }

  /** A device that does not work waits for its acknowledgement, or sleeps until it is asked again. */
  rest(device: DeviceNode, until: number, how: 'idle' | 'sleep'): void {
    const since = this.#state.paid.get(device.id) ?? this.#input.time;
    if (until <= since) return;
    const { idlePower, sleepPower } = device.figures;
    const milliwatts = this.#input.world.isOff(device) ? 0 : how === 'idle' ? idlePower : sleepPower;
    const paid = this.#spend(device, (milliwatts / MILLIWATTS) * (until - since), since, until);
    this.devices[how === 'idle' ? 'energyIdle' : 'energySleep'][this.row(device.id)] += paid;
  }

  /** A flight's bars, as far as they fall into this window. */
  draw({ device, turn }: Flight, until: number): void {
    const row = this.row(device.id);
    const inWindow = (time: number) => Math.min(Math.max(time, this.#input.time), until) - this.#input.time;
    const { devices, timeline } = this;
    devices.downloadStart[row] = inWindow(turn.downloadStart);
    devices.downloadEnd[row] = inWindow(turn.downloadEnd);
    devices.computeEnd[row] = inWindow(turn.computeEnd);
    devices.uploadStart[row] = inWindow(turn.uploadStart);
    devices.uploadEnd[row] = inWindow(turn.uploadEnd);
    timeline.add(row, 'download', devices.downloadStart[row], devices.downloadEnd[row]);
    timeline.add(row, 'compute', devices.downloadEnd[row], devices.computeEnd[row]);
    timeline.add(row, 'upload', devices.uploadStart[row], devices.uploadEnd[row]);
  }

  /** A gateway or fog passes an update on, from `since` on; returns when it has. */
  relay(node: UpperNode, flight: Flight, { size, rawSize }: Carried, since: number): number {
    const until = since + transfer(size, node.figures, 'up').time;
    this.#drawRelay(node, since, until);
    const columns = this.upper(node);
    const row = this.row(node.id);
    columns.received[row]++;
    columns.samples[row] += flight.samples;
    columns.bytesUp[row] += size;
    columns.bytesUpRaw[row] += rawSize;
    columns.uploadEnd[row] = flight.arrival - this.#input.time;
    columns.lastArrival[row] = flight.turn.uploadEnd - this.#input.time;
    return until;
  }

  #drawRelay(node: UpperNode, since: number, until: number): void {
    const { devices, gateways } = this.#input.topology;
    const lane = devices.length + (node.tier === 'fog' ? gateways.length : 0) + this.row(node.id);
    const { time } = this.#input;
    this.timeline.add(lane, 'upload', Math.max(since, time) - time, Math.max(until, time) - time);
  }

  /** Takes joules out of a device's battery and returns what it could pay. */
  #spend(device: DeviceNode, joules: number, since: number, until: number): number {
    const { world, experiment } = this.#input;
    this.#state.paid.set(device.id, until);
    return this.#batteries.spend(device, world, experiment.power.batteryStart, joules, since, until);
  }
}
