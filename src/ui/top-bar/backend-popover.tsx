// What the models train on here (WebAssembly, the GPU or plain JavaScript), why it was picked, and the visitor's choice.

import { Popover, SegmentedControl } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { type Backend, backendDisplayNames, type FoglineState } from '../../store/store.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { backendLabels } from './backend-labels.ts';

type BackendId = Backend['chosen'];

const choices = [
  { value: 'auto', label: 'Fastest' },
  { value: 'wasm', label: backendLabels.wasm },
  { value: 'webgl', label: backendLabels.webgl },
  { value: 'cpu', label: backendLabels.cpu },
];

const isChoice = (value: string): value is BackendId | 'auto' => choices.some((choice) => choice.value === value);

const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;

function Timings({ timings, chosen }: { readonly timings: Backend['timings']; readonly chosen: BackendId }) {
  return (
    <table className="backend-timings">
      <caption>One small cohort trained on each: the best of several</caption>
      <tbody>
        {timings.map(({ backend, milliseconds: time, reason }) => (
          <Fragment key={backend}>
            <tr data-chosen={backend === chosen || undefined}>
              <th scope="row">{backendDisplayNames[backend]}</th>
              <td className="number">{time === undefined ? 'not timed' : milliseconds(time)}</td>
              <td>{backend === chosen ? '✓ used' : ''}</td>
            </tr>
            {time === undefined && reason && (
              <tr className="backend-reason-row">
                <td className="backend-reason" colSpan={3}>
                  {reason}
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** Why it trains on this one, as the end of a sentence. */
function reasonOf({ chosen, timings }: Backend, wanted: BackendId | 'auto'): string {
  if (wanted === chosen) return ', as you chose.';
  if (wanted !== 'auto') return `: ${backendDisplayNames[wanted]} does not run here.`;
  const own = timings.find(({ backend }) => backend === chosen)?.milliseconds ?? Number.POSITIVE_INFINITY;
  const others = timings.flatMap(({ backend, milliseconds: time }) =>
    backend === chosen || time === undefined ? [] : [time],
  );
  if (others.length === 0)
    return timings.length > 1 ? ', the only one that runs here.' : '. The others are being timed.';
  // They are timed only when somebody looks here.
  return others.every((time) => own <= time) ? ', the fastest here.' : '. The fastest is used from the next run on.';
}

const selectWall = ({ wallMillisecondsPerRound }: FoglineState): number | null => wallMillisecondsPerRound;

function LastRounds() {
  const wall = useFogline(selectWall);
  if (wall === null) return null;
  return <p className="number">The last rounds took {milliseconds(wall)} of this machine’s time each.</p>;
}

interface BackendPopoverProps {
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
  /** The button that opens it. */
  readonly target: ReactNode;
}

export function BackendPopover({ opened, onChange, target }: BackendPopoverProps) {
  const backend = useFogline((state) => state.backend);
  const wanted = useFogline((state) => state.wantedBackend);
  const hasRounds = useFogline((state) => state.history.length > 0);
  const failed = useFogline((state) => state.phase === 'failed');
  return (
    <Popover position="bottom-end" width={320} shadow="md" withArrow trapFocus opened={opened} onChange={onChange}>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown className="backend-popover">
        {backend ? (
          <>
            <p>
              <b>Trains on {backendDisplayNames[backend.chosen]}</b>
              {reasonOf(backend, wanted)}
            </p>
            <Timings timings={backend.timings} chosen={backend.chosen} />
          </>
        ) : (
          <p>
            {failed
              ? 'Nothing could be timed: the simulation did not start. Reset tries again.'
              : 'The ways to train on this machine are being timed.'}
          </p>
        )}
        <LastRounds />
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label="Train on"
          data={choices}
          value={wanted}
          onChange={(value) => isChoice(value) && foglineStore.getState().setBackend(value)}
        />
        <p className="backend-note">
          All training happens in this page; nothing leaves your machine.{' '}
          {hasRounds && 'Changing it starts the run again from round 1.'}
        </p>
      </Popover.Dropdown>
    </Popover>
  );
}
