// How a model travels down. Plainly, one packet is made at the source and passed on as it is. As a difference, each receiver
// that still holds what it last received from this sender is sent what changed since, through the downlink's codec; it then
// holds the sum, and the next difference is taken from that, so that what the codec loses is sent later. A receiver that holds
// nothing from this sender gets the whole model as 32-bit floats.
//
// A pruned model tells its mask by what it leaves out. A difference is taken over the weights that are kept, so it needs a
// receiver that holds a model under the same mask; while the mask moves, everyone is sent all of the model. A gateway that is cut
// off serves a model under the mask of its time. A sub-model's receiver holds other units each round, and is always sent all of
// its own.

import { type Carried, carry } from '../compression/carry.ts';
import { type Codec, type CodecSpec, makeCodec } from '../compression/index.ts';
import { type Kept, keptBy, type Mask } from '../model/masks.ts';
import type { ModelSpec } from '../model/models.ts';
import { prunedSpec } from '../model/pruning.ts';
import type { Rng } from '../random.ts';

/** What receivers hold of a model from round to round. */
export class Receivers {
  readonly #masks = new WeakMap<Float32Array, Mask>();
  readonly #held = new Map<string, { readonly from: string; readonly model: Float32Array }>();

  /** The model that `id` last received from `from`; undefined if its last one came from another. */
  heldBy(id: string, from: string): Float32Array | undefined {
    const held = this.#held.get(id);
    return held?.from === from ? held.model : undefined;
  }

  /** Notes under which mask a model is sent. */
  noteMask(model: Float32Array, mask: Mask): void {
    this.#masks.set(model, mask);
  }

  /** The mask under which a model was sent; undefined if it was whole. */
  maskOf(model: Float32Array): Mask | undefined {
    return this.#masks.get(model);
  }

  keep(id: string, from: string, model: Float32Array): void {
    this.#held.set(id, { from, model });
  }
}

const exact: CodecSpec = { sparsify: 'none', keep: 1, quantise: 'fp32' };

/** A model as it was sent to a node. */
export interface Packed extends Carried {
  /** True if its packet holds only what changed: a receiver that does not hold the model before cannot use it. */
  readonly isDifference?: boolean;
}

/** The sender at the top. */
export const CLOUD = 'cloud';

export interface CourierInput {
  readonly down: Parameters<typeof makeCodec>[0] & { readonly difference: boolean };
  readonly model: ModelSpec;
  readonly receivers: Receivers;
  /** What pruning has left of the model; all, if left out. */
  readonly mask?: Mask | undefined;
  readonly rng: Rng;
}

export class Courier {
  readonly #input: CourierInput;
  readonly #kept = new Map<Mask, Kept>();
  /** Receivers that hold the same are sent the same: by the sender's model, then by what they hold. */
  readonly #made = new Map<Float32Array, Map<Float32Array | undefined, Packed>>();
  #packets = 0;

  constructor(input: CourierInput) {
    this.#input = input;
  }

  /**
   * A model as a packet that is passed on as it is.
   * @param under what pruning had left of it when it came down, null for all; the round's own mask, if left out
   */
  pack(model: Float32Array, rng: Rng, under?: Mask | null): Packed {
    const mask = under === undefined ? this.#input.mask : (under ?? undefined);
    return this.#noted(carry(this.#whole(mask), this.#input.model, model, rng), mask);
  }

  /**
   * What `to` receives from `from`.
   * @param packed the model that the sender has, as the packet in which it came
   * @param portion what of it the receiver wants: its sub-model, or all if left out
   */
  deliver(packed: Packed, from: string, to: string, portion?: Kept): Packed {
    const { down, receivers, model, rng } = this.#input;
    if (portion) {
      // The cloud has the model itself, who is below it what arrived.
      const values = from === CLOUD ? packed.before : packed.values;
      const codec = this.#whole(receivers.maskOf(packed.values));
      return carry(codec, model, values, rng.split('portion', to, this.#packets++), portion);
    }
    // A model that came as a difference, before differences were switched off, is of no use to others as that packet.
    if (!down.difference && !packed.isDifference) return packed;
    const held = down.difference ? receivers.heldBy(to, from) : undefined;
    const made = this.#made.get(packed.values) ?? new Map<Float32Array | undefined, Packed>();
    this.#made.set(packed.values, made);
    const before = made.get(held);
    if (before) return before;
    const message = this.#encode(packed.values, held);
    made.set(held, message);
    return message;
  }

  #encode(model: Float32Array, held: Float32Array | undefined): Packed {
    const { model: spec, rng, receivers, down } = this.#input;
    const chance = rng.split('courier', this.#packets++);
    const mask = receivers.maskOf(model);
    if (!held || receivers.maskOf(held) !== mask)
      return this.#noted(carry(this.#whole(mask), spec, model, chance), mask);
    // What a difference leaves out is sent later: random-k need not scale up what it keeps.
    const codec = makeCodec({ ...down, scalesUp: false });
    const difference = model.map((value, i) => value - held[i]);
    const carried = carry(codec, spec, difference, chance, mask && this.#keptBy(mask));
    const values = carried.values.map((change, i) => held[i] + change);
    return this.#noted({ ...carried, values, isDifference: true }, mask);
  }

  /** For all of a model. */
  #whole(mask: Mask | undefined): Codec {
    const { down } = this.#input;
    const spec = down.difference ? exact : down;
    return makeCodec(mask ? prunedSpec(spec) : spec);
  }

  #keptBy(mask: Mask): Kept {
    const kept = this.#kept.get(mask) ?? keptBy(this.#input.model, mask);
    this.#kept.set(mask, kept);
    return kept;
  }

  #noted(packed: Packed, mask: Mask | undefined): Packed {
    if (mask) this.#input.receivers.noteMask(packed.values, mask);
    return packed;
  }
}
