// The page's messages when a worker has failed, and when another has replaced it: what happened, what is being done, and what of
// the run is kept.

import { formatInteger } from '../sim/printable-text.ts';
import type { WorkerFailure } from '../worker/client/sim-client.ts';
import { type BackendId, backendDisplayNames } from '../worker/protocol.ts';

/** ' Rounds 1 to 12 are kept.'; '' before the first round. */
const completedRoundsMessage = (rounds: number): string => {
  if (rounds === 0) return '';
  return rounds === 1 ? ' Round 1 is kept.' : ` Rounds 1 to ${formatInteger(rounds)} are kept.`;
};

/** A sentence of its own: 'The training has not answered for 4 s.' */
export function describeFailure(failure: WorkerFailure, subject = 'The training'): string {
  switch (failure.kind) {
    case 'unresponsive':
      return `${subject} has not answered for ${Math.round(failure.milliseconds / 1000)} s.`;
    case 'crashed':
      return failure.message
        ? `${subject} broke off: ${failure.message.replace(/[.\s]+$/, '')}.`
        : `${subject} broke off.`;
    case 'load failed':
      return failure.message || 'A part of the program could not be loaded: the network or the site does not answer.';
  }
}

/** @param rounds completed ones, whose records the page has */
export function failureMessage(
  failure: WorkerFailure,
  excludedBackend: BackendId | null,
  isFinal: boolean,
  rounds: number,
): string {
  const what = describeFailure(failure);
  if (isFinal) return `${what} Starting it again has failed several times.${completedRoundsMessage(rounds)}`;
  const instead = excludedBackend
    ? `It is started again without ${backendDisplayNames[excludedBackend]}.`
    : 'It is started again.';
  return `${what} ${instead}${completedRoundsMessage(rounds)}`;
}

/** @param backend the new worker's, if it is another one than before; else null */
export function recoveryMessage(backend: BackendId | null, rounds: number): string {
  const continues =
    rounds === 0 ? 'The training is ready again.' : `The training goes on after round ${rounds}; no round is lost.`;
  if (!backend) return continues;
  return `${continues} It now runs on ${backendDisplayNames[backend]}: last digits may differ from earlier rounds.`;
}
