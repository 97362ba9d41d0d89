import { describe, expect, it } from 'vitest';
import { type Measurement, toEfficiencyRows } from './efficiency.ts';
import { toSummarySentence } from './summary-sentence.ts';

const runs = (id: string, accuracies: readonly number[]): Measurement[] =>
  accuracies.map((accuracy, index) => ({
    id,
    seed: index + 1,
    rounds: 5,
    bytesUp: 1,
    bytesDown: 1,
    upload: 1,
    uploadRaw: 1,
    accuracy,
    energy: 1,
    time: 1,
  }));

const findingOf = (...measured: readonly Measurement[][]) => toSummarySentence(toEfficiencyRows(measured.flat()));

describe('the finding', () => {
  it('of one seed is that it is an anecdote', () => {
    expect(findingOf(runs('fp32', [0.9]), runs('int2', [0.5]))).toMatch(/^One seed is an anecdote/);
    expect(toSummarySentence([])).toBe('');
  });

  it('names a drop only where it is beyond the spread of the paired differences', () => {
    expect(
      findingOf(
        runs('fp32', [0.9, 0.92, 0.91]),
        runs('int8', [0.9, 0.91, 0.92]),
        runs('int2', [0.87, 0.89, 0.87]),
        runs('top-k-1', [0.92, 0.94, 0.93]),
      ),
    ).toBe(
      'Over 3 seeds, below FP32 by more than the spread: INT2 (3.3 ± 0.6 points); above it: top-k 1 %; not to be told from FP32: INT8.',
    );
  });

  it('says nothing while only FP32 is measured', () => {
    expect(findingOf(runs('fp32', [0.9, 0.92]))).toBe('');
  });
});
