// The card of a link: its figures, the bytes of the last round raw and encoded, and the time formula with its numbers in it.

import { Button } from '@mantine/core';
import { type NetworkNode, nodeLabel, numberOf } from '../../sim/fleet/topology.ts';
import { transfer } from '../../sim/network/link.ts';
import { dataRateFor, loraMessage } from '../../sim/network/lora.ts';
import { rowOf } from '../../sim/record/columns.ts';
import { codecOfDevice, isAsync, type RoundRecord } from '../../sim/record/record.ts';
import { bytes } from '../../sim/units.ts';
import { openPacket } from '../../store/lab-view.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { formatBytes, formatCounted, formatNumber, formatRatio, formatSeconds } from '../format.ts';
import { linkBytes, selectLatest } from '../graph/latest-record.ts';
import { Modelled } from '../tiles/modelled.tsx';
import { formatFigure } from './figure-format.ts';
import { FigureRow, specOf } from './figure-row.tsx';
import { Part } from './part.tsx';
import { Switches } from './switches.tsx';

interface LinkCardProps {
  readonly node: NetworkNode;
  /** Everything, not only what matters most. */
  readonly full: boolean;
}

const times = <Modelled what="Time" formulas={['roundTrip']} />;

export function LinkCard({ node, full }: LinkCardProps) {
  const parent = useFogline((state) => (node.parent === null ? undefined : state.topology.byId.get(node.parent)));
  const { select } = foglineStore.getState();
  return (
    <>
      <p className="inspector-note">
        From{' '}
        <button type="button" className="inspector-go" onClick={() => select(node.id)}>
          {nodeLabel(node)}
        </button>{' '}
        up to{' '}
        {parent && (
          <button type="button" className="inspector-go" onClick={() => select(parent.id)}>
            {nodeLabel(parent)}
          </button>
        )}
        {node.tier === 'device' && node.profile.radio !== 'none' && `, over ${node.profile.radio}`}.
      </p>
      <Switches node={node} only="link" full={full} />
      <div className="inspector-pair">
        <FigureRow node={node} figure="uplink" label="Up" />
        <FigureRow node={node} figure="downlink" label="Down" />
        {full && <FigureRow node={node} figure="latency" />}
        {full && <FigureRow node={node} figure="loss" />}
      </div>
      <Traffic node={node} full={full} />
    </>
  );
}

/** What the round's update was packed with. */
function codecUp(record: RoundRecord, node: NetworkNode): string {
  if (node.tier === 'gateway' || node.tier === 'fog') return record.codecs[node.tier];
  const row = rowOf(record.devices.number, numberOf(node.id));
  return row === undefined ? record.codecs.device : codecOfDevice(record, row);
}

function Traffic({ node, full }: LinkCardProps) {
  const record = useFogline(selectLatest);
  const traffic = linkBytes(record, node.id);
  if (!record || !traffic) {
    return (
      <Part title="Last round">
        <p className="inspector-note">Nothing has been sent yet: press Play or Step.</p>
      </Part>
    );
  }
  const ratio = traffic.up > 0 ? traffic.raw / traffic.up : 1;
  // The formula is that of one message: two families go up and down one by one, what is buffered or passed on as it comes.
  const isOneMessage =
    !isAsync(record) &&
    (node.tier === 'device' || (record.families.length <= 1 && record.synchrony[node.tier] === 'barrier'));
  return (
    <Part
      title={`Round ${record.round}`}
      aside={
        <>
          <strong>{formatBytes(traffic.up + traffic.down)}</strong> · times {times}
        </>
      }
    >
      <p className="inspector-note">
        <b>Up:</b>{' '}
        <span className="number">
          {traffic.up === 0 ? (
            'nothing in this round'
          ) : (
            <>
              {formatBytes(traffic.raw)} of floats → <strong>{formatBytes(traffic.up)}</strong> as{' '}
              {codecUp(record, node)}
              {ratio > 1.005 ? `, ${formatRatio(ratio)} smaller` : ''}
            </>
          )}
        </span>
      </p>
      {isOneMessage && <Formula node={node} direction="up" size={traffic.up} />}
      <p className="inspector-note">
        <b>Down:</b>{' '}
        <span className="number">
          {traffic.down === 0 ? (
            'nothing in this round'
          ) : (
            <>
              <strong>{formatBytes(traffic.down)}</strong> as {record.codecs.down}
            </>
          )}
        </span>
      </p>
      {full && isOneMessage && <Formula node={node} direction="down" size={traffic.down} />}
      {!isOneMessage && <p className="inspector-note">One message after another: the timeline shows when.</p>}
      <LookInside node={node} />
      {full && <p className="inspector-note">The times are those of the link as it is set now.</p>}
    </Part>
  );
}

/** The way to the packet inspector. */
function LookInside({ node }: { readonly node: NetworkNode }) {
  return (
    <Button variant="default" size="compact-sm" className="look-inside" onClick={() => openPacket(node.id)}>
      Look inside the packet
    </Button>
  );
}

interface FormulaProps {
  readonly node: NetworkNode;
  readonly direction: 'up' | 'down';
  readonly size: number;
}

/** latency + 8 × bytes ÷ rate ÷ (1 − loss), with this link's numbers. */
function Formula({ node, direction, size }: FormulaProps) {
  if (size === 0) return null;
  const radio = node.tier === 'device' ? node.profile.radio : 'Ethernet';
  const { time, offTime } = transfer(bytes(size), node.figures, direction, radio);
  const figure = direction === 'up' ? 'uplink' : 'downlink';
  const rate = formatFigure(specOf(node, figure), node.figures[figure]);
  if (radio === 'LoRa') {
    const dataRate = dataRateFor(1000 * node.figures[figure]);
    const { packets, onAir, offTimeWithin } = loraMessage(size, dataRate, 1 / (1 - node.figures.loss / 100));
    return (
      <p
        className="inspector-formula number"
        title="A packet of T seconds on air is followed by an off time of 99 T (1 % duty cycle), before the next packet."
      >
        {formatNumber(node.figures.latency)} ms + {formatCounted(packets, 'packet')} at SF
        {dataRate.spreadingFactor}
        {node.figures.loss > 0 && ` ÷ (1 − ${formatNumber(node.figures.loss)} %)`}, {formatSeconds(onAir)} on air
        {offTimeWithin > 0 && ` + ${formatSeconds(offTimeWithin)} of off time between them`} ={' '}
        <strong>{formatSeconds(time)}</strong>; the next message waits {formatSeconds(offTime)} more
      </p>
    );
  }
  return (
    <p className="inspector-formula number">
      {formatNumber(node.figures.latency)} ms + 8 × {formatBytes(size)} ÷ {rate} ÷{' '}
      <span className="inspector-unbroken">(1 − {formatNumber(node.figures.loss)} %)</span> ={' '}
      <strong>{formatSeconds(time)}</strong>
    </p>
  );
}
