// The card of a device: the figures that matter most first, then what the last round did to it, its data, and every figure.

import type { DeviceNode } from '../../sim/fleet/topology.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCount, formatCounted } from '../format.ts';
import { moveTo } from '../graph/fleet-actions.ts';
import { classMix, samplesAsked } from '../graph/latest-record.ts';
import { ChoiceRow } from '../shared/choice-row.tsx';
import { ClassBars } from './class-bars.tsx';
import { DeviceDayPart } from './device-day.tsx';
import { BatteryMeter, MemoryMeter, StorageMeter } from './device-meters.tsx';
import { DeviceRoundPart } from './device-round.tsx';
import { figureGroups } from './figure-groups.ts';
import { FigureRow } from './figure-row.tsx';
import { KindChoice } from './kind-choice.tsx';
import { MemoryPart } from './memory-part.tsx';
import { MixBar } from './mix-bar.tsx';
import { ModelChoice } from './model-choice.tsx';
import { NodeActions } from './node-actions.tsx';
import { Folded, Part } from './part.tsx';
import { StoragePart } from './storage-part.tsx';
import { Switches } from './switches.tsx';
import { upperOptions } from './upper-options.ts';

interface DeviceCardProps {
  readonly node: DeviceNode;
  /** Everything, not only what matters most. */
  readonly full: boolean;
}

export function DeviceCard({ node, full }: DeviceCardProps) {
  const topology = useFogline((state) => state.topology);
  return (
    <>
      {full && <p className="inspector-note">{node.profile.about}</p>}
      {full && (
        <div className="inspector-choices">
          <KindChoice key={node.id} node={node} />
          <ChoiceRow
            label="Under"
            help="The gateway that it trains through. Dragging it in the picture does the same."
            value={node.parent}
            options={upperOptions(topology.gateways)}
            onChange={(gateway) => moveTo(node.id, gateway)}
          />
          <ModelChoice node={node} />
        </div>
      )}
      <Switches node={node} full={full} />
      <div className="inspector-pair">
        <FigureRow node={node} figure="uplink" />
        <FigureRow node={node} figure="computeRate" label="CPU" />
        <MemoryMeter node={node} />
        <StorageMeter node={node} />
        <BatteryMeter node={node} />
      </div>
      <MemoryPart node={node} full={full} />
      <StoragePart node={node} full={full} />
      <DeviceRoundPart node={node} full={full} />
      <DeviceDayPart node={node} />
      <MixPart number={node.number} full={full} />
      {full && (
        <Folded title="All figures">
          {figureGroups.map(({ title, figures }) => (
            <Part key={title} title={title}>
              {figures.map((figure) => (
                <FigureRow key={figure} node={node} figure={figure} />
              ))}
            </Part>
          ))}
          <p className="inspector-note">
            D datasheet · M measured · E estimate · T from the tutorial; hover a mark for its source.
          </p>
        </Folded>
      )}
      <NodeActions node={node} kind={node.profile.short} full={full} />
    </>
  );
}

function MixPart({ number, full }: { number: number; full: boolean }) {
  const mix = useFogline((state) => classMix(state.partition, number));
  const asked = useFogline((state) => samplesAsked(state.partition, number));
  if (mix.length === 0) {
    return <p className="inspector-note">Its samples are dealt when its first round begins.</p>;
  }
  const total = mix.reduce((sum, count) => sum + count, 0);
  if (!full) return <MixBar mix={mix} total={total} asked={asked} />;
  return (
    <Part title="Its data" aside={formatCounted(total, 'sample')}>
      <ClassBars label="Samples of each class" values={mix} most={Math.max(...mix)} format={formatCount} />
      {total < asked && (
        <p className="inspector-note">
          Holds {formatCount(total)} of {formatCounted(asked, 'sample')}: a class of its mix ran out.
        </p>
      )}
    </Part>
  );
}
