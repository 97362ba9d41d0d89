// When a run ends: after its last round, or with the first one that reaches the accuracy that was asked for.

import type { Experiment } from '../experiment/experiment.ts';
import type { RoundRecord } from './record.ts';

type Reached = Pick<RoundRecord, 'round'> & { readonly evaluation: Pick<RoundRecord['evaluation'], 'accuracy'> };
type Ends = Pick<Experiment, 'rounds' | 'targetAccuracy'>;

/** Whether a round's accuracy on the test set is the one that the run was to reach; 0 is no target. */
const hasReached = ({ evaluation }: Reached, { targetAccuracy }: Ends): boolean =>
  targetAccuracy > 0 && evaluation.accuracy >= targetAccuracy;

/** Whether a run ends with this round. */
export const isLastRound = (record: Reached, ends: Ends): boolean =>
  record.round >= ends.rounds || hasReached(record, ends);

const percent = (share: number): string => `${Math.round(1000 * share) / 10} %`;

/** A sentence on why a run ended before its last round; null if it did not. */
export function targetSentence(record: Reached, ends: Ends): string | null {
  const { round, evaluation } = record;
  if (round >= ends.rounds || !hasReached(record, ends)) return null;
  return `Round ${round} reached the target accuracy of ${percent(ends.targetAccuracy)} with ${percent(evaluation.accuracy)}: the run ends.`;
}
