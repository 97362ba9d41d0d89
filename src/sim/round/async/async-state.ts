// What asynchronous learning keeps from one record to the next: the devices at work, the events to come, and the versions of
// the model that are about.

import type { WeightedUpdate } from '../../aggregators/aggregator.ts';
import type { Carried } from '../../compression/carry.ts';
import type { DeviceSent } from '../../compression/device-uplink.ts';
import type { DeviceNode } from '../../fleet/topology.ts';
import type { Mask } from '../../model/masks.ts';
import type { Status } from '../../record/record.ts';
import type { Turn } from '../turn.ts';
import { EventQueue } from './event-queue.ts';

/** A device at work: what it was given, and what will come of it. Times are on the simulated clock. */
export interface Flight {
  readonly device: DeviceNode;
  readonly version: number;
  readonly begun: number;
  readonly turn: Turn;
  /** When its turn ends, well or not; and when its update is at the cloud, if it ever will be. */
  readonly end: number;
  readonly arrival: number;
  readonly start: Float32Array;
  readonly carried: DeviceSent | null;
  /** Whether its update covers only what its own sub-model holds. */
  readonly isPart: boolean;
  readonly samples: number;
  /** Why nothing will arrive; null if something will. */
  readonly failure: Status | null;
  readonly work: { readonly macs: number; readonly steps: number; readonly loss: number; readonly accuracy: number };
  /** What it downloads. */
  readonly message: Carried;
}

export interface FlightEvent {
  readonly kind: 'end' | 'arrival';
  readonly flight: Flight;
}

export class AsyncState {
  readonly queue = new EventQueue<FlightEvent>();
  /** Devices at work, by id. */
  readonly flights = new Map<string, Flight>();
  /** Until when each device's joules are paid for. */
  readonly paid = new Map<string, number>();
  /** The version that each gateway and fog holds, or is being sent, and when it is there. */
  readonly held = new Map<string, { readonly version: number; readonly at: number }>();
  version = 0;
  /** What pruning has left of it. */
  mask: Mask | undefined;
  dispatches = 0;
  /** Arrivals since FedBuff's last step. */
  readonly buffer: { readonly update: WeightedUpdate; readonly weight: number }[] = [];
}
