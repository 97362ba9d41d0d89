// Who takes part in a round, with how much to train, and why the others do not.

import { type LabelledData, sampleCount } from '../data/dataset.ts';
import { type LocalWork, localMacs, localWork, wantedAmount } from '../engine/local-work.ts';
import { tierPolicy } from '../engine/synchrony.ts';
import type { World } from '../engine/world.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { batteryCapacity, batteryLeft } from '../fleet/battery.ts';
import { computeEnergy, computeTime, macRateOf } from '../fleet/compute.ts';
import { memoryOptionsOf, ramOf, trainingMemory } from '../fleet/memory.ts';
import { storageNeed, storageOf } from '../fleet/storage.ts';
import { storedBy } from '../fleet/stored.ts';
import type { DeviceNode, Topology } from '../fleet/topology.ts';
import { type ModelSpec, modelKinds } from '../model/models.ts';
import { receiveEnergy, transfer, transmitEnergy, wakeEnergy } from '../network/link.ts';
import { noOffTime, type OffUntil, offUntilSince } from '../network/lora.ts';
import type { Rng } from '../random.ts';
import type { DeviceColumns } from '../record/record.ts';
import { type Status, statuses } from '../record/statuses.ts';
import { schedules } from '../schedules/index.ts';
import { bytes, energyOf, macs, seconds, watts } from '../units.ts';
import { selections } from './index.ts';
import type { Candidate, Estimate, Told } from './selection.ts';

export interface Participant {
  readonly device: DeviceNode;
  /** Row in the record's device columns. */
  readonly row: number;
  readonly work: LocalWork;
  /** Joules in its battery at the round's start; Infinity on mains. */
  readonly joules: number;
}

export interface Chosen {
  readonly participants: readonly Participant[];
  /** Updates after which the round may close; Infinity waits for all. */
  readonly goal: number;
}

export interface ChoiceInput {
  readonly experiment: Experiment;
  readonly topology: Topology;
  readonly model: ModelSpec;
  readonly world: World;
  readonly data: ReadonlyMap<number, LabelledData>;
  /** Charge of each battery, 0 … 1, by device id. */
  readonly charge: ReadonlyMap<string, number>;
  readonly told: ReadonlyMap<string, Told>;
  /** Gateways that hold a model to serve. */
  readonly cached: (gateway: string) => boolean;
  /** Until when the duty cycle keeps a device, and its gateway towards it, silent: by device id, on the simulated clock. */
  readonly offUntil: ReadonlyMap<string, OffUntil>;
  /** Sizes of the messages, as one encoding of each shows. */
  readonly bytesDown: number;
  readonly bytesUp: number;
  /** Simulated seconds at the round's start. */
  readonly time: number;
  readonly round: number;
  /** The record's round, which the pruning schedule goes by: an asynchronous record asks more than once. */
  readonly recordRound: number;
  readonly rng: Rng;
  /** Only these belong to the family that trains; all, if left out. */
  readonly members?: (device: DeviceNode) => boolean;
  /** Devices that are at work already, which are not asked again. */
  readonly working?: ReadonlySet<string>;
  /** Devices that wait for their gateway's or fog's next round: they are not asked now. */
  readonly waiting?: ReadonlySet<string>;
  /** Devices that died at work and were not asked since: each must be able to finish a whole turn before it is asked again. */
  readonly died?: ReadonlySet<string>;
  /** Asynchronous: those at work count among the devices that are wanted. */
  readonly isAsync?: boolean;
  /** Whether the nodes that devices report to close when enough have answered. Default: not if asynchronous. */
  readonly closesEarly?: boolean;
}

/** Rounded up, but for what is only a float's error: 0.55 × 100 is 55. */
const wholeUp = (value: number): number => Math.ceil(value - 1e-9);

/** Notes in the columns what became of everyone who does not take part. */
export function chooseParticipants(input: ChoiceInput, columns: DeviceColumns): Chosen {
  const { experiment, topology, model, data, charge, round, time } = input;
  const stored = storedBy(model.kind, experiment, { samples: 0, round: input.recordRound });
  const needed = trainingMemory(model, memoryOptionsOf(experiment));
  const able: (Participant & { readonly candidate: Candidate })[] = [];
  let waiting = 0;
  topology.devices.forEach((device, row) => {
    const held = data.get(device.number);
    columns.number[row] = device.number;
    columns.memory[row] = needed;
    columns.model[row] = modelKinds.indexOf(model.kind);
    columns.samples[row] = held ? sampleCount(held) : 0;
    columns.storage[row] = storageNeed(device.figures, { ...stored, samples: columns.samples[row] });
    columns.storageShare[row] = columns.storage[row] / storageOf(device.figures);
    const share = charge.get(device.id) ?? experiment.power.batteryStart;
    const joules = batteryLeft(share, batteryCapacity(device.figures));
    const obstacle = obstacleOf(input, device, needed, columns.storage[row], joules);
    const amount = obstacle ? 0 : scheduledAmount(input, device, share, joules, columns.samples[row]);
    columns.status[row] = statuses.indexOf(obstacle ?? (amount === 0 ? 'saving energy' : 'not selected'));
    if (amount > 0 && input.waiting?.has(device.id)) waiting++;
    if (amount === 0 || input.working?.has(device.id) || input.waiting?.has(device.id)) return;
    if (input.members?.(device) === false) return;
    const told = input.told.get(device.id);
    const work = localWork(amount, columns.samples[row], experiment.training);
    const estimate = estimateOf(input, device, work);
    if (input.died?.has(device.id) && joules < turnEnergy(input, device, estimate)) {
      columns.status[row] = statuses.indexOf('battery empty');
      return;
    }
    const battery = device.figures.battery === 0 ? 1 : share;
    able.push({
      device,
      row,
      work,
      joules,
      candidate: { device, samples: columns.samples[row], battery, estimate, told },
    });
  });

  const { policy: id, overSelect, closes, deadline } = experiment.selection;
  const policy = selections[id];
  const atWork = input.isAsync ? (input.working?.size ?? 0) : 0;
  const goal = Math.max(0, wantedDevices(input, able.length + atWork + waiting) - atWork);
  // Where no round closes, a spare device would be one more at work, always.
  const spare = (input.closesEarly ?? !input.isAsync) ? overSelect : 0;
  const takesAll = !('fraction' in policy.settings);
  const selected = new Set(
    policy.select({
      round,
      candidates: able.map(({ candidate }) => candidate),
      wanted: Math.min(able.length, wholeUp(goal * (1 + spare))),
      deadline: closes ? deadline : Number.POSITIVE_INFINITY,
      settings: experiment.selection,
      rng: input.rng.split('selection', round),
    }),
  );
  const participants = able.filter(({ candidate }) => selected.has(candidate));
  for (const { row, work } of participants) {
    columns.status[row] = statuses.indexOf('trained');
    columns.epochs[row] = work.epochs;
  }
  return { participants, goal: takesAll || spare === 0 ? Number.POSITIVE_INFINITY : goal };

  /** Why a device cannot take part, whatever the policy; null if it can. */
  function obstacleOf(
    { world, cached }: ChoiceInput,
    device: DeviceNode,
    memory: number,
    storage: number,
    joules: number,
  ): Status | null {
    if (input.working?.has(device.id)) return 'still working';
    if (world.isOff(device)) return 'switched off';
    const gateway = topology.byId.get(device.parent);
    const fog = gateway?.parent ? topology.byId.get(gateway.parent) : undefined;
    if (world.isLinkOff(device) || !gateway || world.isOff(gateway) || !fog) return 'cut off';
    const isPathCut = world.isCutAbove(gateway) || world.isLinkOff(fog);
    if (isPathCut && !(experiment.network.cache && cached(gateway.id))) return 'cut off';
    if (joules <= 0) return 'battery empty';
    if (!world.isReachable(device, time)) return 'offline';
    if (memory > ramOf(device.figures)) return 'out of memory';
    if (storage > storageOf(device.figures)) return 'out of storage';
    return null;
  }
}

/** Seconds from the round's start that a device is expected to need, with the links as they are now. */
function estimateOf(
  { topology, world, model, experiment, offUntil, bytesDown, bytesUp, time }: ChoiceInput,
  device: DeviceNode,
  work: LocalWork,
): Estimate {
  const link = world.linkOf(device, time);
  const gateway = topology.byId.get(device.parent);
  const fog = gateway?.parent ? topology.byId.get(gateway.parent) : undefined;
  const path = [gateway, fog].reduce(
    (sum, node) => sum + (node ? transfer(bytes(bytesDown), node.figures, 'down').time : 0),
    0,
  );
  const { radio } = device.profile;
  const off = radio === 'LoRa' ? offUntilSince(offUntil.get(device.id) ?? noOffTime, time) : noOffTime;
  const download = Math.max(path, off.down) + transfer(bytes(bytesDown), link, 'down', radio).time;
  const compute = computeTime(localMacs(model, work, experiment), macRateOf(device.figures));
  const silent = Math.max(0, off.up - download - compute);
  const upload = silent + transfer(bytes(bytesUp), link, 'up', radio).time;
  return { download, compute, upload, total: download + compute + upload };
}

/** Joules that a device is expected to spend from the model's arrival at its gateway to its update's. */
function turnEnergy({ world, bytesDown, bytesUp, time }: ChoiceInput, device: DeviceNode, estimate: Estimate): number {
  const { figures, profile } = device;
  const link = world.linkOf(device, time);
  const down = transfer(bytes(bytesDown), link, 'down', profile.radio);
  const up = transfer(bytes(bytesUp), link, 'up', profile.radio);
  const waiting = Math.max(0, estimate.total - estimate.compute - down.onAir - up.onAir);
  return (
    receiveEnergy(figures, down) +
    computeEnergy(figures, seconds(estimate.compute)) +
    transmitEnergy(figures, up) +
    wakeEnergy(figures, 2) +
    energyOf(watts(figures.idlePower / 1000), seconds(waiting))
  );
}

/** How many of those who are able a round wants: a share of them, or a number, which families share by their devices. */
function wantedDevices({ experiment, topology, members }: ChoiceInput, able: number): number {
  const { count, fraction } = experiment.selection;
  if (count === 0) return wholeUp(fraction * able);
  const own = members ? topology.devices.filter(members).length / topology.devices.length : 1;
  return Math.min(able, Math.round(count * own));
}

/** Epochs that a device's energy schedule lets it train; steps, where the experiment counts in steps. */
function scheduledAmount(
  input: ChoiceInput,
  device: DeviceNode,
  battery: number,
  joulesLeft: number,
  samples: number,
): number {
  const { experiment, model, world, time, round } = input;
  const { figures, profile } = device;
  const link = world.linkOf(device, time);
  const wanted = wantedAmount(experiment.training);
  // Of steps the mean: the last of a pass holds what is left.
  const all = localMacs(model, localWork(wanted, samples, experiment.training), experiment);
  const timeEach = computeTime(macs(all / wanted), macRateOf(figures));
  const down = transfer(bytes(input.bytesDown), link, 'down', profile.radio);
  const up = transfer(bytes(input.bytesUp), link, 'up', profile.radio);
  const schedule = schedules[experiment.power.schedule];
  // Between two questions of the cloud a device may take part in several rounds of its gateway and fog.
  const parts = tierPolicy(experiment, 'gateway').rounds * tierPolicy(experiment, 'fog').rounds;
  return schedule.epochs({
    round,
    epochs: wanted,
    battery: figures.battery === 0 ? 1 : battery,
    joulesLeft,
    charging: world.isCharging(device, time),
    joulesPerEpoch: parts * computeEnergy(figures, timeEach),
    joulesForTransfers: parts * (receiveEnergy(figures, down) + transmitEnergy(figures, up) + wakeEnergy(figures, 2)),
    settings: experiment.power,
  });
}
