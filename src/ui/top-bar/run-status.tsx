// How far the run is: the round, a thin bar of its progress, and the simulated clock.

import { type FoglineState, type Phase, type Recovery, selectIsDone } from '../../store/store.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCount, formatCounted, formatSeconds } from '../format.ts';

const selectRound = ({ history }: FoglineState): number => history.at(-1)?.round ?? 0;
const selectClock = ({ history }: FoglineState): number => history.at(-1)?.end ?? 0;

const words: Readonly<Record<Phase, string>> = {
  loading: 'Preparing data and models',
  paused: 'Paused',
  running: 'Running',
  pausing: 'Pausing after this round',
  stepping: 'One round',
  finished: 'Finished',
  failed: 'Stopped by an error',
};

/** Data are dealt to so many in a moment; to thousands it takes seconds, and the page says what it waits for. */
const DEALT_AT_ONCE = 500;
const selectDealing = ({ partition, phase, topology }: FoglineState): number =>
  partition === null && phase !== 'failed' && topology.devices.length > DEALT_AT_ONCE ? topology.devices.length : 0;

/** How far the recovery is. */
const catchingUp = ({ round, rounds }: Recovery): string =>
  round === 0 ? 'Starting again…' : `Catching up: round ${formatCount(round)} of ${formatCount(rounds)}`;

export function RunStatus() {
  const round = useFogline(selectRound);
  const rounds = useFogline((state) => state.experiment.rounds);
  const clock = useFogline(selectClock);
  const phase = useFogline((state) => state.phase);
  const dealing = useFogline(selectDealing);
  const recovery = useFogline((state) => state.recovery);
  const isDone = useFogline(selectIsDone);
  // A target accuracy may end a run before its last round.
  const hasTarget = round < rounds;
  const share = isDone ? 1 : Math.min(1, round / rounds);
  return (
    <div className="run-status">
      <div className="run-status-line">
        <span className="run-status-round number">
          {isDone ? (
            <>
              <b>{hasTarget ? 'Target met' : 'Finished'}</b> {formatCounted(round, 'round')}
            </>
          ) : (
            <>
              <b>Round {formatCount(round)}</b> of {formatCount(rounds)}
            </>
          )}
        </span>
        {phase === 'failed' ? (
          <span className="run-status-clock">
            <b className="run-status-failed">Stopped</b> · {recovery ? 'Play' : 'Reset'} tries again
          </span>
        ) : recovery ? (
          <span className="run-status-clock number">{catchingUp(recovery)}</span>
        ) : dealing > 0 ? (
          <span className="run-status-clock number">Dealing data to {formatCounted(dealing, 'device')}…</span>
        ) : (
          <span className="run-status-clock number" title="Time that the modelled devices and links would have taken">
            <b>{formatSeconds(clock)}</b> simulated
          </span>
        )}
      </div>
      <div
        className="run-status-track"
        role="progressbar"
        aria-label="Progress of the run"
        aria-valuemin={0}
        aria-valuemax={isDone ? round : rounds}
        aria-valuenow={Math.min(round, rounds)}
        aria-valuetext={
          isDone
            ? `Finished after ${formatCounted(round, 'round')}${hasTarget ? ': target accuracy reached' : ''}`
            : `Round ${round} of ${rounds}`
        }
      >
        <div className="run-status-bar" style={{ transform: `scaleX(${share})` }} />
      </div>
      <span className="visually-hidden" role="status">
        {recovery && phase !== 'failed' ? catchingUp(recovery) : words[phase]}
      </span>
    </div>
  );
}
