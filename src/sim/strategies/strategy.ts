// The contract of a strategy: how the averaged update becomes the next global model. A value with two functions, as
// FedJAX's federated_averaging(…): `init` makes the server's state, which is plain data, `apply` takes one step. One file a strategy.

import { number } from '../experiment/settings.ts';
import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../experiment/variants.ts';

/** Of strategies that move the model by the averaged update, or by a running sum of it. */
export const serverLearningRate = {
  serverLearningRate: number({
    default: 1,
    min: 0.001,
    max: 10,
    step: 0.001,
    scale: 'log',
    label: 'Server learning rate',
    help: 'How much of the averaged update the cloud applies; 1 is FedAvg.',
    live: true,
  }),
};

export interface ServerStep<Own extends OwnSettings = NoSettings> {
  readonly weights: Float32Array;
  /** What the cloud aggregated this round, flat, in the model's layout. */
  readonly update: Float32Array;
  /** The strategy's own. */
  readonly settings: ValuesOf<Own>;
}

export interface Strategy<State = unknown, Own extends OwnSettings = NoSettings> extends Variant<Own> {
  readonly init: (parameters: number) => State;
  /** Makes the next weights; never changes what it was given. It is only ever given a state of its own. */
  apply(memory: State, step: ServerStep<Own>): { readonly weights: Float32Array; readonly memory: State };
}
