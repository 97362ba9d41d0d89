// Energy of the devices. A device's energy is accounted up to an event before the event is handled: for the work that it has begun,
// spread evenly over its span, else for waiting (idle power) or sleeping. Its charger fills the battery meanwhile. Charge is
// kept as a share of the capacity, so that editing a capacity keeps the share.

import { batteryCapacity, batteryLeft, batteryShare } from '../../fleet/battery.ts';
import type { DeviceNode } from '../../fleet/topology.ts';
import type { EnergyCause } from '../../record/record.ts';
import { energyColumn } from '../../record/record.ts';
import { type Context, clockAt, deviceState } from '../context.ts';
import type { DeviceState, Phase } from '../run-state.ts';

const MILLIWATTS = 1000;

/** The cause that a phase's work counts as. */
const causeOf: Readonly<Record<Phase['kind'], EnergyCause>> = {
  download: 'receive',
  train: 'compute',
  upload: 'transmit',
};

/** Joules in a device's battery, paid up to now; Infinity on mains. */
export function joulesLeft(context: Context, device: DeviceNode): number {
  payUntil(context, device, context.now);
  const { charge } = deviceState(context, device.id);
  return batteryLeft(charge, batteryCapacity(device.figures));
}

type Cost = readonly [EnergyCause, number];

/** Pays a device's joules up to an offset. */
export function payUntil(context: Context, device: DeviceNode, until: number): void {
  const state = deviceState(context, device.id);
  const from = state.paidUntil;
  if (until <= from) return;
  state.paidUntil = until;
  const phase = state.turn?.phase;
  // Before and after its work in this span it waits.
  const [start, end] = phase ? [clamp(phase.start, from, until), clamp(phase.end, from, until)] : [until, until];
  const costs: Cost[] = [...rest(state, device, start - from), ...rest(state, device, until - end)];
  if (context.isSemiAsync && state.mode === 'idle') {
    if (start > from) context.recorder.waited(device.id, from, start);
    if (until > end) context.recorder.waited(device.id, end, until);
  }
  if (phase && end > start) {
    const share = (end - start) / (phase.end - phase.start);
    costs.push([causeOf[phase.kind], phase.work * share], ['wake', phase.wake * share], ['idle', phase.idle * share]);
  }
  applyCosts(context, device, costs, charged(context, device, from, until));
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** What takes no time is paid at once: a radio that wakes for nothing. */
export function payAtOnce(context: Context, device: DeviceNode, cause: EnergyCause, joules: number): void {
  applyCosts(context, device, [[cause, joules]], 0);
}

/** What a device spends that does not work. With an empty battery it is off, until the cloud asks it again. */
function rest({ mode, hasDied, turn }: DeviceState, { figures }: DeviceNode, time: number): readonly Cost[] {
  const isOff = mode === 'off' || (hasDied && turn === null && figures.battery > 0);
  if (time <= 0 || isOff) return [];
  const milliwatts = mode === 'idle' ? figures.idlePower : figures.sleepPower;
  return [[mode, (milliwatts / MILLIWATTS) * time]];
}

/** Joules that a device's charger gives between two offsets. */
export function charged(context: Context, device: DeviceNode, from: number, until: number): number {
  if (device.figures.battery === 0 || until <= from) return 0;
  return context.world.charged(device, clockAt(context, from), clockAt(context, until));
}

/** Share of what it costs that a battery lasts for, if cost and charge are spread evenly over the same time; 1 for all of it. */
export const shareBefore = (cost: number, left: number, given: number): number =>
  cost <= left + given ? 1 : left / (cost - given);

/**
 * Draws energy from a battery that is charged meanwhile. One that empties supplies energy until then; after that it is only charged.
 * The result does not depend on how a span of time is divided.
 */
function applyCosts(context: Context, device: DeviceNode, costs: readonly Cost[], given: number): void {
  const state = deviceState(context, device.id);
  const capacity = batteryCapacity(device.figures);
  const left = batteryLeft(state.charge, capacity);
  const wanted = costs.reduce((sum, [, joules]) => sum + joules, 0);
  const share = shareBefore(wanted, left, given);
  const row = context.recorder.row(device.id);
  for (const [cause, joules] of costs) context.recorder.devices[energyColumn[cause]][row] += joules * share;
  // On mains the battery is not touched: unplugged again, it has what it had.
  if (capacity === Number.POSITIVE_INFINITY) return;
  if (share < 1) state.hasDied = true;
  state.charge = clamp(batteryShare(share < 1 ? given * (1 - share) : left - wanted + given, capacity), 0, 1);
}

/** Fills in the battery columns as they are now. */
export function recordBatteries(context: Context): void {
  const { devices } = context.recorder;
  for (const [row, device] of context.topology.devices.entries()) {
    const capacity = batteryCapacity(device.figures);
    const share = capacity === Number.POSITIVE_INFINITY ? 1 : deviceState(context, device.id).charge;
    devices.batteryShare[row] = share;
    devices.batteryLeft[row] = batteryLeft(share, capacity);
  }
}
