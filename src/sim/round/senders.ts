// What senders keep for themselves from round to round. Error feedback: what a lossy codec left out of an update is added to
// the next one, so that nothing is lost but time (Seide et al. 2014; Karimireddy et al. 2019, "Error Feedback Fixes SignSGD").
// Momentum correction: the velocity of the updates is accumulated, not the updates, and stops where it was sent (Lin et al.
// 2018, "Deep Gradient Compression"). An update that never arrived stays with its sender whole.

import { type Carried, carryUp, type UplinkSettings } from '../compression/carry.ts';
import type { CodecSpec } from '../compression/index.ts';
import { type Mask, masked } from '../model/masks.ts';
import type { Rng } from '../random.ts';

export interface FeedbackSettings {
  readonly feedback: boolean;
  /** Of the velocity, 0 … 1; 0 accumulates the updates as they are. */
  readonly momentum: number;
}

export interface Sent extends Carried {
  /** What the sender wanted to send: its update, and what it had kept. */
  readonly wanted: Float32Array;
  /** The update's velocity; null without momentum correction. */
  readonly velocity: Float32Array | null;
  readonly feedback: boolean;
  /** What of the model it held; undefined for all. */
  readonly held: Mask | undefined;
}

const plus = (a: Float32Array, b: Float32Array | undefined): Float32Array =>
  b === undefined ? a : a.map((value, i) => value + b[i]);

/** New values where the sender held the model in this round; elsewhere it keeps what it had. */
const within = (held: Mask, values: Float32Array, before: Float32Array | undefined): Float32Array =>
  values.map((value, i) => (held[i] === 1 ? value : (before?.[i] ?? 0)));

/**
 * A change, or a weight, beyond this is no longer learning: training has diverged. Sums and products of such weights would soon leave
 * the 32-bit floats, so every node looks before it passes on or takes over what it has computed or received.
 */
const LARGEST = 1e9;
export const isUsable = (values: Float32Array): boolean => values.every((value) => Math.abs(value) < LARGEST);

/** Euclidean length. */
export const normOf = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

export class Senders {
  readonly #residuals = new Map<string, Float32Array>();
  readonly #velocities = new Map<string, Float32Array>();

  /** What a sender would send of an update now. */
  wanted(
    id: string,
    update: Float32Array,
    { feedback, momentum }: FeedbackSettings,
    held?: Mask,
  ): Pick<Sent, 'wanted' | 'velocity'> {
    if (!feedback) return { wanted: update, velocity: null };
    const before = momentum > 0 ? this.#velocities.get(id) : undefined;
    const velocity = momentum > 0 ? update.map((change, i) => change + momentum * (before?.[i] ?? 0)) : null;
    const wanted = plus(velocity ?? update, this.#residuals.get(id));
    // What a diverged run held back is of no use: better to lose it than all that follows.
    if (!isUsable(wanted)) return { wanted: update, velocity: null };
    if (!held) return { wanted, velocity };
    return { wanted: masked(wanted, held), velocity: velocity && within(held, velocity, before) };
  }

  /** Encodes an update for the node above. `settle` must follow, once it is known whether it arrived. */
  send(id: string, update: Float32Array, settings: FeedbackSettings & UplinkSettings, rng: Rng): Sent {
    const held = settings.kept?.mask;
    const { wanted, velocity } = this.wanted(id, update, settings, held);
    return { ...carryUp(wanted, settings, rng), wanted, velocity, feedback: settings.feedback, held };
  }

  /** Keeps what did not arrive. @param arrived whether the node above has the message and uses it */
  settle(id: string, { wanted, velocity, values, feedback, held }: Sent, arrived: boolean): void {
    if (!feedback) {
      this.#residuals.delete(id);
      this.#velocities.delete(id);
      return;
    }
    const residual = arrived ? wanted.map((value, i) => value - values[i]) : wanted;
    this.#residuals.set(id, held ? within(held, residual, this.#residuals.get(id)) : residual);
    if (!velocity) this.#velocities.delete(id);
    else if (arrived)
      this.#velocities.set(
        id,
        velocity.map((value, i) => (values[i] === 0 ? value : 0)),
      );
    else this.#velocities.set(id, velocity);
  }

  /** Drops what was held back of weights that are no longer there. */
  prune(mask: Mask): void {
    for (const kept of [this.#residuals, this.#velocities]) {
      for (const [id, values] of kept) kept.set(id, masked(values, mask));
    }
  }

  /** Euclidean length of what a sender holds back; NaN for one without error feedback. */
  residualNorm(id: string): number {
    const residual = this.#residuals.get(id);
    return residual ? normOf(residual) : Number.NaN;
  }
}

/** A tier's settings as a codec. With error feedback random-k is not scaled up: what it leaves out is sent later. */
export const codecOf = <Pipeline extends CodecSpec & { readonly feedback: boolean }>(
  pipeline: Pipeline,
): CodecSpec => ({
  ...pipeline,
  scalesUp: !pipeline.feedback,
});
