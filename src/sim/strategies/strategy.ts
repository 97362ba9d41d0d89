// The contract of a strategy, in two halves. At the devices: how a step changes the gradient, what travels beside models and updates,
// what a device keeps from one turn to the next. At the cloud: how the combined update becomes the next global model. A value with
// functions, as FedJAX's algorithms (init and apply, and client hooks); all state is plain data. One file a strategy.

import type { CodecSpec } from '../compression/codec-spec.ts';
import { number } from '../experiment/settings.ts';
import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../experiment/variants.ts';

/** Of strategies that move the model by the combined update, or by a running sum of it. */
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

/** Tensors as large as the model, flat, by name. */
export type NamedTensors = Readonly<Record<string, Float32Array>>;

/** A tensor that travels beside a model or an update, in a packet of its own. */
export interface PayloadTensor<Own extends OwnSettings = NoSettings> {
  readonly name: string;
  readonly label: string;
  codec(settings: ValuesOf<Own>): CodecSpec;
}

/** What a device's training did. */
export interface TrainedClient {
  /** New weights minus those that training started from. */
  readonly update: Float32Array;
  readonly steps: number;
  readonly learningRate: number;
}

export interface ClientHalf<Own extends OwnSettings = NoSettings> {
  /** 32-bit numbers for each weight that training takes of a device's RAM beside all else. */
  trainingFloats(settings: ValuesOf<Own>): number;
  /** Multiply-accumulates a weight: in each step, and once a turn. */
  stepMacs(settings: ValuesOf<Own>): number;
  turnMacs(settings: ValuesOf<Own>): number;
  /** μ: each step's gradient gets μ × (weights − start). */
  proximal?(settings: ValuesOf<Own>): number;
  readonly exchange?: ClientExchange<Own>;
}

/** Of a strategy whose devices keep tensors of their own, and exchange tensors beside models and updates. */
export interface ClientExchange<Own extends OwnSettings = NoSettings> {
  /** Names of the tensors of a device's client state, which it stores from turn to turn. All zero before its first turn. */
  readonly stateNames: readonly string[];
  /** Beside the model, to every device; and beside the update, where each node combines it as it combines updates. */
  readonly down: readonly PayloadTensor<Own>[];
  readonly up: readonly PayloadTensor<Own>[];
  /** What each step's gradient gets. */
  offset(clientState: NamedTensors, received: NamedTensors): Float32Array;
  /** What goes up after training. */
  send(clientState: NamedTensors, received: NamedTensors, trained: TrainedClient): NamedTensors;
  /** What the device keeps once its update is used. @param sent as it arrived */
  nextState(clientState: NamedTensors, sent: NamedTensors): NamedTensors;
}

export interface ServerStep<Own extends OwnSettings = NoSettings> {
  readonly weights: Float32Array;
  /** What the cloud has combined, flat, in the model's layout. */
  readonly update: Float32Array;
  /** What came up beside the updates, combined as they are. */
  readonly tensors: NamedTensors;
  /** Share of all devices' samples that stand behind them, 0 … 1; of a strategy that exchanges nothing, 1. */
  readonly participation: number;
  /** The strategy's own. */
  readonly settings: ValuesOf<Own>;
}

/** What of an experiment may not go together with a strategy. */
export interface StrategyContext {
  readonly aggregation: {
    readonly mode: string;
    readonly gatewayAggregator: string;
    readonly upperAggregator: string;
    readonly gatewayRounds: number;
    readonly fogRounds: number;
  };
  readonly training: { readonly optimiser: string; readonly momentum: number };
  readonly families: { readonly assignment: string };
  readonly subModels: { readonly keep: number };
  readonly pruning: { readonly sparsity: number };
}

export interface Strategy<State = unknown, Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Left out where devices train plainly. */
  readonly client?: ClientHalf<Own>;
  readonly serverInit: (parameters: number) => State;
  /** What goes down beside the model: a tensor for each name of `client.exchange.down`. */
  broadcast?(state: State): NamedTensors;
  /** Multiply-accumulates a weight of the server's step, beyond adding the update. */
  serverMacs(settings: ValuesOf<Own>): number;
  /** Makes the next weights; never changes what it was given. */
  serverStep(state: State, step: ServerStep<Own>): { readonly weights: Float32Array; readonly state: State };
  /** Why it cannot run as the experiment is set: one sentence, with the path of the setting at fault first; null if it can. */
  refusal?(experiment: StrategyContext): string | null;
}
