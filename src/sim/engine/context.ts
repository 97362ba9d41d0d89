// What the parts of the engine share while one record is made: the run's state, what follows from it, and the recorder.

import type { CodecSpec } from '../compression/index.ts';
import type { LabelledData } from '../data/dataset.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { DeviceNode, Topology, UpperNode } from '../fleet/topology.ts';
import { type Mask, type WeightSubset, weightSubset } from '../model/masks.ts';
import type { ModelSpec } from '../model/models.ts';
import { drawSubModel, subModelOf, subModelScales } from '../model/sub-models.ts';
import type { Rng } from '../random.ts';
import type { Status } from '../record/statuses.ts';
import type { LocalTrainer } from '../trainer.ts';
import type { SgdOptions } from './device/local-work.ts';
import type { ModelEncoder } from './messages/encoding.ts';
import type { MessageObserver } from './messages/message-observer.ts';
import type { Recorder } from './recorder.ts';
import type { DeviceState, EncodedModel, FamilyState, RunState, Turn } from './run-state.ts';
import type { TierPolicy } from './synchrony.ts';
import type { World } from './world.ts';

export const CLOUD = 'cloud';
/** When nobody can take part, the cloud asks again after so long: batteries charge and devices come back meanwhile. */
export const RETRY_SECONDS = 60;

/** What a run works with besides its state: it follows from the experiment, or changes nothing in the records. */
export interface Environment {
  readonly trainer: LocalTrainer;
  /** Samples by device number. */
  readonly data: ReadonlyMap<number, LabelledData>;
  /** All the run's chance comes from here, split by purpose. */
  readonly rng: Rng;
  /** False keeps each device's samples in their order, as the reference trajectories do. Default true. */
  readonly shuffle?: boolean;
  /** Called for every message that passes over a link. */
  readonly onMessage?: MessageObserver | undefined;
}

/** What a step needs besides the state. */
export interface StepEnvironment extends Environment {
  /** The held-out test set, and the public samples for distillation. */
  readonly test: LabelledData;
  readonly publicSamples: Float32Array;
}

export interface Context {
  readonly state: RunState;
  readonly env: Environment;
  readonly experiment: Experiment;
  readonly topology: Topology;
  readonly world: World;
  /** The record's number, from 1. */
  readonly round: number;
  readonly recorder: Recorder;
  readonly listener: Listener;
  /** How the nodes of each tier combine what arrives. */
  readonly policies: Readonly<Record<UpperNode['tier'], TierPolicy>>;
  /** What each tier's updates are encoded with; devices' may be another, if compression adapts. */
  readonly codecs: Readonly<Record<'device' | 'gateway' | 'fog', CodecSpec>>;
  /** How devices that are asked now train. */
  readonly descent: SgdOptions;
  /** One a family: its model, its chance, and how its models are encoded. */
  readonly families: readonly FamilyContext[];
  /** Offset of the event that is handled. */
  now: number;
  /** The record is complete. */
  /** Gateways or fogs wait under a cloud that does not: the record shows who waits when. */
  readonly isSemiAsync: boolean;
  isClosed: boolean;
  /** The cloud may ask devices again at this time. */
  mayDispatch: boolean;
  /** Turns that came to nothing in this record. */
  failures: number;
  /** Updates in the cloud's steps of this record. */
  combined: number;
}

/** A version of a node's model. */
export interface Published {
  /** The node whose model it is. */
  readonly source: string;
  readonly version: number;
  readonly model: EncodedModel;
}

/** Called when something happens to a device's turn or a model arrives: implemented by the nodes that combine updates. */
export interface Listener {
  /** A node has received a model from above. */
  received(context: Context, family: FamilyContext, node: UpperNode, published: Published): void;
  /** A device's update is at its gateway. */
  arrived(context: Context, device: DeviceNode, turn: Turn): void;
  /** A node's round with those below it is over, and its sums are part of its total. */
  roundOver(context: Context, family: FamilyContext, node: UpperNode): void;
  /** A device's turn has failed: no update will arrive. */
  failed(context: Context, device: DeviceNode, turn: Turn): void;
}

export interface FamilyContext {
  readonly index: number;
  readonly state: FamilyState;
  readonly model: ModelSpec;
  readonly rng: Rng;
  readonly encoder: ModelEncoder;
  /** The size of an update, as it was estimated last, for a version of the model. */
  readonly estimate: { version: number; bytesUp: number };
  /** A step of its model was discarded in this record: it had diverged. */
  diverged: boolean;
}

/** The simulated time of an offset. */
export const clockAt = ({ state }: Context, offset: number): number => state.clock + offset;

export function deviceNode({ topology }: Context, id: string): DeviceNode | undefined {
  const node = topology.byId.get(id);
  return node?.tier === 'device' ? node : undefined;
}

export function upperNode({ topology }: Context, id: string): UpperNode {
  const node = topology.byId.get(id);
  if (!node || node.tier === 'device') throw new Error(`${id} is no gateway, fog or cloud of this fleet.`);
  return node;
}

/** A device's state; one that is new to the run begins asleep, with the charge that batteries start with. */
export function deviceState({ state, experiment, now }: Context, id: string): DeviceState {
  const known = state.devices.get(id);
  if (known) return known;
  const fresh: DeviceState = {
    charge: experiment.power.batteryStart,
    paidUntil: now,
    mode: 'sleep',
    turn: null,
    hasDied: false,
    observed: null,
  };
  state.devices.set(id, fresh);
  return fresh;
}

/** The nodes between a device and the cloud, from its gateway up. */
export function pathAbove({ topology }: Context, device: DeviceNode): UpperNode[] {
  const path: UpperNode[] = [];
  let id: string | null = device.parent;
  while (id !== null && id !== CLOUD) {
    const node = topology.byId.get(id);
    if (!node || node.tier === 'device') break;
    path.push(node);
    id = node.parent;
  }
  return path;
}

/** What of the model one device downloads and uploads in a turn; undefined for all of it. */
export interface Portions {
  readonly download: WeightSubset | undefined;
  readonly upload: WeightSubset | undefined;
}

/** Whether devices hold different weights. */
export const hasSubModels = ({ subModels }: Experiment, model: ModelSpec): boolean =>
  // Without hidden units there is nothing to leave out.
  subModels.keep < 1 && model.units.length > 0;

/** The architecture that a device trains. Single weights that are pruned save no computing: products stay dense. */
export const trainedModel = ({ experiment }: Context, { model }: FamilyContext): ModelSpec =>
  subModelOf(model, experiment.subModels.keep);

/** What hidden outputs are multiplied by while a device trains; undefined for nothing. */
export const unitScalesOf = ({ experiment }: Context, { model }: FamilyContext): readonly number[] | undefined =>
  hasSubModels(experiment, model) && experiment.subModels.scale
    ? subModelScales(model, experiment.subModels.keep)
    : undefined;

/** What pruning has left of the model, for what gateways and fogs send; undefined for all. */
export const prunedPart = ({ model, state }: FamilyContext): WeightSubset | undefined =>
  state.mask && weightSubset(model, state.mask);

/**
 * What a device trains and sends: all; what pruning has left; a sub-model of its own, which it keeps for the whole turn and
 * for all parts of a round; or what pruning has left of that.
 * @param round names the draw
 * @param under what pruning had left of the model that the device received, null for all: a gateway that is cut off serves an
 *   older one; the present mask, if left out
 */
export function portionsOf(
  { experiment }: Context,
  { model, rng, state }: FamilyContext,
  device: string,
  round: number,
  under: Mask | null | undefined = state.mask,
): Portions {
  const mask = under ?? undefined;
  if (!hasSubModels(experiment, model)) return { download: undefined, upload: mask && weightSubset(model, mask) };
  const download = drawSubModel(model, experiment.subModels.keep, rng.split('sub-model', device, round));
  const upload = mask
    ? weightSubset(
        model,
        download.mask.map((own, i) => own & mask[i]),
      )
    : download;
  return { download, upload };
}

/** A turn without a result. */
export function countFailure(context: Context, device: string, status: Status): void {
  context.failures++;
  context.recorder.setStatus(device, status);
}
