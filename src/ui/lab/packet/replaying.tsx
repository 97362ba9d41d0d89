// A round whose messages are gone is replayed: how far it is, and the way out.

import { Button } from '@mantine/core';
import type { PacketState } from '../../../store/lab-store.ts';
import { labStore } from '../../../store/use-lab.ts';
import { Bar } from '../progress-bar.tsx';

export function Replaying({ packet }: { readonly packet: PacketState }) {
  const { round } = packet.query;
  return (
    <div className="lab-empty">
      <p>
        Only the latest rounds’ messages are kept. This one is made again in a second worker: the same experiment, edits
        and seed give the same bytes. The run itself goes on.
      </p>
      <Bar label="Replaying" value={packet.replayed} most={round} text={`round ${packet.replayed} of ${round}`} />
      {packet.interruption && <p role="alert">{packet.interruption}</p>}
      <Button variant="default" size="xs" onClick={() => labStore.getState().closePacket()}>
        Cancel the replay
      </Button>
    </div>
  );
}
