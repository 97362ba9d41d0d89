// "This round" of a gateway or a fog: what came in of how many, how long it took, and whether a gateway has a model to serve.

import { useMemo } from 'react';
import { type Synchrony, tierPolicy } from '../../sim/engine/synchrony.ts';
import type { UpperNode } from '../../sim/fleet/topology.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatBytes, formatCounted, formatRatio, formatSeconds } from '../format.ts';
import { selectLatest } from '../graph/latest-record.ts';
import { Modelled } from '../tiles/modelled.tsx';
import { cachedSince, toCacheWords } from './cached-model.ts';
import { type Fact, Facts } from './facts.tsx';
import { Part } from './part.tsx';
import { isCutAbove } from './switch-words.ts';
import { useSwitchState } from './switches.tsx';
import { toUpperRound, type UpperRound } from './to-round.ts';

const times = <Modelled what="Time" formulas={['roundTrip']} />;

/** What came in; only where it waits each node below has sent one at most, and where there is one family of models. */
function cameIn(
  record: RoundRecord,
  { received, buffered }: UpperRound,
  tier: 'gateway' | 'fog',
  { children, buffer }: { readonly children: number; readonly buffer: number },
): string {
  const synchrony = record.synchrony[tier];
  const isCounted = synchrony === 'barrier' && (tier === 'gateway' || record.families.length === 1);
  if (isCounted) return `${received} of ${children} in`;
  const came = `${formatCounted(received, 'update')} in`;
  return synchrony === 'buffer' ? `${came}, ${buffered} of ${buffer} in the buffer` : came;
}

function toFacts(round: UpperRound, below: string, codec: string, synchrony: Synchrony): Fact[] {
  const ratio = round.bytesUp > 0 ? round.bytesUpRaw / round.bytesUp : 1;
  const download: Fact = { name: 'Download', values: [formatSeconds(round.download), formatBytes(round.bytesDown)] };
  if (synchrony === 'relay') {
    return [
      download,
      {
        name: 'Passes on',
        values: [formatCounted(round.received, 'update'), `${formatBytes(round.bytesUp)}, as they came`],
      },
    ];
  }
  return [
    download,
    synchrony === 'barrier'
      ? { name: `Waits for ${below}`, values: [formatSeconds(round.waiting), formatCounted(round.samples, 'sample')] }
      : { name: 'Buffers', values: [formatCounted(round.received, 'update'), formatCounted(round.samples, 'sample')] },
    { name: 'Aggregates', values: [formatSeconds(round.aggregating), formatCounted(round.received, 'update')] },
    {
      name: 'Upload',
      ...(ratio > 1.005
        ? {
            values: [formatSeconds(round.upload), `${formatBytes(round.bytesUpRaw)} of floats`],
            long: `→ ${formatBytes(round.bytesUp)} as ${codec}, ${formatRatio(ratio)} smaller`,
          }
        : { values: [formatSeconds(round.upload), `${formatBytes(round.bytesUp)} as ${codec}`] }),
    },
  ];
}

interface UpperRoundPartProps {
  readonly node: UpperNode;
  readonly tier: 'gateway' | 'fog';
  readonly full: boolean;
}

export function UpperRoundPart({ node, tier, full }: UpperRoundPartProps) {
  const record = useFogline(selectLatest);
  const round = useMemo(() => record && toUpperRound(record, node.id, tier), [record, node.id, tier]);
  const children = useFogline((state) => state.topology.children.get(node.id)?.length ?? 0);
  const buffer = useFogline((state) => tierPolicy(state.experiment, tier).buffer);
  if (!round || !record) {
    return (
      <Part title="Last round">
        <p className="inspector-note">No round yet: press Play or Step.</p>
      </Part>
    );
  }
  const below = tier === 'gateway' ? 'devices' : 'gateways';
  const worked = round.bytesDown > 0 || round.received > 0;
  return (
    <Part
      title={`Round ${round.round}`}
      aside={
        <>
          <strong>{cameIn(record, round, tier, { children, buffer })}</strong> · times {times}
        </>
      }
    >
      {worked ? (
        <Facts facts={toFacts(round, below, record.codecs[tier], record.synchrony[tier])} />
      ) : (
        <p className="inspector-note">No model came by, and no update: none of its {below} took part.</p>
      )}
      {tier === 'gateway' && (full || !worked || round.bytesDown === 0) && <CacheLine node={node} />}
    </Part>
  );
}

function CacheLine({ node }: { readonly node: UpperNode }) {
  const experiment = useFogline((state) => state.experiment);
  const initialExperiment = useFogline((state) => state.initialExperiment);
  const history = useFogline((state) => state.history);
  const state = useSwitchState(node);
  const since = useMemo(
    () => cachedSince(history, initialExperiment, node.number),
    [history, initialExperiment, node.number],
  );
  return (
    <p className="inspector-note">
      <b>Cache:</b> {toCacheWords({ experiment, since, isOff: state.off.has(node.id), isCut: isCutAbove(state) })}
    </p>
  );
}
