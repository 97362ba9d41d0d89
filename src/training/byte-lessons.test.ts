// What the lessons about bytes say, held to real runs of them with the default seed.

import { beforeAll, describe, expect, it } from 'vitest';
import { applyChanges, type Change } from '../sim/edits.ts';
import { defaultExperiment } from '../sim/experiment.ts';
import { durationOf, type RoundRecord } from '../sim/record.ts';
import { run } from '../sim/run.ts';
import type { LocalTrainer } from '../sim/trainer.ts';
import { lessonOf } from '../ui/controls/lessons.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import { createTrainer } from './trainer.ts';

const readAsset = async () => '';

let trainer: LocalTrainer;
beforeAll(async () => {
  trainer = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
});

/** The 60th record of a lesson, with what the lesson then asks to change. */
async function after60(id: string, more: readonly Change[] = []): Promise<RoundRecord> {
  const changes = [...(lessonOf(id)?.changes ?? []), ...more];
  const experiment = applyChanges(defaultExperiment, [...changes, { path: 'rounds', value: 60 }]);
  let last: RoundRecord | undefined;
  for await (const record of run(experiment, trainer, { readAsset })) last = record;
  if (!last) throw new Error('The run has no round.');
  return last;
}

const percent = ({ evaluation }: RoundRecord): number => 100 * evaluation.accuracy;
/** A point of room: another processor may round otherwise. */
const expectAbout = (record: RoundRecord, said: number): void =>
  expect(Math.abs(percent(record) - said)).toBeLessThan(1);
const bytesUp = ({ devices }: RoundRecord): number => devices.bytesUp.reduce((sum, bytes) => sum + bytes, 0);

describe('the lesson', () => {
  it('one value in a hundred: 80 % without error feedback, 89 % with it', async () => {
    expectAbout(await after60('error-memory'), 80);
    const remembered = await after60('error-memory', [{ path: 'compression.device.feedback', value: true }]);
    expectAbout(remembered, 89);
  });

  it('the way down: a round of 0.66 s, and 0.24 s with differences', async () => {
    const whole = await after60('way-down');
    const difference = await after60('way-down', [
      { path: 'compression.down.sparsify', value: 'threshold' },
      { path: 'compression.down.difference', value: true },
    ]);
    expect(durationOf(whole)).toBeCloseTo(0.66, 2);
    expect(durationOf(difference)).toBeCloseTo(0.24, 2);
    expect(percent(difference)).toBe(percent(whole));
  });

  it('weights or updates: 75 % and 90 % for the same bytes', async () => {
    const weights = await after60('payload');
    const update = await after60('payload', [{ path: 'compression.payload', value: 'update' }]);
    expectAbout(weights, 75);
    expectAbout(update, 90);
    expect(bytesUp(update)).toBe(bytesUp(weights));
  });
});
