// Asynchronous learning, driven by events on the simulated clock: each device downloads the model as it is then, trains from
// that version, uploads, and begins again. FedAsync mixes each update in as it arrives (Xie et al. 2019); FedBuff collects a
// buffer of them into one step (Nguyen et al., "Federated Learning with Buffered Asynchronous Aggregation", AISTATS 2022).
// Gateways and fogs pass updates on as they come. A window is what one record covers: `buffer` arrivals at the cloud.

import { type Carried, carry } from '../../compression/carry.ts';
import { type DeviceSent, deviceCodec, sendFromDevice } from '../../compression/device-uplink.ts';
import { makeCodec } from '../../compression/index.ts';
import { descentOf } from '../../engine/local-work.ts';
import { watched } from '../../engine/watch.ts';
import type { Kept } from '../../model/masks.ts';
import { type Status, statuses } from '../../record/record.ts';
import { chooseParticipants, type Participant } from '../../selection/participants.ts';
import type { Batteries } from '../batteries.ts';
import { CLOUD } from '../courier.ts';
import { type Trained, trainLocally } from '../local-training.ts';
import { Portions } from '../portions.ts';
import { RETRY_SECONDS, type RoundInput, type RoundOutcome } from '../round-input.ts';
import { above } from './above.ts';
import { Accounts } from './accounts.ts';
import { AsyncCloud, type Step } from './async-cloud.ts';
import { AsyncDownlink } from './async-downlink.ts';
import type { AsyncState, Flight, FlightEvent } from './async-state.ts';
import { takeOff } from './take-off.ts';

export interface AsyncOutcome extends Omit<RoundOutcome, 'update' | 'busy'> {
  readonly weights: Float32Array;
  /** Whether a step left the numbers and was thrown away. */
  readonly diverged: boolean;
}

interface Messages {
  /** What a device gets, and what the nodes above it pass on for that. */
  readonly own: Carried;
  readonly relayed: Carried;
}

export async function asyncWindow(
  input: RoundInput,
  state: AsyncState,
  batteries: Batteries,
  step: Step,
): Promise<AsyncOutcome> {
  const window = new Window(input, state, batteries, step);
  await window.run();
  return window.close();
}

class Window {
  readonly #input: RoundInput;
  readonly #state: AsyncState;
  readonly #batteries: Batteries;
  readonly #cloud: AsyncCloud;
  readonly #accounts: Accounts;
  readonly #downlink: AsyncDownlink;
  readonly #trained = new Set<string>();
  readonly #failed = new Map<string, Status>();
  /** On the simulated clock. */
  #now: number;
  /** Turns that came to nothing. */
  #failures = 0;
  #straggler = '';
  #bytesUp: number | undefined;

  constructor(input: RoundInput, state: AsyncState, batteries: Batteries, step: Step) {
    this.#input = input;
    this.#state = state;
    this.#batteries = batteries;
    this.#cloud = new AsyncCloud(input, state, step);
    this.#accounts = new Accounts(input, state, batteries);
    this.#downlink = new AsyncDownlink(input, state, this.#accounts);
    this.#now = input.time;
    // A mask that has moved makes another version of the model, which no cache has yet.
    if (state.mask !== input.mask) state.version++;
    state.mask = input.mask;
  }

  async run(): Promise<void> {
    const { queue, flights } = this.#state;
    const { buffer } = this.#input.experiment.aggregation;
    // Where turn after turn comes to nothing the record closes too, so that the visitor sees why.
    const patience = Math.max(buffer, this.#input.topology.devices.length);
    const isOpen = () => this.#cloud.arrivals < buffer && this.#failures < patience;
    for (const [id] of flights) if (!this.#input.topology.byId.has(id)) flights.delete(id);
    await this.#dispatch();
    while (isOpen()) {
      if (queue.size === 0) {
        this.#now += RETRY_SECONDS;
        await this.#dispatch();
        // Nobody can work: the record closes, so that the visitor sees why.
        if (queue.size === 0) break;
      }
      this.#now = Math.max(this.#now, queue.nextTime);
      // What happens at one time happens before anyone begins anew.
      while (queue.nextTime <= this.#now && isOpen()) {
        const event = queue.take();
        if (event && flights.get(event.flight.device.id) === event.flight) this.#handle(event);
      }
      if (isOpen()) await this.#dispatch();
    }
  }

  close(): AsyncOutcome {
    const { devices, gateways, fogs, timeline } = this.#accounts;
    const { topology, time, experiment } = this.#input;
    topology.devices.forEach((device, row) => {
      const flight = this.#state.flights.get(device.id);
      if (flight) this.#accounts.draw(flight, this.#now);
      else this.#accounts.rest(device, this.#now, 'sleep');
      // What came to nothing is said, though the device may be at work again.
      const missing = this.#failed.get(device.id) ?? (flight ? 'still working' : undefined);
      const status = this.#trained.has(device.id) ? 'trained' : missing;
      if (status) devices.status[row] = statuses.indexOf(status);
      devices.number[row] = device.number;
    });
    this.#batteries.note(topology, devices, experiment.power.batteryStart);
    const duration = this.#now - time;
    return {
      weights: this.#cloud.weights,
      diverged: this.#cloud.diverged,
      devices,
      gateways,
      fogs,
      timeline: timeline.columns(),
      duration,
      isIdle: false,
      cloudLastArrival: duration,
      staleMean: this.#cloud.staleMean,
      straggler: this.#straggler,
    };
  }

  /** Bytes of an update, about: the policies that look at the links want to know before anything is trained. */
  #estimate(kept: Kept | undefined): number {
    const { model, rng, experiment, round } = this.#input;
    const codec = makeCodec(deviceCodec(experiment, round));
    this.#bytesUp ??= carry(codec, model, this.#cloud.weights, rng.split('estimate'), kept).size;
    return this.#bytesUp;
  }

  /** Sends every free device that can work, and that the policy picks, on its way. */
  async #dispatch(): Promise<void> {
    const input = this.#input;
    const state = this.#state;
    const { training } = input.experiment;
    const sent = this.#downlink.message(this.#cloud.weights);
    const portions = new Portions({ ...input, round: state.dispatches + 1 });
    const deliver = (id: string) => this.#downlink.deliver(sent, id, portions.download(id));
    const { participants } = chooseParticipants(
      {
        ...input,
        model: portions.local,
        time: this.#now,
        round: state.dispatches + 1,
        recordRound: input.round,
        charge: this.#batteries.charge,
        cached: () => false,
        bytesDown: portions.differ ? deliver('estimate').size : sent.size,
        bytesUp: this.#estimate(portions.upload('estimate')),
        working: new Set(state.flights.keys()),
        isAsync: true,
      },
      this.#accounts.devices,
    );
    if (participants.length === 0) return;
    state.dispatches++;
    const own = participants.map(({ device }) => deliver(device.id));
    const results = await trainLocally({
      ...input,
      unitScales: portions.unitScales,
      trainees: participants.map((participant, index) => ({
        ...participant,
        start: own[index].values,
        kept: portions.upload(participant.device.id),
      })),
      descent: descentOf(training, input.round),
      countsSteps: training.localSteps > 0,
      send: ({ device, start, kept }, update, rng) =>
        sendFromDevice({ ...input, time: this.#now, charge: this.#batteries.charge }, device, start, update, rng, kept),
      round: state.dispatches,
      part: 1,
      shuffle: input.shuffle ?? true,
    });
    for (const [index, participant] of participants.entries()) {
      input.told.set(participant.device.id, results[index].told);
      // Without a cache a device's own message, a sub-model or a difference, comes all the way from the cloud; with one the gateway
      // makes it from the whole model.
      const relayed = input.experiment.network.cache ? sent : own[index];
      this.#launch(participant, results[index], portions, { relayed, own: own[index] });
    }
  }

  #launch(participant: Participant, result: Trained, portions: Portions, messages: Messages): void {
    const { device, row } = participant;
    this.#accounts.rest(device, this.#now, 'sleep');
    const flight = takeOff(this.#input, {
      participant,
      result,
      message: messages.own,
      portions,
      samples: this.#accounts.devices.samples[row],
      version: this.#state.version,
      now: this.#now,
      begins: this.#downlink.toGatewayOf(device, messages.relayed, this.#now),
    });
    this.#state.flights.set(device.id, flight);
    this.#state.queue.add(flight.end, { kind: 'end', flight });
    if (!flight.failure) this.#state.queue.add(flight.arrival, { kind: 'arrival', flight });
  }

  #handle({ kind, flight }: FlightEvent): void {
    const { device, carried } = flight;
    if (kind === 'end') {
      this.#accounts.settle(flight);
      if (carried) this.#noteSent(flight, carried);
      if (flight.turn.finished >= 1) {
        this.#input.receivers.keep(device.id, CLOUD, flight.start);
        watched(this.#input, { node: device.id, direction: 'down' }, flight.message);
      }
      if (!flight.failure) return;
      this.#failures++;
      this.#failed.set(device.id, flight.failure);
      this.#state.flights.delete(device.id);
      return;
    }
    this.#accounts.rest(device, flight.arrival, 'idle');
    this.#accounts.draw(flight, this.#now);
    this.#state.flights.delete(device.id);
    if (!carried) return;
    const isTooStale = this.#cloud.isTooStale(flight);
    this.#settle(flight, carried, !isTooStale);
    let since = flight.turn.uploadEnd;
    for (const node of above(this.#input.topology, device)) {
      watched(this.#input, { node: node.id, direction: 'up' }, carried);
      since = this.#accounts.relay(node, flight, carried, since);
    }
    // It has crossed every link, and the cloud drops it: the device is asked again with the present model.
    if (isTooStale) {
      this.#failures++;
      this.#failed.set(device.id, 'too stale');
      return;
    }
    this.#trained.add(device.id);
    this.#straggler = device.id;
    this.#cloud.take(flight, carried);
  }

  #noteSent(flight: Flight, sent: DeviceSent): void {
    const { device, failure } = flight;
    if (failure !== 'battery died') watched(this.#input, { node: device.id, direction: 'up' }, sent);
    this.#accounts.devices.rung[this.#accounts.row(device.id)] = sent.rung;
    if (failure) this.#settle(flight, sent, false);
  }

  /** A device learns whether its update counts, and keeps what does not. */
  #settle({ device }: Flight, sent: DeviceSent, counts: boolean): void {
    const { senders } = this.#input;
    senders.settle(device.id, sent, counts);
    this.#accounts.devices.residual[this.#accounts.row(device.id)] = senders.residualNorm(device.id);
  }
}
