// Every battery's charge over a run: drained by each modelled joule, filled by its charger. Charge is kept as a share of the
// capacity, so that editing a capacity keeps the share.

import type { World } from '../engine/world.ts';
import { batteryCapacity, batteryLeft, batteryShare } from '../fleet/battery.ts';
import type { DeviceNode, Topology } from '../fleet/topology.ts';
import { type DeviceColumns, energyCauses, energyColumn, statuses } from '../record/record.ts';

const MILLIWATTS = 1000;
/** With these a device does nothing, not even sleep, or what it does is paid for already (a late one's turn). */
const dark = ['switched off', 'battery empty', 'still working'].map((status) =>
  statuses.indexOf(status as (typeof statuses)[number]),
);

export class Batteries {
  /** Share left of each battery, 0 … 1, by device id. */
  readonly charge = new Map<string, number>();

  /** Devices sleep between two rounds; returns the joules that each spent, in the order of the fleet. */
  sleep(topology: Topology, world: World, startShare: number, from: number, to: number): Float64Array {
    return Float64Array.from(topology.devices, (device) => {
      const share = this.charge.get(device.id) ?? startShare;
      const left = batteryLeft(share, batteryCapacity(device.figures));
      const wanted = world.isOff(device) ? 0 : (device.figures.sleepPower / MILLIWATTS) * (to - from);
      const spent = Math.min(wanted, left);
      this.#settle(device, left - spent + this.#given(device, world, from, to));
      return spent;
    });
  }

  /** Devices pay for the round: what they did, and waiting for the rest of it. Fills in the idle and battery columns. */
  pay(
    topology: Topology,
    world: World,
    columns: DeviceColumns,
    busy: Float64Array,
    startShare: number,
    from: number,
    to: number,
  ): void {
    topology.devices.forEach((device, row) => {
      const { idlePower, sleepPower } = device.figures;
      const left = batteryLeft(this.charge.get(device.id) ?? startShare, batteryCapacity(device.figures));
      const worked =
        energyCauses.reduce((sum, cause) => sum + columns[energyColumn[cause]][row], 0) - columns.energySleep[row];
      const remains = Math.max(0, left - worked);
      const duration = to - from;
      let waited = 0;
      if (!dark.includes(columns.status[row])) {
        const tookPart = !Number.isNaN(busy[row]);
        const power = (tookPart ? idlePower : sleepPower) / MILLIWATTS;
        waited = Math.min(remains, power * Math.max(0, duration - (tookPart ? busy[row] : 0)));
        columns[tookPart ? 'energyIdle' : 'energySleep'][row] += waited;
      }
      this.#settle(device, remains - waited + this.#given(device, world, from, to));
    });
    this.note(topology, columns, startShare);
  }

  /** One device pays for a span of time, and is charged in it. Returns what it could pay of the joules asked for. */
  spend(device: DeviceNode, world: World, startShare: number, joules: number, from: number, to: number): number {
    const left = batteryLeft(this.charge.get(device.id) ?? startShare, batteryCapacity(device.figures));
    const paid = Math.min(joules, left);
    this.#settle(device, left - paid + this.#given(device, world, from, to));
    return paid;
  }

  /** Fills in the battery columns as they are now. */
  note(topology: Topology, columns: DeviceColumns, startShare: number): void {
    topology.devices.forEach((device, row) => {
      const capacity = batteryCapacity(device.figures);
      const share = capacity === Number.POSITIVE_INFINITY ? 1 : (this.charge.get(device.id) ?? startShare);
      columns.batteryShare[row] = share;
      columns.batteryLeft[row] = batteryLeft(share, capacity);
    });
  }

  #given(device: DeviceNode, world: World, from: number, to: number): number {
    return device.figures.battery === 0 || to <= from ? 0 : world.charged(device, from, to);
  }

  #settle(device: DeviceNode, joules: number): void {
    const capacity = batteryCapacity(device.figures);
    // On mains the battery is not touched: unplugged again, it has what it had.
    if (capacity === Number.POSITIVE_INFINITY) return;
    this.charge.set(device.id, Math.min(1, Math.max(0, batteryShare(joules, capacity))));
  }
}
