// What crosses a link, encoded by the sender and decoded by the receiver: models down, updates up.
//
// Down, one packet is made at the source and passed on as it is. As a difference, a receiver that still holds what it last
// received from this sender is sent what changed since, through the downlink's codec; it then holds the sum, and the next
// difference is taken from that, so that what the codec loses is sent later. A receiver that holds nothing from this sender
// gets the whole model as 32-bit floats. A pruned model implies its mask by the values that it leaves out; a difference needs a receiver that
// holds a model under the same mask. A sub-model's receiver holds other units each round, and is always sent all of its own.
//
// Up, error feedback: what a lossy codec left out of an update is added to the next one, so that nothing is lost but time
// (Seide et al. 2014; Karimireddy et al. 2019). Momentum correction accumulates the velocity of the updates, and stops where
// it was sent (Lin et al. 2018). An update that never arrived stays with its sender whole.

import {
  type EncodedMessage,
  encodeMessage,
  encodeUplink,
  type UplinkSettings,
} from '../../compression/encoded-message.ts';
import { type Codec, type CodecSpec, makeCodec } from '../../compression/index.ts';
import { type Mask, masked, type WeightSubset, weightSubset } from '../../model/masks.ts';
import type { ModelSpec } from '../../model/models.ts';
import { prunedModelCodec } from '../../model/pruning.ts';
import type { Rng } from '../../random.ts';
import type { EncodedModel, EncodedUpdate, FamilyState, ModelCopy, RunState } from '../run-state.ts';

export interface FeedbackSettings {
  readonly feedback: boolean;
  /** Of the velocity, 0 … 1; 0 accumulates the updates as they are. */
  readonly momentum: number;
}

const exact: CodecSpec = { sparsify: 'none', keep: 1, quantise: 'fp32' };

type Downlink = CodecSpec & { readonly difference: boolean };

/** Encodes one family's model for its way down. Made once a record: receivers that hold the same are sent the same. */
export class ModelEncoder {
  readonly #state: RunState;
  readonly #family: FamilyState;
  readonly #down: Downlink;
  readonly #spec: ModelSpec;
  readonly #rng: Rng;
  readonly #encoded = new Map<string, EncodedModel>();

  /** @param rng split by what is sent and to whom */
  constructor(state: RunState, family: FamilyState, down: Downlink, spec: ModelSpec, rng: Rng) {
    this.#state = state;
    this.#family = family;
    this.#down = down;
    this.#spec = spec;
    this.#rng = rng;
  }

  /** The codec of a whole model. */
  #whole(mask: Mask | undefined): Codec {
    const spec = this.#down.difference ? exact : this.#down;
    return makeCodec(mask ? prunedModelCodec(spec) : spec);
  }

  /** A model as a packet that is passed on as it is. @param mask what pruning has left of it; undefined for all */
  whole(values: Float32Array, mask: Mask | undefined, rng: Rng): EncodedModel {
    return this.#copied(encodeMessage(this.#whole(mask), this.#spec, values, rng), mask);
  }

  /**
   * What `to` receives from `from`.
   * @param model the model that the sender has, as the packet in which it came
   * @param isOrigin whether the sender has the model itself; others have what arrived
   * @param portion what of it the receiver wants: its sub-model, or all if left out
   */
  forReceiver(model: EncodedModel, from: string, to: string, isOrigin: boolean, portion?: WeightSubset): EncodedModel {
    if (portion) {
      const values = isOrigin ? model.before : model.copy.values;
      const rng = this.#rng.split('portion', to, model.copy.id);
      const { mask } = model.copy;
      return withBeside(this.#copied(encodeMessage(this.#whole(mask), this.#spec, values, rng, portion), mask), model);
    }
    // A model that came as a difference, before differences were switched off, is of no use to others as that packet.
    if (!this.#down.difference && !model.isDifference) return model;
    const last = this.#family.received.get(to);
    const held = this.#down.difference && last?.from === from ? last.copy : undefined;
    const key = `${model.copy.id} ${held?.id ?? ''}`;
    const before = this.#encoded.get(key);
    if (before) return before;
    const made = withBeside(this.#difference(model.copy, held), model);
    this.#encoded.set(key, made);
    return made;
  }

  #difference(model: ModelCopy, held: ModelCopy | undefined): EncodedModel {
    const { mask } = model;
    const rng = this.#rng.split('difference', model.id, held?.id ?? 'none');
    if (!held || held.mask !== mask) {
      return this.#copied(encodeMessage(this.#whole(mask), this.#spec, model.values, rng), mask);
    }
    // What a difference leaves out is sent later: random-k need not scale up what it keeps.
    const codec = makeCodec({ ...this.#down, scalesUp: false });
    const difference = model.values.map((value, i) => value - held.values[i]);
    const encoded = encodeMessage(codec, this.#spec, difference, rng, mask && weightSubset(this.#spec, mask));
    const values = encoded.values.map((change, i) => held.values[i] + change);
    return { ...this.#copied({ ...encoded, values }, mask), isDifference: true };
  }

  #copied(encoded: EncodedMessage, mask: Mask | undefined): EncodedModel {
    const copy = { id: this.#state.counters.copies++, values: encoded.values, mask };
    return { ...encoded, copy };
  }
}

/** A difference or a portion replaces a model's own packet; the tensors that travel with it are sent on unchanged. */
const withBeside = (made: EncodedModel, { beside }: EncodedModel): EncodedModel =>
  beside ? { ...made, beside } : made;

/** New values where the sender held the model in this round; elsewhere it keeps what it had. */
const within = (held: Mask, values: Float32Array, before: Float32Array | undefined): Float32Array =>
  values.map((value, i) => (held[i] === 1 ? value : (before?.[i] ?? 0)));

/** A change beyond this is no longer learning; sums and products of such weights would soon leave the 32-bit floats. */
const LARGEST_CHANGE = 1e9;
export function isUsable(update: Float32Array): boolean {
  // A loop: every update is looked at, and a function called for each of its values takes three times as long.
  for (const change of update) if (!(Math.abs(change) < LARGEST_CHANGE)) return false;
  return true;
}

/** Euclidean length. */
export const normOf = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** The state of error feedback: residuals and velocities by sender. */
export type FeedbackState = Pick<FamilyState, 'residuals' | 'velocities'>;

/** What a sender would send of an update now. */
export function withFeedback(
  { residuals, velocities }: FeedbackState,
  sender: string,
  update: Float32Array,
  { feedback, momentum }: FeedbackSettings,
  held?: Mask,
): Pick<EncodedUpdate, 'wanted' | 'velocity'> {
  if (!feedback) return { wanted: update, velocity: null };
  const before = momentum > 0 ? velocities.get(sender) : undefined;
  const velocity = momentum > 0 ? update.map((change, i) => change + momentum * (before?.[i] ?? 0)) : null;
  const residual = residuals.get(sender);
  const moved = velocity ?? update;
  const wanted = residual ? moved.map((value, i) => value + residual[i]) : moved;
  // The residual of a diverged run is useless; adding it would spoil all later updates.
  if (!isUsable(wanted)) return { wanted: update, velocity: null };
  if (!held) return { wanted, velocity };
  return { wanted: masked(wanted, held), velocity: velocity && within(held, velocity, before) };
}

/** Encodes an update for the node above. `updateResidual` must follow, once it is known whether it arrived. */
export function encodeUpdate(
  family: FeedbackState,
  sender: string,
  update: Float32Array,
  settings: FeedbackSettings & UplinkSettings & { readonly rung?: number },
  rng: Rng,
): EncodedUpdate {
  const held = settings.subset?.mask;
  const { wanted, velocity } = withFeedback(family, sender, update, settings, held);
  return {
    ...encodeUplink(wanted, settings, rng),
    wanted,
    velocity,
    feedback: settings.feedback,
    held,
    rung: settings.rung ?? -1,
  };
}

/** Error feedback: the residual is what did not arrive. @param arrived whether the node above has the message and uses it */
export function updateResidual(
  { residuals, velocities }: FeedbackState,
  sender: string,
  { wanted, velocity, values, feedback, held }: EncodedUpdate,
  arrived: boolean,
): void {
  if (!feedback) {
    residuals.delete(sender);
    velocities.delete(sender);
    return;
  }
  const residual = arrived ? wanted.map((value, i) => value - values[i]) : wanted;
  residuals.set(sender, held ? within(held, residual, residuals.get(sender)) : residual);
  if (!velocity) velocities.delete(sender);
  else if (!arrived) velocities.set(sender, velocity);
  else
    velocities.set(
      sender,
      velocity.map((value, i) => (values[i] === 0 ? value : 0)),
    );
}

/** Clears residuals and velocities of pruned weights. */
export function pruneFeedback({ residuals, velocities }: FeedbackState, mask: Mask): void {
  for (const kept of [residuals, velocities]) for (const [id, values] of kept) kept.set(id, masked(values, mask));
}
