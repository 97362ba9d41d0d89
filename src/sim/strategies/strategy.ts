// The contract of a strategy: how the averaged update becomes the next global model. A value with two functions, as
// FedJAX's federated_averaging(…): `init` makes the server's memory, `apply` takes one step. One file a strategy.

import type { NoSettings, OwnSettings, Variant } from '../experiment/variants.ts';

export interface ServerStep {
  readonly weights: Float32Array;
  /** What the cloud aggregated this round, flat, in the model's layout. */
  readonly update: Float32Array;
  readonly learningRate: number;
}

export interface Strategy<Memory = unknown, Own extends OwnSettings = NoSettings> extends Variant<Own> {
  readonly init: (parameters: number) => Memory;
  /** Makes the next weights; never changes those it was given. It is only ever given a memory of its own. */
  apply(memory: Memory, step: ServerStep): { readonly weights: Float32Array; readonly memory: Memory };
}
