// A gateway or fog between two reports to the node above: the model it received, what its rounds have changed since, and
// when that is ready to be sent.

import type { WeightedUpdate } from '../../aggregators/aggregator.ts';
import { aggregators } from '../../aggregators/index.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { computeTime, macRateOf } from '../../fleet/compute.ts';
import type { UpperNode } from '../../fleet/topology.ts';

/** Something that waits to be averaged above: an update, when it arrived, and the device that its time goes back to. */
export interface Arrival {
  readonly update: WeightedUpdate;
  readonly time: number;
  readonly device: string;
}

export const latest = (arrivals: readonly Arrival[]): Arrival =>
  arrivals.reduce((last, each) => (each.time > last.time ? each : last));

const plus = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, i) => value + b[i]);

export class Station {
  readonly node: UpperNode;
  /** Its row in the record's columns. */
  readonly row: number;
  #base: Float32Array;
  #total: Float32Array | null = null;
  #samples = 0;
  #mass: Float64Array | undefined;
  #slowest = '';
  /** When its model is ready to go down, or its total to go up. */
  time: number;

  constructor(node: UpperNode, row: number, base: Float32Array, time: number) {
    this.node = node;
    this.row = row;
    this.#base = base;
    this.time = time;
  }

  /** The model that it received last. */
  get base(): Float32Array {
    return this.#base;
  }

  /** What its rounds have changed since; null if nothing has arrived. */
  get total(): Float32Array | null {
    return this.#total;
  }

  /** Training samples behind the last average. */
  get samples(): number {
    return this.#samples;
  }

  /** Samples behind each value of the total, where devices hold different parts of the model. */
  get mass(): Float64Array | undefined {
    return this.#mass;
  }

  /** The device that the last average waited for. */
  get slowest(): string {
    return this.#slowest;
  }

  /** Its own model: what it received, and its rounds' changes. */
  get model(): Float32Array {
    return this.#total ? plus(this.#base, this.#total) : this.#base;
  }

  /** A new model from above replaces its own. */
  receive(model: Float32Array, time: number): void {
    this.#base = model;
    this.#total = null;
    this.#mass = undefined;
    this.time = time;
  }

  /** Averages what has arrived into its total, from `start` on; it is done when the sums are computed. */
  average(arrivals: readonly Arrival[], settings: Experiment['aggregation'], start: number): void {
    const aggregator = aggregators[this.node.tier === 'gateway' ? settings.gateway : settings.upper];
    const { values, samples, mass } = aggregator.combine(
      arrivals.map(({ update }) => update),
      settings,
    );
    this.#total = this.#total ? plus(this.#total, values) : values;
    this.#samples = samples;
    // Over several averages: the most samples that any of them had behind a value.
    this.#mass = this.#mass && mass ? mass.map((own, i) => Math.max(own, this.#mass?.[i] ?? 0)) : mass;
    this.#slowest = latest(arrivals).device;
    this.time = start + computeTime(aggregator.macs(values.length, arrivals.length), macRateOf(this.node.figures));
  }
}
