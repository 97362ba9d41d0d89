// All that the next round depends on, as plain data: structuredClone of it at a round's end, continued in another worker,
// gives the same records. Randomness needs no state: it is split by name from the seed. Nor do samples, topology and link
// traces: they follow from the experiment.
//
// Times are seconds from the present record's start ("offsets"), so that a round computes the same bits whenever it begins;
// `clock` is that start on the simulated clock. When a record closes, all offsets are moved to the next one's start.

import type { WeightedUpdate } from '../aggregators/aggregator.ts';
import type { EncodedMessage } from '../compression/encoded-message.ts';
import { defaultExperiment, type Experiment } from '../experiment/experiment.ts';
import type { Mask, WeightSubset } from '../model/masks.ts';
import type { ModelKind } from '../model/models.ts';
import type { Status } from '../record/statuses.ts';
import type { NamedTensors } from '../strategies/strategy.ts';
import type { LocalWork, SgdOptions } from './device/local-work.ts';
import { type EventQueue, newQueue } from './event-queue.ts';

/** A model as one node holds it after decoding. Copies with the same id are equal. */
export interface ModelCopy {
  readonly id: number;
  readonly values: Float32Array;
  /** What pruning had left of it when it came down; undefined for all. */
  readonly mask: Mask | undefined;
}

/** A tensor beside a model or an update, in a packet of its own. */
export interface NamedPacket extends EncodedMessage {
  readonly name: string;
}

/** A model as it travels. `values` is what its receiver holds after decoding. */
export interface EncodedModel extends EncodedMessage {
  readonly copy: ModelCopy;
  /** True if its packet holds only what changed: a receiver that does not hold the model before cannot use it. */
  readonly isDifference?: boolean;
  /** What the strategy sends beside it. */
  readonly beside?: readonly NamedPacket[];
}

/** An update as it travels, and what its sender must remember until it knows whether it arrived. */
export interface EncodedUpdate extends EncodedMessage {
  /** What the sender wanted to send: its update, and what it had kept. */
  readonly wanted: Float32Array;
  /** The update's velocity; null without momentum correction. */
  readonly velocity: Float32Array | null;
  readonly feedback: boolean;
  /** What of the model it held; undefined for all. */
  readonly held: Mask | undefined;
  /** The rung of the ladder that the adaptive policy picked; −1 for the codec of the tier. */
  readonly rung: number;
  /** What the strategy sends beside it. */
  readonly beside?: readonly NamedPacket[];
}

/** A device's part in an update, and what it reports of its training. */
export interface Contribution {
  readonly samples: number;
  readonly observed: Observation;
}

/** What a device reports of its training, and the round in which it was asked for it. */
export interface Observation {
  readonly round: number;
  readonly loss: number;
  readonly lossRms: number;
}

/** An update (or a lower node's average of updates) that waits to be combined. */
export interface Arrival {
  /** The node that sent it: a device, or a gateway or fog with an average. */
  readonly from: string;
  readonly update: WeightedUpdate;
  /** The devices behind it. */
  readonly contributors: ReadonlyMap<string, Contribution>;
  /** Offset at which it arrived. */
  time: number;
  /** The device that its time goes back to. */
  readonly device: string;
  /** The version of the combining node's model that it was trained from, and that model. */
  readonly version: number;
  readonly start: Float32Array;
}

/** A node that combines updates itself: between two reports to the node above, or (the cloud) between two steps. */
export interface AggregatorState {
  /** The model that it received last, and its version as the node that made it counts; null before the first. */
  base: ModelCopy | null;
  baseVersion: number;
  /** What its own rounds have changed since, and the samples behind that; null before its first average. */
  total: WeightedUpdate | null;
  /** The devices behind the total, each once, in whatever of its rounds they were. */
  readonly contributors: Map<string, Contribution>;
  /** Its own model's version: counts its averages. */
  version: number;
  /** The round that names its randomness, and the one that updates must be for: an answer to an earlier one is late. */
  round: number;
  session: number;
  /** Its rounds with those below since the cloud asked: 1 is the first. And since the node above sent a model. */
  part: number;
  roundsHeld: number;
  /** Children that take part; those of them that it waits for. */
  members: Set<string>;
  /** How much each device that it asked trains in a part. */
  readonly works: Map<string, LocalWork>;
  pending: Set<string>;
  /** Updates after which the round closes; Infinity waits for all. */
  goal: number;
  readonly arrivals: Arrival[];
  /** Updates that have counted in this round; averages that are being computed. */
  counted: number;
  computing: number;
  /** It waits for those below. */
  isOpen: boolean;
  /** The cloud has asked it, and does not know yet that its round is over: it is not asked again. */
  isAsked: boolean;
  /** Devices that were asked stay awake until its round is over. */
  isWaitedFor: boolean;
  /** The device that its last average waited for. */
  slowest: string;
}

/** The model that a fog or gateway can serve to those below. */
export interface ServedModel {
  /** Whose model it is, and which version. */
  readonly key: string;
  readonly model: EncodedModel;
  /** The message that brings it; null once it is there. */
  readonly message: number | null;
}

/** One family of models: devices that share an architecture. */
export interface FamilyState {
  readonly kind: ModelKind;
  weights: Float32Array;
  /** What pruning has left; undefined for all. */
  mask: Mask | undefined;
  /** Counts the steps of the global model, and the changes of the mask. */
  version: number;
  serverState: unknown;
  /** What the cloud does for it in a synchronous round. */
  cloud: 'idle' | 'waiting' | 'stepping' | 'done';
  /** The version that the cloud sends now, encoded once. */
  published: { readonly version: number; readonly model: EncodedModel } | null;
  /** By gateway and fog. */
  readonly aggregators: Map<string, AggregatorState>;
  readonly served: Map<string, ServedModel>;
  /** The model that each receiver last received, and from whom: a difference is taken from it. */
  readonly received: Map<string, { readonly from: string; readonly copy: ModelCopy }>;
  /** What error feedback holds back, and the velocities of momentum correction, by sender. */
  readonly residuals: Map<string, Float32Array>;
  readonly velocities: Map<string, Float32Array>;
  /** What the strategy's devices keep from turn to turn. */
  readonly clients: Map<string, NamedTensors>;
  /** What gateways and fogs could not report of it, as sums over samples. */
  readonly unreported: Map<string, Readonly<Record<string, Float64Array>>>;
}

/** What a device is doing, which decides what it pays for. */
export type DeviceMode = 'sleep' | 'idle' | 'off';

/** A span of work that a device has begun: joules and radio time are spread evenly over it. */
export interface Phase {
  readonly kind: 'download' | 'train' | 'upload';
  readonly start: number;
  /** When it ends, well or not. */
  readonly end: number;
  /** Joules by cause over the whole span. */
  readonly work: number;
  readonly wake: number;
  readonly idle: number;
  /** Why it does not finish; null if it does. */
  readonly failure: Status | null;
}

/** A device's part in one round: download, train, upload. */
export interface Turn {
  readonly id: number;
  readonly family: number;
  /** The round of the cloud (or the dispatch) and of the node that it reports to: they name its randomness. */
  readonly round: number;
  readonly part: number;
  readonly session: number;
  /** The node that combines its update, and the version of that node's model. */
  readonly owner: string;
  version: number;
  readonly work: LocalWork;
  /** How it trains: as the experiment was set when it was asked. */
  readonly descent: SgdOptions;
  /** Whether it stops after a number of steps. */
  readonly countsSteps: boolean;
  /** What it downloads, and the node that it is from; null until that is sent. */
  model: EncodedModel | null;
  source: string;
  /** What of the model it trains and sends; undefined for all. */
  upload: WeightSubset | undefined;
  phase: Phase | null;
  downloaded: boolean;
  trained: TrainedTurn | null;
  /** The records in which it was asked, and in which its training ended; 0 before. */
  readonly askedIn: number;
  trainedIn: number;
  sent: EncodedUpdate | null;
  /** Its gateway has its update: what becomes of the device does not matter to that any longer. */
  uploaded: boolean;
}

/** What a device learnt, and what it reports. */
export interface TrainedTurn {
  readonly update: Float32Array;
  readonly loss: number;
  readonly lossRms: number;
  readonly accuracy: number;
  readonly steps: number;
  /** What the strategy sends beside it. */
  readonly beside?: NamedTensors;
}

export interface DeviceState {
  /** Share of its battery left, 0 … 1. */
  charge: number;
  /** Its joules are paid up to here. */
  paidUntil: number;
  mode: DeviceMode;
  turn: Turn | null;
  /** Its battery has emptied: it is off, and is asked again only when it holds a whole turn. */
  hasDied: boolean;
  /** The last report that the cloud has received of its training; null if it was never asked. */
  observed: Observation | null;
}

/** A link to a node's parent: until when it is taken, in each direction. */
export interface LinkState {
  up: number;
  down: number;
}

export type EngineEvent =
  /** A message has crossed a link between upper nodes. */
  | { readonly kind: 'message'; readonly message: number }
  /** A device begins a phase that had to wait, or has ended one. */
  | { readonly kind: 'phase-start' | 'phase-end'; readonly device: string; readonly turn: number }
  /** A gateway's or fog's sums are computed. */
  | {
      readonly kind: 'combined';
      readonly node: string;
      readonly family: number;
      readonly session: number;
      readonly result: WeightedUpdate;
    }
  | {
      readonly kind: 'deadline';
      readonly node: string;
      readonly family: number;
      readonly session: number;
      readonly part: number;
    }
  /** The cloud's sums are computed. */
  | { readonly kind: 'stepped'; readonly family: number; readonly arrivals: readonly Arrival[] }
  /** The cloud looks again for devices that can take part. */
  | { readonly kind: 'retry' };

/** A message on a link between a gateway and its fog, or a fog and the cloud. */
export type Message = {
  readonly id: number;
  readonly family: number;
  /** The node at the lower end. */
  readonly link: string;
  /** When its first byte leaves, behind what was sent before it, and its last one is there. */
  start: number;
  end: number;
} & (
  | {
      readonly kind: 'model';
      /** The node whose model it is, and its version. */
      readonly source: string;
      readonly version: number;
      readonly model: EncodedModel;
      /** The whole model that it is, or is a part of. */
      readonly whole: EncodedModel;
      /** Devices that wait for it below. */
      readonly targets: string[];
      /** Without a cache: one device's own copy, passed on as it is. */
      readonly isUnicast: boolean;
    }
  | {
      readonly kind: 'update';
      readonly arrival: Arrival;
      readonly encoded: EncodedUpdate;
      /** The round of the combining node that it is for, and the part of it. */
      readonly session: number;
      readonly part: number;
      /** Its sender has nothing more to send in this round. */
      readonly isLast: boolean;
    }
);

export type UpdateMessage = Extract<Message, { kind: 'update' }>;

export interface RunState {
  readonly format: 1;
  /** Records made, and the last one's accuracy on the test set. */
  round: number;
  evaluation: { readonly accuracy: number };
  /** Simulated seconds at the present record's start. */
  clock: number;
  /** When the last synchronous round began, as an offset: an interval counts from there. */
  lastStart: number;
  /** With the live edits so far. */
  experiment: Experiment;
  readonly families: FamilyState[];
  readonly devices: Map<string, DeviceState>;
  readonly links: Map<string, LinkState>;
  readonly messages: Map<number, Message>;
  readonly queue: EventQueue<EngineEvent>;
  /** Devices whose training waits for a result, in the order they were asked. */
  readonly waiting: Set<string>;
  /** Numbers given out: to messages, model copies, turns, dispatches. */
  counters: { messages: number; copies: number; turns: number; dispatches: number; sessions: number };
}

export const emptyRunState = (experiment: Experiment = defaultExperiment): RunState => ({
  format: 1,
  round: 0,
  evaluation: { accuracy: 0 },
  clock: 0,
  lastStart: Number.NEGATIVE_INFINITY,
  experiment,
  families: [],
  devices: new Map(),
  links: new Map(),
  messages: new Map(),
  queue: newQueue(),
  waiting: new Set(),
  counters: { messages: 0, copies: 0, turns: 0, dispatches: 0, sessions: 0 },
});
