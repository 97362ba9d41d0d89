// Why there is no message to show.

import { numberOf, tierOf } from '../../../sim/fleet/topology.ts';
import { rowOf } from '../../../sim/record/columns.ts';
import type { RoundRecord } from '../../../sim/record/record.ts';
import { isAbsent, statusEntry, statuses } from '../../../sim/record/statuses.ts';
import type { MessageQuery } from '../../../store/lab-store.ts';

export function whySilent(record: RoundRecord | undefined, { round, node, direction }: MessageQuery): string {
  const nothing = `Nothing went ${direction} this link in round ${round}`;
  const row = record && tierOf(node) === 'device' ? rowOf(record.devices.number, numberOf(node)) : undefined;
  const status = record && row !== undefined ? statuses[record.devices.status[row]] : 'trained';
  return isAbsent(status) ? `${nothing}: ${statusEntry(status).label}.` : `${nothing}.`;
}
