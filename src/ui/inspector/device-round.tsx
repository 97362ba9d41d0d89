// "This round" of a device: where its time and its joules went, what it sent, and how well it learnt; or why it was absent.

import { useMemo } from 'react';
import { ramOf } from '../../sim/fleet/memory.ts';
import { storageOf } from '../../sim/fleet/storage.ts';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import { isAbsent } from '../../sim/record/statuses.ts';
import { useFogline } from '../../store/use-fogline.ts';
import {
  formatBytes,
  formatCounted,
  formatJoules,
  formatNumber,
  formatRatio,
  formatSeconds,
  formatShare,
} from '../format.ts';
import { deviceState, selectLatest } from '../graph/latest-record.ts';
import { Modelled } from '../tiles/modelled.tsx';
import { EnergyBar } from './energy-bar.tsx';
import { type Fact, Facts } from './facts.tsx';
import { Part } from './part.tsx';
import { type DeviceRound, toDeviceRound } from './to-round.ts';
import { toAbsenceSentence } from './why-absent.ts';

/** What error feedback keeps for the next update. */
const toHeldBack = (residual: number): Fact[] =>
  Number.isNaN(residual) ? [] : [{ name: 'Held back', values: [formatNumber(residual), 'L2 norm, sent later'] }];

function toFacts(round: DeviceRound): Fact[] {
  const saved = round.bytesUp > 0 ? round.bytesUpRaw / round.bytesUp : 1;
  return [
    { name: 'Download', values: [formatSeconds(round.download), formatBytes(round.bytesDown)] },
    {
      name: 'Compute',
      values: [
        formatSeconds(round.compute),
        `${formatCounted(round.samples, 'sample')}, ${formatCounted(round.steps, 'step')}`,
      ],
    },
    ...(round.silent > 0
      ? [{ name: 'Off time', values: [formatSeconds(round.silent), 'duty cycle, before the upload'] as const }]
      : []),
    {
      name: 'Upload',
      ...(saved > 1.005
        ? {
            values: [formatSeconds(round.upload), `${formatBytes(round.bytesUpRaw)} of floats`],
            long: `→ ${formatBytes(round.bytesUp)} as ${round.codec}, ${formatRatio(saved)} smaller`,
          }
        : { values: [formatSeconds(round.upload), `${formatBytes(round.bytesUp)} as ${round.codec}`] }),
    },
    ...toHeldBack(round.residual),
    {
      name: 'Training',
      values: [`loss ${formatNumber(round.loss)}`, `${formatShare(round.accuracy)} of its own right`],
    },
  ];
}

interface DeviceRoundPartProps {
  readonly node: DeviceNode;
  readonly full: boolean;
}

export function DeviceRoundPart({ node, full }: DeviceRoundPartProps) {
  const record = useFogline(selectLatest);
  const round = useMemo(() => record && toDeviceRound(record, node.number), [record, node.number]);
  if (!round) {
    return (
      <Part title="Last round">
        <p className="inspector-note">Not in a round yet: press Play or Step.</p>
      </Part>
    );
  }
  const state = deviceState(record, node.number);
  const busy = round.download + round.compute + round.upload;
  return (
    <Part
      title={`Round ${round.round}`}
      aside={
        <>
          <strong>{formatJoules(round.joules)}</strong>
          {busy > 0 && (
            <>
              {' '}
              · <strong>{formatSeconds(busy)}</strong>
            </>
          )}
          {round.bytesUp > 0 && (
            <>
              {' '}
              · <strong>{formatBytes(round.bytesUp)} up</strong>
            </>
          )}{' '}
          <Modelled what="Time and energy" formulas={['roundTrip', 'energy']} />
        </>
      }
    >
      {state !== 'waiting' && isAbsent(state) && (
        <p className="inspector-note">
          {toAbsenceSentence(state, {
            memory: round.memory,
            ram: ramOf(node.figures),
            storage: round.storage,
            capacity: storageOf(node.figures),
            joules: round.joules,
          })}
        </p>
      )}
      <EnergyBar energy={round.energy} total={round.joules} full={full} />
      {full && busy > 0 && <Facts facts={toFacts(round)} />}
    </Part>
  );
}
