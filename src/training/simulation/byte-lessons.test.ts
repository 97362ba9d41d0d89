// What the lessons about bytes say of bytes and seconds, held to real runs of them; their accuracies are held to several seeds by
// src/cli/accuracies/accuracies.test.ts.

import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../sim/engine/run.ts';
import { applyChanges, type Change } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { lessonOf } from '../../sim/lessons/lessons.ts';
import { durationOf, type RoundRecord } from '../../sim/record/record.ts';
import type { LocalTrainer } from '../../sim/trainer.ts';
import { nodeWasmPaths } from '../node-wasm-paths.ts';
import { createTrainer } from '../trainer.ts';

const readAsset = async () => '';
const SEEDS = [1, 2];

let trainer: LocalTrainer;
beforeAll(async () => {
  trainer = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
});

/** The last record of so many rounds of a lesson, with what the lesson then asks to change. */
async function lastOf(rounds: number, seed: number, id: string, more: readonly Change[] = []): Promise<RoundRecord> {
  const changes = [
    ...(lessonOf(id)?.changes ?? []),
    ...more,
    { path: 'rounds', value: rounds },
    { path: 'seed', value: seed },
  ];
  let last: RoundRecord | undefined;
  for await (const record of run(applyChanges(defaultExperiment, changes), trainer, { readAsset })) last = record;
  if (!last) throw new Error('The run has no round.');
  return last;
}

const bytesUp = ({ devices }: RoundRecord): number => devices.bytesUp.reduce((sum, bytes) => sum + bytes, 0);

describe('the lesson', () => {
  it.each(SEEDS)(
    'the way down: a round of 0.66 s, and about a third of it with differences (seed %i)',
    async (seed) => {
      const whole = await lastOf(10, seed, 'way-down');
      const difference = await lastOf(10, seed, 'way-down', [
        { path: 'compression.down.sparsify', value: 'threshold' },
        { path: 'compression.down.difference', value: true },
      ]);
      expect(durationOf(whole)).toBeCloseTo(0.66, 2);
      expect(durationOf(difference) / durationOf(whole)).toBeGreaterThan(0.28);
      expect(durationOf(difference) / durationOf(whole)).toBeLessThan(0.38);
      expect(difference.evaluation).toEqual(whole.evaluation);
    },
  );

  it.each(SEEDS)('weights or updates: the same bytes (seed %i)', async (seed) => {
    const weights = await lastOf(2, seed, 'payload');
    const update = await lastOf(2, seed, 'payload', [{ path: 'compression.payload', value: 'update' }]);
    expect(bytesUp(update)).toBe(bytesUp(weights));
  });
});
