// The packet inspector: one message on one link in one round of the run, before and after its codec. The worker computes it
// from the real update when it is asked for.

import { useEffect, useState } from 'react';
import type { Direction } from '../../../sim/engine/messages/message-observer.ts';
import type { NetworkNode } from '../../../sim/fleet/topology.ts';
import type { PacketState } from '../../../store/lab-store.ts';
import { useFogline } from '../../../store/use-fogline.ts';
import { labStore, useLab } from '../../../store/use-lab.ts';
import { PacketHead } from './packet-head.tsx';
import { PacketReportView } from './packet-report-view.tsx';
import { Replaying } from './replaying.tsx';
import { whySilent } from './why-silent.ts';
import './packet.css';

interface PacketInspectorProps {
  /** At the link's lower end. */
  readonly node: NetworkNode;
  readonly parent: NetworkNode;
}

export function PacketInspector({ node, parent }: PacketInspectorProps) {
  const rounds = useFogline((state) => state.history.length);
  const initialExperiment = useFogline((state) => state.initialExperiment);
  const packet = useLab((state) => state.packet);
  const [direction, setDirection] = useState<Direction>('up');
  /** Null follows the run. */
  const [chosen, setChosen] = useState<number | null>(null);
  const [index, setIndex] = useState(0);
  const round = Math.min(chosen ?? rounds, rounds);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run begins anew, and its first rounds have the same numbers
  useEffect(() => {
    if (round > 0) void labStore.getState().inspect({ round, node: node.id, direction, index });
    else labStore.getState().closePacket();
  }, [round, node.id, direction, index, initialExperiment]);
  useEffect(() => () => labStore.getState().closePacket(), []);

  return (
    <>
      <PacketHead
        node={node}
        parent={parent}
        rounds={rounds}
        round={round}
        follows={chosen === null}
        direction={direction}
        index={index}
        count={packet?.result?.count ?? 0}
        onRound={(next) => {
          setChosen(next);
          setIndex(0);
        }}
        onDirection={(next) => {
          setDirection(next);
          setIndex(0);
        }}
        onIndex={setIndex}
      />
      {rounds === 0 ? (
        <p className="lab-empty">Nothing has been sent yet: press Play or Step.</p>
      ) : (
        packet && <PacketBody packet={packet} node={node} />
      )}
    </>
  );
}

function PacketBody({ packet, node }: { readonly packet: PacketState; readonly node: NetworkNode }) {
  const record = useFogline((state) => state.history[packet.query.round - 1]);
  if (packet.status === 'replaying') return <Replaying packet={packet} />;
  if (packet.status === 'failed') return <p className="lab-empty">{packet.failure}</p>;
  const report = packet.result?.report;
  if (report) return <PacketReportView report={report} node={node} direction={packet.query.direction} />;
  if (packet.status === 'querying') return <p className="lab-empty">Looking …</p>;
  return <p className="lab-empty">{whySilent(record, packet.query)}</p>;
}
