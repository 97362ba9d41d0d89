// What the duty cycle has left over from earlier messages, as a round's record keeps it.

import type { DeviceColumns } from '../record/record.ts';
import type { RoundInput } from '../round/round-input.ts';

/** Fills in the off times that are left at the round's start. */
export function noteOffTimes(columns: DeviceColumns, { topology, offUntil, time }: RoundInput): void {
  topology.devices.forEach(({ id, profile }, row) => {
    const left = profile.radio === 'LoRa' ? offUntil.get(id) : undefined;
    if (!left) return;
    columns.offTimeUp[row] = Math.max(0, left.up - time);
    columns.offTimeDown[row] = Math.max(0, left.down - time);
  });
}
