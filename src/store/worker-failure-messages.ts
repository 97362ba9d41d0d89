// What the page says when a worker was lost, and when another has taken over: what happened, what is being done, and what of the
// run is kept.

import { plainCount } from '../sim/plain-text.ts';
import type { Loss } from '../worker/client/sim-client.ts';
import { type BackendId, backendTitles } from '../worker/protocol.ts';

/** 'rounds 1 to 12', as words for what is kept; '' before the first round. */
const keptRounds = (done: number): string => {
  if (done === 0) return '';
  return done === 1 ? ' Round 1 is kept.' : ` Rounds 1 to ${plainCount(done)} are kept.`;
};

/** A sentence of its own: 'The training has not answered for 4 s.' */
export function whatHappened(loss: Loss, what = 'The training'): string {
  switch (loss.kind) {
    case 'silent':
      return `${what} has not answered for ${Math.round(loss.milliseconds / 1000)} s.`;
    case 'crashed':
      return loss.message ? `${what} broke off: ${loss.message.replace(/[.\s]+$/, '')}.` : `${what} broke off.`;
    case 'not loaded':
      return loss.message || 'A part of the program could not be loaded: the network or the site does not answer.';
  }
}

/** @param done rounds whose records the page has */
export function lossSentence(loss: Loss, without: BackendId | null, isLast: boolean, done: number): string {
  const what = whatHappened(loss);
  if (isLast) return `${what} Starting it again has failed several times.${keptRounds(done)}`;
  const instead = without ? `It is started again without ${backendTitles[without]}.` : 'It is started again.';
  return `${what} ${instead}${keptRounds(done)}`;
}

/** @param backend another one than before, or null */
export function recoveredSentence(backend: BackendId | null, done: number): string {
  const onward =
    done === 0 ? 'The training is ready again.' : `The training goes on after round ${done}; no round is lost.`;
  if (!backend) return onward;
  return `${onward} It now runs on ${backendTitles[backend]}: last digits may differ from earlier rounds.`;
}
