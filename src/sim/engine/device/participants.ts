// Who takes part in a round, with how much to train, and why the others do not.

import { sampleCount } from '../../data/dataset.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { batteryCapacity, batteryLeft } from '../../fleet/battery.ts';
import { computeEnergy, computeTime, macRateOf } from '../../fleet/compute.ts';
import { memoryOptionsOf, ramOf, trainingMemory } from '../../fleet/memory.ts';
import { requiredStorage, storageInput, storageOf } from '../../fleet/storage.ts';
import type { DeviceNode } from '../../fleet/topology.ts';
import { type ModelSpec, modelKinds } from '../../model/models.ts';
import { receiveEnergy, transfer, transmitEnergy, wakeEnergy } from '../../network/link.ts';
import { noOffTime, silentUntilSince } from '../../network/lora.ts';
import type { Status } from '../../record/statuses.ts';
import { schedules } from '../../schedules/index.ts';
import { selections } from '../../selection/index.ts';
import type { Candidate, Estimate } from '../../selection/selection.ts';
import { bytes, energyOf, macs, seconds, watts } from '../../units.ts';
import { aggregatorOf, combinerAbove, roundHolder } from '../aggregation/combining-nodes.ts';
import { type Context, clockAt, deviceState, type FamilyContext, trainedModel } from '../context.ts';
import { isAvailable } from '../messages/links.ts';
import type { DeviceState } from '../run-state.ts';
import { hasRounds, isAsynchronous } from '../synchrony.ts';
import { payUntil } from './energy.ts';
import { type LocalWork, localMacs, localWork, wantedAmount } from './local-work.ts';

export interface Participant {
  readonly device: DeviceNode;
  readonly work: LocalWork;
}

export interface Chosen {
  readonly participants: readonly Participant[];
  /** Updates after which the round may close; Infinity waits for all. */
  readonly goal: number;
}

export interface Choice {
  /** Names its chance. */
  readonly round: number;
  /** Sizes of the messages, as one encoding of each shows. */
  readonly bytesDown: number;
  readonly bytesUp: number;
  /** Only these belong to the family that trains; all, if left out. */
  readonly members?: (device: DeviceNode) => boolean;
}

/** What is the same for all devices that are looked at. */
interface Look extends Choice {
  readonly context: Context;
  readonly family: FamilyContext;
  /** What devices train. */
  readonly model: ModelSpec;
  /** Simulated seconds now. */
  readonly time: number;
}

/** Rounded up, but for what is only a float's error: 0.55 × 100 is 55. */
const wholeUp = (value: number): number => Math.ceil(value - 1e-9);

/** Chooses among the devices that can work, and writes in the record what becomes of the others. */
export function chooseParticipants(context: Context, family: FamilyContext, choice: Choice): Chosen {
  const { experiment, topology, recorder, round: recordRound, env } = context;
  const columns = recorder.devices;
  const model = trainedModel(context, family);
  const look: Look = { ...choice, context, family, model, time: clockAt(context, context.now) };
  const stored = storageInput(model.kind, experiment, { samples: 0, round: recordRound });
  const memory = trainingMemory(model, memoryOptionsOf(experiment));
  const able: (Participant & { readonly row: number; readonly candidate: Candidate })[] = [];
  let working = 0;
  let waiting = 0;
  for (const [row, device] of topology.devices.entries()) {
    if (choice.members?.(device) === false) continue;
    // Who is chosen depends on what batteries hold now, not on what they held at the last event.
    payUntil(context, device, context.now);
    const own = deviceState(context, device.id);
    const data = env.data.get(device.number);
    const samples = data ? sampleCount(data) : 0;
    const storage = requiredStorage(device.figures, { ...stored, samples });
    columns.memory[row] = memory;
    columns.model[row] = modelKinds.indexOf(model.kind);
    columns.samples[row] = samples;
    columns.storage[row] = storage;
    columns.storageShare[row] = storage / storageOf(device.figures);
    const joules = batteryLeft(own.charge, batteryCapacity(device.figures));
    const occupation = occupationOf(context, family, device, own);
    const obstacle = occupation === 'working' ? 'still working' : obstacleOf(look, device, { memory, storage, joules });
    const amount = obstacle ? 0 : scheduledAmount(look, device, own.charge, joules, samples);
    recorder.setReason(row, device.id, obstacle ?? (amount === 0 ? 'saving energy' : 'not selected'));
    if (occupation === 'working') working++;
    if (amount === 0) continue;
    if (occupation === 'waiting') waiting++;
    if (occupation !== null) continue;
    const work = localWork(amount, samples, experiment.training);
    const estimate = estimateOf(look, device, work);
    if (own.hasDied && joules < turnEnergy(look, device, estimate)) {
      recorder.setReason(row, device.id, 'battery empty');
      continue;
    }
    const battery = device.figures.battery === 0 ? 1 : own.charge;
    const candidate: Candidate = { device, samples, battery, estimate, lastReport: own.observed ?? undefined };
    able.push({ device, row, work, candidate });
  }
  const { policy: id, overSelect, closes, deadline } = experiment.selection;
  const policy = selections[id];
  // Where nobody waits, those at work count among the devices that are wanted.
  const atWork = isAsynchronous(experiment) ? working : 0;
  const goal = Math.max(0, wantedDevices(look, able.length + atWork + waiting) - atWork);
  // Where no round closes, a spare device would be one more at work, always.
  const spare = hasRounds(experiment) ? overSelect : 0;
  const takesAll = !('fraction' in policy.settings);
  const selected = new Set(
    policy.select({
      round: choice.round,
      candidates: able.map(({ candidate }) => candidate),
      wanted: Math.min(able.length, wholeUp(goal * (1 + spare))),
      deadline: closes ? deadline : Number.POSITIVE_INFINITY,
      settings: experiment.selection,
      rng: family.rng.split('selection', choice.round),
    }),
  );
  const participants = able.filter(({ candidate }) => selected.has(candidate));
  for (const { row, device, work } of participants) {
    recorder.setReason(row, device.id, 'trained');
    columns.epochs[row] = work.epochs;
  }
  return { participants, goal: takesAll || spare === 0 ? Number.POSITIVE_INFINITY : goal };
}

/** Whether a device is at work (or its round is not over), or waits for the next round of its gateway or fog; null if it is free. */
function occupationOf(
  context: Context,
  family: FamilyContext,
  { id }: DeviceNode,
  { turn }: DeviceState,
): 'working' | 'waiting' | null {
  if (turn) return 'working';
  if (!isAsynchronous(context.experiment)) return null;
  const owner = combinerAbove(context, id);
  const holder = roundHolder(context, owner);
  if (!holder) return null;
  const round = aggregatorOf(family, holder.id);
  if (!round.isAsked) return null;
  const { members, session } = aggregatorOf(family, owner.id);
  return members.has(id) && session === round.session ? 'working' : 'waiting';
}

interface Needs {
  readonly memory: number;
  readonly storage: number;
  /** In its battery. */
  readonly joules: number;
}

/** Why a device cannot take part, whatever the policy; null if it can. */
function obstacleOf({ context, family }: Look, device: DeviceNode, { memory, storage, joules }: Needs): Status | null {
  const { world, topology, experiment } = context;
  if (world.isOff(device)) return 'switched off';
  const gateway = topology.byId.get(device.parent);
  const fog = gateway?.parent ? topology.byId.get(gateway.parent) : undefined;
  if (world.isLinkOff(device) || !gateway || world.isOff(gateway) || !fog) return 'cut off';
  const isPathCut = world.isCutAbove(gateway) || world.isLinkOff(fog);
  const hasModel = family.state.served.get(gateway.id)?.message === null;
  if (isPathCut && !(experiment.network.cache && hasModel)) return 'cut off';
  if (joules <= 0) return 'battery empty';
  if (!isAvailable(context, device)) return 'offline';
  if (memory > ramOf(device.figures)) return 'out of memory';
  if (storage > storageOf(device.figures)) return 'out of storage';
  return null;
}

/** Seconds from the round's start that a device is expected to need, with the links as they are now. */
function estimateOf({ context, model, bytesDown, bytesUp, time }: Look, device: DeviceNode, work: LocalWork): Estimate {
  const { topology, world, experiment, state } = context;
  const link = world.linkOf(device, time);
  const gateway = topology.byId.get(device.parent);
  const fog = gateway?.parent ? topology.byId.get(gateway.parent) : undefined;
  const path = [gateway, fog].reduce(
    (sum, node) => sum + (node ? transfer(bytes(bytesDown), node.figures, 'down').time : 0),
    0,
  );
  const { radio } = device.profile;
  const busy = radio === 'LoRa' ? state.links.get(device.id) : undefined;
  const off = busy
    ? silentUntilSince({ up: clockAt(context, busy.up), down: clockAt(context, busy.down) }, time)
    : noOffTime;
  const download = Math.max(path, off.down) + transfer(bytes(bytesDown), link, 'down', radio).time;
  const compute = computeTime(localMacs(model, work, experiment), macRateOf(device.figures));
  const silent = Math.max(0, off.up - download - compute);
  const upload = silent + transfer(bytes(bytesUp), link, 'up', radio).time;
  return { download, compute, upload, total: download + compute + upload };
}

/** Joules that a device is expected to spend from the model's arrival at its gateway to its update's. */
function turnEnergy({ context, bytesDown, bytesUp, time }: Look, device: DeviceNode, estimate: Estimate): number {
  const { figures, profile } = device;
  const link = context.world.linkOf(device, time);
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
function wantedDevices({ context, members }: Look, able: number): number {
  const { experiment, topology } = context;
  const { count, fraction } = experiment.selection;
  if (count === 0) return wholeUp(fraction * able);
  const own = members ? topology.devices.filter(members).length / topology.devices.length : 1;
  return Math.min(able, Math.round(count * own));
}

/** Epochs that a device's energy schedule lets it train; steps, where the experiment counts in steps. */
function scheduledAmount(look: Look, device: DeviceNode, battery: number, joulesLeft: number, samples: number): number {
  const { context, model, time, round, bytesDown, bytesUp } = look;
  const { world } = context;
  const experiment: Experiment = context.experiment;
  const { figures, profile } = device;
  const link = world.linkOf(device, time);
  const wanted = wantedAmount(experiment.training);
  // Of steps the mean: the last of a pass holds what is left.
  const all = localMacs(model, localWork(wanted, samples, experiment.training), experiment);
  const timeEach = computeTime(macs(all / wanted), macRateOf(figures));
  const down = transfer(bytes(bytesDown), link, 'down', profile.radio);
  const up = transfer(bytes(bytesUp), link, 'up', profile.radio);
  const schedule = schedules[experiment.power.schedule];
  // Between two questions of the cloud a device may take part in several rounds of its gateway and fog.
  const parts = context.policies.gateway.rounds * context.policies.fog.rounds;
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
