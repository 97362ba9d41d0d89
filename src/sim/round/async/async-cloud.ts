// The cloud's side of asynchronous learning: takes updates in as they arrive. FedAsync mixes each device's model into its own
// (Xie et al. 2019, Algorithm 1): x ← (1 − α s) x + α s x', with s the staleness weight, 1 for a fresh update. FedBuff adds
// updates up until its buffer is full (Nguyen et al. 2022, Algorithm 1): x ← x + η (1 / K) Σ s Δ. The sum is divided by the size of
// the buffer and not by the sum of the weights: a buffer of stale updates is a smaller step.

import { massOf } from '../../aggregators/aggregator.ts';
import { aggregators } from '../../aggregators/index.ts';
import type { DeviceSent } from '../../compression/device-uplink.ts';
import { masked } from '../../model/masks.ts';
import type { RoundInput } from '../round-input.ts';
import { isUsable } from '../senders.ts';
import type { AsyncState, Flight } from './async-state.ts';
import { mixIn, stalenessWeight } from './staleness.ts';

/** Where FedBuff's step is made: the strategy that the experiment names. */
export type Step = (weights: Float32Array, update: Float32Array) => Float32Array;

export class AsyncCloud {
  readonly #input: RoundInput;
  readonly #state: AsyncState;
  readonly #step: Step;
  #weights: Float32Array;
  #diverged = false;
  #arrivals = 0;
  #staleness = 0;

  constructor(input: RoundInput, state: AsyncState, step: Step) {
    this.#input = input;
    this.#state = state;
    this.#step = step;
    this.#weights = input.weights;
  }

  get weights(): Float32Array {
    return this.#weights;
  }

  /** Whether a mixed model was no longer usable, and was thrown away. */
  get diverged(): boolean {
    return this.#diverged;
  }

  /** Updates that have arrived since the record began. */
  get arrivals(): number {
    return this.#arrivals;
  }

  /** Versions that the model had moved on by when an update arrived, on average. */
  get staleMean(): number {
    return this.#arrivals === 0 ? 0 : this.#staleness / this.#arrivals;
  }

  /** Versions that the model has moved on by since a device downloaded it; 0 if it is still the present one. */
  ageOf(flight: Flight): number {
    return this.#state.version - flight.version;
  }

  /** Whether an update is too old to be taken in. */
  isTooStale(flight: Flight): boolean {
    const { maxStaleness } = this.#input.experiment.aggregation;
    return maxStaleness > 0 && this.ageOf(flight) > maxStaleness;
  }

  take(flight: Flight, sent: DeviceSent): void {
    const age = this.ageOf(flight);
    this.#arrivals++;
    this.#staleness += age;
    const { mode, stalenessExponent } = this.#input.experiment.aggregation;
    const weight = stalenessWeight(age, stalenessExponent);
    if (mode === 'fed-async') this.#mix(flight, sent, weight);
    else this.#collect(flight, sent, weight);
  }

  #mix(flight: Flight, { values, held }: DeviceSent, weight: number): void {
    const now = this.#weights;
    const deviceModel = values.map((change, i) => (held?.[i] === 0 ? now[i] : flight.start[i] + change));
    const mixed = mixIn(now, deviceModel, this.#input.experiment.aggregation.mixing * weight);
    const next = this.#input.mask ? masked(mixed, this.#input.mask) : mixed;
    // What has diverged is thrown away, as a synchronous cloud does.
    if (isUsable(next)) this.#weights = next;
    else this.#diverged = true;
    this.#state.version++;
  }

  #collect({ samples, isPart }: Flight, { values, held }: DeviceSent, weight: number): void {
    const state = this.#state;
    const { aggregation } = this.#input.experiment;
    const { buffer, bufferWeights } = aggregation;
    const mass = isPart && held ? massOf(held, samples) : undefined;
    state.buffer.push({ update: { values, samples, mass }, weight });
    if (state.buffer.length < buffer) return;
    const scaled = state.buffer.map(({ update, weight: share }) => ({
      ...update,
      values: share === 1 ? update.values : update.values.map((change) => share * change),
    }));
    this.#weights = this.#step(this.#weights, aggregators[bufferWeights].combine(scaled, aggregation).values);
    state.buffer.length = 0;
    state.version++;
  }
}
