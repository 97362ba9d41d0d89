// What the same message would take under the other codecs, from the smallest to the largest, and one click to switch.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { type CodecSpec, codecLabel } from '../../../sim/compression/codec-spec.ts';
import { type CodecTier, toCodecChanges } from '../../../sim/lab/packet/codec-changes.ts';
import type { CodecTrial } from '../../../sim/lab/packet/other-codecs.ts';
import { foglineStore, useFogline } from '../../../store/use-fogline.ts';
import { formatBytes } from '../../format.ts';
import { formatError } from '../lab-format.ts';
import { LabPart } from '../lab-part.tsx';

const placeNames: Readonly<Record<CodecTier, string>> = {
  device: 'device → gateway',
  gateway: 'gateway → fog',
  fog: 'fog → cloud',
  down: 'back down',
};

interface AlternativesProps {
  readonly alternatives: readonly CodecTrial[];
  readonly place: CodecTier;
}

export function Alternatives({ alternatives, place }: AlternativesProps) {
  const set = useFogline((state) => codecLabel(state.experiment.compression[place]));
  const canStep = useFogline((state) => state.phase === 'paused');
  const [used, setUsed] = useState<string | null>(null);
  const most = alternatives.at(-1)?.bytes ?? 1;
  const use = (label: string, spec: CodecSpec) => {
    if (foglineStore.getState().change(toCodecChanges(place, spec))) setUsed(label);
  };
  return (
    <LabPart title="The same message under every codec" className="alternatives">
      <div className="alternatives-said" role="status">
        {used !== null && (
          <>
            {used}, {placeNames[place]}, from the next round on.{' '}
            {canStep && (
              <Button variant="default" size="compact-xs" onClick={() => foglineStore.getState().step()}>
                Run one round
              </Button>
            )}
          </>
        )}
      </div>
      <div className="alternatives-list">
        <table className="alternatives-table number">
          <thead>
            <tr>
              <th scope="col">Codec, {placeNames[place]}</th>
              <th scope="col">Size</th>
              <th scope="col">Error</th>
              <th scope="col">
                <span className="visually-hidden">Switch</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {alternatives.map(({ label, bytes, relativeError, spec }) => (
              <tr key={label} data-own={spec === null || undefined}>
                <th scope="row">
                  {label}
                  <span
                    className="alternatives-bar"
                    aria-hidden="true"
                    style={{ transform: `scaleX(${Math.min(1, bytes / most)})` }}
                  />
                </th>
                <td>{formatBytes(bytes)}</td>
                <td>{formatError(relativeError)}</td>
                <td>
                  {spec === null ? (
                    <span className="alternatives-own">this packet</span>
                  ) : label === set ? (
                    <span className="alternatives-own">next round</span>
                  ) : (
                    <Button
                      variant="default"
                      size="compact-xs"
                      aria-label={`Use this codec: ${label}`}
                      title={`Use this codec, ${placeNames[place]}, from the next round on`}
                      onClick={() => use(label, spec)}
                    >
                      Use
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </LabPart>
  );
}
