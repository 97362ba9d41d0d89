// "This round" of a gateway or a fog: what came in of how many, how long it took, and whether a gateway has a model to serve.

import { useMemo } from 'react';
import type { UpperNode } from '../../sim/fleet/topology.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatBytes, formatCounted, formatRatio, formatSeconds } from '../format.ts';
import { selectLatest } from '../graph/latest-record.ts';
import { RoundTripFormula } from '../tiles/formulas.tsx';
import { Modelled } from '../tiles/modelled.tsx';
import { cachedSince, toCacheWords } from './cached-model.ts';
import { type Fact, Facts } from './facts.tsx';
import { Part } from './part.tsx';
import { isCutAbove } from './switch-words.ts';
import { useSwitchState } from './switches.tsx';
import { toUpperRound, type UpperRound } from './to-round.ts';

const times = (
  <Modelled what="Time">
    <RoundTripFormula />
  </Modelled>
);

function toFacts(round: UpperRound, below: string, codec: string): Fact[] {
  const ratio = round.bytesUp > 0 ? round.bytesUpRaw / round.bytesUp : 1;
  return [
    { name: 'Download', values: [formatSeconds(round.download), formatBytes(round.bytesDown)] },
    { name: `Waits for ${below}`, values: [formatSeconds(round.waiting), formatCounted(round.samples, 'sample')] },
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
  const isAsync = useFogline((state) => state.experiment.aggregation.mode !== 'sync');
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
          <strong>
            {/* Asynchronous: a device may have sent more than one in a record. */}
            {isAsync ? `${formatCounted(round.received, 'update')} in` : `${round.received} of ${children} in`}
          </strong>{' '}
          · times {times}
        </>
      }
    >
      {worked ? (
        <Facts facts={toFacts(round, below, record.codecs[tier])} />
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
