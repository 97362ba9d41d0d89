// Fills one record's columns, whatever the mode: everything that happens in the network is recorded here and nowhere else.
// Times are offsets from the record's start; what began in an earlier record begins at 0 here.

import type { Topology } from '../fleet/topology.ts';
import { emptyDeviceColumns, emptyUpperColumns, TimelineBuilder } from '../record/columns.ts';
import type { Activity, DeviceColumns, UpperColumns } from '../record/record.ts';
import { type Status, statuses } from '../record/statuses.ts';
import { normOf } from './messages/encoding.ts';
import type { Arrival, Message, Phase } from './run-state.ts';

export interface Sizes {
  readonly size: number;
  readonly rawSize: number;
}

export class Recorder {
  readonly devices: DeviceColumns;
  readonly gateways: UpperColumns;
  readonly fogs: UpperColumns;
  readonly timeline = new TimelineBuilder();
  /** When the last update had arrived at the cloud, and the device that it goes back to. */
  cloudLastArrival = 0;
  straggler = '';
  cloudClosed = Number.NaN;
  cloudReceived = 0;
  cloudUpdates = 0;
  /** Versions that the cloud's updates were behind, summed. */
  #staleness = 0;
  readonly #senders = new Set<string>();
  readonly #samples = new Map<string, number>();
  readonly #rows = new Map<string, number>();
  readonly #lanes = new Map<string, number>();
  /** Devices whose status comes from what happened in this record. */
  readonly #withStatus = new Set<string>();
  /** Spans of waiting that may go on. */
  readonly #waits = new Map<string, { from: number; to: number }>();

  constructor({ devices, gateways, fogs }: Topology) {
    this.devices = emptyDeviceColumns(devices.length);
    this.gateways = emptyUpperColumns(gateways.map(({ number }) => number));
    this.fogs = emptyUpperColumns(fogs.map(({ number }) => number));
    let lane = 0;
    for (const tier of [devices, gateways, fogs]) {
      for (const [row, { id }] of tier.entries()) {
        this.#rows.set(id, row);
        this.#lanes.set(id, lane++);
      }
    }
    this.#lanes.set('cloud', lane);
    for (const [row, { number }] of devices.entries()) this.devices.number[row] = number;
  }

  /** A node's row in its tier's columns. */
  row(id: string): number {
    const row = this.#rows.get(id);
    if (row === undefined) throw new Error(`${id} has no row in this record.`);
    return row;
  }

  upper(id: string): UpperColumns {
    return id.startsWith('fog') ? this.fogs : this.gateways;
  }

  bar(node: string, activity: Activity, start: number, end: number): void {
    this.timeline.add(this.#lanes.get(node) ?? 0, activity, Math.max(0, start), end);
  }

  /** What became of a device. What happens in a record counts more than what it was when it was asked. */
  setStatus(device: string, status: Status): void {
    this.devices.status[this.row(device)] = statuses.indexOf(status);
    this.#withStatus.add(device);
  }

  /** Why a device was not asked, or that it was; unless something has happened to it in this record. */
  setReason(row: number, device: string, status: Status): void {
    if (!this.#withStatus.has(device)) this.devices.status[row] = statuses.indexOf(status);
  }

  hasStatus(device: string): boolean {
    return this.#withStatus.has(device);
  }

  statusOf(device: string): Status {
    return statuses[this.devices.status[this.row(device)]];
  }

  /** A device's phase, as far as this record covers it. @param until its end, or the record's */
  phase(device: string, { kind, start, end }: Phase, until: number): void {
    const row = this.row(device);
    const { devices } = this;
    const from = Math.max(0, start);
    const to = Math.min(end, until);
    // It was over before the record began.
    if (to < 0) return;
    if (kind === 'download') {
      devices.downloadStart[row] = from;
      devices.downloadEnd[row] = to;
      this.bar(device, 'download', from, to);
    } else if (kind === 'train') {
      devices.computeEnd[row] = to;
      this.bar(device, 'compute', from, to);
    } else {
      devices.uploadStart[row] = from;
      devices.uploadEnd[row] = to;
      this.bar(device, 'upload', from, to);
    }
  }

  downloaded(device: string, { size, rawSize }: Sizes): void {
    const row = this.row(device);
    this.devices.bytesDown[row] += size;
    this.devices.bytesDownRaw[row] += rawSize;
  }

  uploaded(device: string, { size, rawSize, rung }: Sizes & { readonly rung: number }): void {
    const row = this.row(device);
    this.devices.bytesUp[row] += size;
    this.devices.bytesUpRaw[row] += rawSize;
    this.devices.rung[row] = rung;
  }

  /** What error feedback holds back at a device, after an update was sent. */
  residual(device: string, residual: Float32Array | undefined): void {
    this.devices.residual[this.row(device)] = residual ? normOf(residual) : Number.NaN;
  }

  /** A message has crossed a link between two upper nodes: its bytes count in the record in which it arrives. */
  crossed({ kind, link, start, end }: Message, { size, rawSize }: Sizes): void {
    const columns = this.upper(link);
    const row = this.row(link);
    if (kind === 'model') {
      columns.bytesDown[row] += size;
      columns.bytesDownRaw[row] += rawSize;
      if (Number.isNaN(columns.downloadStart[row])) columns.downloadStart[row] = Math.max(0, start);
      columns.downloadEnd[row] = Math.max(columns.downloadEnd[row] || 0, end);
    } else {
      columns.bytesUp[row] += size;
      columns.bytesUpRaw[row] += rawSize;
      columns.uploadEnd[row] = Math.max(columns.uploadEnd[row] || 0, end);
    }
    this.crossing({ kind, link, start, end }, end);
  }

  /** A message on a link, as far as this record covers it. @param until its end, or the record's */
  crossing({ kind, link, start, end }: Pick<Message, 'kind' | 'link' | 'start' | 'end'>, until: number): void {
    this.bar(link, kind === 'model' ? 'download' : 'upload', start, Math.min(end, until));
  }

  /**
   * An update has arrived at a gateway or fog.
   * @param from counts once, if it is given, whatever the parts of the round
   */
  received(node: string, time: number, from?: string): void {
    const columns = this.upper(node);
    const row = this.row(node);
    columns.lastArrival[row] = time;
    const key = `${node} ${from}`;
    if (from !== undefined && this.#senders.has(key)) return;
    this.#senders.add(key);
    columns.received[row]++;
  }

  /** A device waits: spans that touch are one. */
  waited(device: string, from: number, to: number): void {
    const last = this.#waits.get(device);
    if (last?.to === from) last.to = to;
    else {
      if (last) this.bar(device, 'wait', last.from, last.to);
      this.#waits.set(device, { from: Math.max(0, from), to });
    }
  }

  /** The record closes. */
  close(): void {
    for (const [device, { from, to }] of this.#waits) this.bar(device, 'wait', from, to);
    this.#waits.clear();
  }

  /** A gateway or fog has stopped waiting. */
  closed(node: string, time: number): void {
    this.upper(node).closed[this.row(node)] = time;
  }

  /** @param samples behind all that the node has combined for the family since it was asked */
  combined(node: string, family: number, samples: number, start: number, end: number): void {
    const columns = this.upper(node);
    const row = this.row(node);
    const key = `${node} ${family}`;
    // Families' updates are combined apart; their samples add up.
    columns.samples[row] += samples - (this.#samples.get(key) ?? 0);
    this.#samples.set(key, samples);
    columns.aggregated[row] = end;
    this.bar(node, 'aggregate', start, end);
  }

  /**
   * The cloud makes a step: of all families' last updates the record has waited for the last one.
   * @param arrivals what it combines, and the one that came last
   * @param version the global model's, before the step
   */
  stepped(arrivals: readonly Arrival[], last: Arrival, version: number): void {
    this.cloudReceived += arrivals.length;
    for (const arrival of arrivals) {
      this.#staleness += version - arrival.version;
      this.cloudUpdates += arrival.contributors.size;
    }
    if (this.straggler !== '' && last.time <= this.cloudLastArrival) return;
    this.cloudLastArrival = Math.max(0, last.time);
    this.straggler = last.device;
  }

  /** Versions that the cloud's model had moved on by when an update was used, on average. */
  get staleMean(): number {
    return this.cloudReceived === 0 ? 0 : this.#staleness / this.cloudReceived;
  }
}
