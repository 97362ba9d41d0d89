// The card of a gateway, a fog or the cloud: what came in, how long it took, and the figures of the node.

import { useMemo } from 'react';
import { upperProfiles } from '../../sim/fleet/profiles/upper-tiers.ts';
import type { UpperNode } from '../../sim/fleet/topology.ts';
import type { FigureId } from '../../store/fleet-changes.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCounted, formatNumber, formatSeconds, formatShare } from '../format.ts';
import { moveTo } from '../graph/fleet-actions.ts';
import { selectLatest } from '../graph/latest-record.ts';
import { ChoiceRow } from '../shared/choice-row.tsx';
import { ClassBars } from './class-bars.tsx';
import { Facts } from './facts.tsx';
import { FigureRow } from './figure-row.tsx';
import { KindOfItsDevices } from './kind-choice.tsx';
import { NodeActions } from './node-actions.tsx';
import { Part } from './part.tsx';
import { Switches } from './switches.tsx';
import { toRecall } from './to-round.ts';
import { upperOptions } from './upper-options.ts';
import { UpperRoundPart } from './upper-round.tsx';

/** For half the card's width. */
const shortLabels: Partial<Record<FigureId, string>> = {
  uplink: 'Up',
  downlink: 'Down',
  computeRate: 'CPU',
};
const linked: readonly FigureId[] = ['uplink', 'downlink', 'latency', 'loss', 'computeRate'];
/** On the low card. */
const foremost: readonly FigureId[] = ['uplink', 'computeRate'];

interface UpperCardProps {
  readonly node: UpperNode;
  /** Everything, not only what matters most. */
  readonly full: boolean;
}

export function UpperCard({ node, full }: UpperCardProps) {
  const { about } = upperProfiles[node.tier];
  const figures = node.tier === 'cloud' ? (['computeRate'] as const) : full ? linked : foremost;
  return (
    <>
      {full && <p className="inspector-note">{about}</p>}
      {full && node.tier === 'gateway' && (
        <div className="inspector-choices">
          <ParentChoice node={node} />
          <KindOfItsDevices key={node.id} gateway={node.id} />
        </div>
      )}
      {node.tier !== 'cloud' && <Switches node={node} full={full} />}
      <div className="inspector-pair">
        {figures.map((figure) => (
          <FigureRow key={figure} node={node} figure={figure} label={shortLabels[figure]} />
        ))}
      </div>
      {node.tier === 'cloud' ? (
        <CloudRoundPart node={node} full={full} />
      ) : (
        <UpperRoundPart node={node} tier={node.tier} full={full} />
      )}
      {node.tier !== 'cloud' && (
        <NodeActions node={node} kind={node.tier === 'gateway' ? 'gateways' : 'fog nodes'} full={full} />
      )}
    </>
  );
}

function ParentChoice({ node }: { node: UpperNode }) {
  const fogs = useFogline((state) => state.topology.fogs);
  if (fogs.length < 2) return null;
  return (
    <ChoiceRow
      label="Under"
      help="The fog node that it reports to. Dragging it in the picture does the same."
      value={node.parent ?? ''}
      options={upperOptions(fogs)}
      onChange={(fog) => moveTo(node.id, fog)}
    />
  );
}

const none = <p className="inspector-note">No round yet: press Play or Step.</p>;
const percent = (value: number) => formatShare(value, 0);

function CloudRoundPart({ node, full }: UpperCardProps) {
  const record = useFogline(selectLatest);
  const recall = useMemo(() => (record ? toRecall(record.evaluation.confusion) : []), [record]);
  const fogs = useFogline((state) => state.topology.children.get(node.id)?.length ?? 0);
  const tests = useFogline((state) => state.partition?.testSamples ?? 0);
  if (!record) return <Part title="Global model">{none}</Part>;
  const facts = [
    {
      name: 'Accuracy',
      values: [formatShare(record.evaluation.accuracy), `loss ${formatNumber(record.evaluation.loss)}`],
    },
    { name: 'Tested on', values: [formatCounted(tests, 'sample'), 'not trained on'] },
    {
      name: 'Last arrival',
      values: [formatSeconds(record.cloudLastArrival), `from ${formatCounted(fogs, 'fog')}`],
    },
  ] as const;
  return (
    <Part title="Global model" aside={<>version {record.round}</>}>
      <Facts facts={full ? facts : facts.slice(0, 1)} />
      <p className="inspector-note">Recognised, of each class’s test samples:</p>
      <ClassBars label="Recognised share of each class" values={recall} most={1} format={percent} />
    </Part>
  );
}
