// All of one message: what the codec did to it, what its bytes are spent on, and what other codecs would take.

import type { Direction } from '../../../sim/engine/messages/message-observer.ts';
import type { NetworkNode } from '../../../sim/fleet/topology.ts';
import type { PacketReport } from '../../../sim/lab/packet/packet-report.ts';
import { formatBytes, formatCount, formatRatio, formatShare } from '../../format.ts';
import { formatCosine, formatError, formatValue } from '../lab-format.ts';
import { LabPart } from '../lab-part.tsx';
import { Alternatives } from './alternatives.tsx';
import { HeatMaps } from './heat-maps.tsx';
import { HexView } from './hex-view.tsx';
import { Histogram } from './histogram.tsx';
import { PartsBar } from './parts-bar.tsx';

interface PacketReportViewProps {
  readonly report: PacketReport;
  readonly node: NetworkNode;
  readonly direction: Direction;
}

export function PacketReportView({ report, node, direction }: PacketReportViewProps) {
  const total = report.tensors.reduce((sum, { before }) => sum + before.length, 0);
  const place = direction === 'down' || node.tier === 'cloud' ? 'down' : node.tier;
  return (
    <div className="packet-body">
      <dl className="packet-facts number">
        <Fact name="Codec" value={report.codec} />
        <Fact
          name="On the wire"
          value={formatBytes(report.bytes)}
          more={`${formatBytes(report.rawBytes)} of floats, ${formatRatio(report.rawBytes / report.bytes)}`}
        />
        <Fact
          name="Relative error"
          value={formatError(report.relativeError)}
          more="length of what is lost ÷ of the message"
        />
        <Fact name="Cosine" value={formatCosine(report.cosine)} more="1 points the same way" />
        <Fact
          name="Sent"
          value={formatCount(report.kept)}
          more={`numbers, for ${formatCount(total)} of ${report.model}`}
        />
        <Fact name="Arrive as zero" value={formatShare(report.zeros)} />
        <Fact name="Largest error" value={formatValue(report.largestError)} more="of any one value" />
      </dl>
      <div className="packet-column">
        <LabPart title="Its values, before and after the codec" aside="log scale">
          <Histogram histograms={report.histograms} />
        </LabPart>
        <HeatMaps tensors={report.tensors} />
      </div>
      <div className="packet-column">
        <LabPart title="What the bytes are spent on" aside={`${formatCount(report.bytes)} B`}>
          <PartsBar parts={report.parts} bytes={report.bytes} codings={report.codings} />
        </LabPart>
        <LabPart
          title="On the wire"
          aside={
            report.bytes > report.head.length
              ? `first ${report.head.length} of ${formatCount(report.bytes)} B`
              : 'all of it'
          }
        >
          <HexView head={report.head} parts={report.parts} />
        </LabPart>
      </div>
      <Alternatives alternatives={report.alternatives} place={place} />
    </div>
  );
}

function Fact({ name, value, more }: { readonly name: string; readonly value: string; readonly more?: string }) {
  return (
    <div className="packet-fact">
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        {more && <span>{more}</span>}
      </dd>
    </div>
  );
}
