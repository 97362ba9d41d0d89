// What one round is given and what comes of it, synchronous or not.

import type { LabelledData } from '../data/dataset.ts';
import type { Watch } from '../engine/watch.ts';
import type { World } from '../engine/world.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { DeviceNode, Topology } from '../fleet/topology.ts';
import type { Mask } from '../model/masks.ts';
import type { ModelSpec } from '../model/models.ts';
import type { OffUntil } from '../network/lora.ts';
import type { Rng } from '../random.ts';
import type { DeviceColumns, TimelineColumns, UpperColumns } from '../record/record.ts';
import type { Told } from '../selection/selection.ts';
import type { LocalTrainer } from '../trainer.ts';
import type { Packed, Receivers } from './courier.ts';
import type { Senders } from './senders.ts';

export interface RoundInput {
  readonly experiment: Experiment;
  readonly topology: Topology;
  readonly world: World;
  readonly model: ModelSpec;
  /** The global model, flat. */
  readonly weights: Float32Array;
  /** What pruning has left of it: 1 for a weight that is kept; all are, if left out. */
  readonly mask?: Mask | undefined;
  readonly data: ReadonlyMap<number, LabelledData>;
  readonly trainer: LocalTrainer;
  readonly charge: ReadonlyMap<string, number>;
  /** What devices told when they last took part; this round's words are added. */
  readonly told: Map<string, Told>;
  /** The model that each gateway last received, as the packet in which it came, to serve from its cache. */
  readonly cache: Map<string, Packed>;
  /** Until when a device is at work, on the simulated clock: one that was late goes on with what it does. */
  readonly freeAt: Map<string, number>;
  /** Until when the duty cycle keeps a device, and its gateway towards it, silent: by device id, on the simulated clock. */
  readonly offUntil: Map<string, OffUntil>;
  /** What senders keep for themselves from round to round. */
  readonly senders: Senders;
  /** What receivers hold of the model. */
  readonly receivers: Receivers;
  readonly rng: Rng;
  readonly round: number;
  /** Simulated seconds at the round's start. */
  readonly time: number;
  /** False keeps each device's samples in their order, as the reference trajectories do. */
  readonly shuffle?: boolean;
  /** Only these belong to the family that trains; all, if left out. */
  readonly members?: (device: DeviceNode) => boolean;
  /** Told of every message that crosses a link. */
  readonly watch?: Watch | undefined;
}

export interface RoundOutcome {
  /** What the cloud aggregated; null if no update reached it. */
  readonly update: Float32Array | null;
  readonly devices: DeviceColumns;
  readonly gateways: UpperColumns;
  readonly fogs: UpperColumns;
  readonly timeline: TimelineColumns;
  readonly duration: number;
  /** Whether nobody could take part. */
  readonly isIdle: boolean;
  readonly cloudLastArrival: number;
  readonly staleMean: number;
  /** Id of the device that the round waited for, '' if none took part. */
  readonly straggler: string;
  /** Seconds that each device was computing or on air, by row; NaN for one that did not take part. */
  readonly busy: Float64Array;
}

/** When nobody can take part, the cloud asks again after so long: batteries charge and devices come back meanwhile. */
export const RETRY_SECONDS = 60;
