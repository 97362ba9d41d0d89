// What devices pay. A device's joules are paid up to an event before the event is handled: for the work that it has begun,
// spread evenly over its span, else for waiting (idle power) or sleeping. Its charger fills the battery meanwhile. Charge is
// kept as a share of the capacity, so that editing a capacity keeps the share.

import { batteryCapacity, batteryLeft, batteryShare } from '../fleet/battery.ts';
import type { DeviceNode } from '../fleet/topology.ts';
import type { EnergyCause } from '../record/record.ts';
import { energyColumn } from '../record/record.ts';
import { type Context, clockAt, deviceState } from './context.ts';
import type { DeviceMode, Phase } from './run-state.ts';

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

/** Pays a device's joules up to an offset. */
export function payUntil(context: Context, device: DeviceNode, until: number): void {
  const state = deviceState(context, device.id);
  const from = state.paidUntil;
  if (until <= from) return;
  state.paidUntil = until;
  const phase = state.turn?.phase;
  // Before and after its work in this span it waits.
  const [start, end] = phase ? [clamp(phase.start, from, until), clamp(phase.end, from, until)] : [until, until];
  rest(context, device, state.mode, start - from);
  if (phase && end > start) {
    const share = (end - start) / (phase.end - phase.start);
    spend(context, device, [
      [causeOf[phase.kind], phase.work * share],
      ['wake', phase.wake * share],
      ['idle', phase.idle * share],
    ]);
  }
  rest(context, device, state.mode, until - end);
  chargeBattery(context, device, from, until);
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** What takes no time is paid at once: a radio that wakes for nothing. */
export function payAtOnce(context: Context, device: DeviceNode, cause: EnergyCause, joules: number): void {
  spend(context, device, [[cause, joules]]);
}

function rest(context: Context, device: DeviceNode, mode: DeviceMode, time: number): void {
  if (time <= 0 || mode === 'off') return;
  const { idlePower, sleepPower } = device.figures;
  spend(context, device, [[mode, ((mode === 'idle' ? idlePower : sleepPower) / MILLIWATTS) * time]]);
}

/** Takes joules out of the battery, as far as it has them. */
function spend(context: Context, device: DeviceNode, causes: readonly (readonly [EnergyCause, number])[]): void {
  const state = deviceState(context, device.id);
  const capacity = batteryCapacity(device.figures);
  const wanted = causes.reduce((sum, [, joules]) => sum + joules, 0);
  if (wanted <= 0) return;
  const left = batteryLeft(state.charge, capacity);
  const share = wanted <= left ? 1 : left / wanted;
  const row = context.recorder.row(device.id);
  for (const [cause, joules] of causes) context.recorder.devices[energyColumn[cause]][row] += joules * share;
  // On mains the battery is not touched: unplugged again, it has what it had.
  if (capacity !== Number.POSITIVE_INFINITY) state.charge = toShare(left - wanted * share, capacity);
}

const toShare = (joules: number, capacity: number): number => clamp(batteryShare(joules, capacity), 0, 1);

function chargeBattery(context: Context, device: DeviceNode, from: number, until: number): void {
  const capacity = batteryCapacity(device.figures);
  if (capacity === Number.POSITIVE_INFINITY) return;
  const state = deviceState(context, device.id);
  const given = context.world.charged(device, clockAt(context, from), clockAt(context, until));
  if (given > 0) state.charge = toShare(state.charge * capacity + given, capacity);
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
