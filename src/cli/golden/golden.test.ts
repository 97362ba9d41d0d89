// The golden set: the records of some ninety experiments are what they were when the set was written. After a change that must
// change them, `GOLDEN=write npx vitest run src/cli/golden` writes it again; the commit says which runs changed and why.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../sim/engine/run.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { trivialTrainer } from '../../sim/testing/trivial-trainer.ts';
import type { LocalTrainer } from '../../sim/trainer.ts';
import { nodeWasmPaths } from '../../training/node-wasm-paths.ts';
import { createTrainer } from '../../training/trainer.ts';
import { readAsset } from '../shared/read-asset.ts';
import { differences, type Fingerprint, fingerprintOf } from './fingerprint.ts';
import { type GoldenRun, goldenRuns } from './runs.ts';

const file = new URL('golden.json', import.meta.url);
const isWriting = process.env.GOLDEN === 'write';
const golden: Record<string, Fingerprint> =
  !isWriting && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const written: Record<string, Fingerprint> = {};

let learner: LocalTrainer;
beforeAll(async () => {
  learner = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
});
afterAll(() => {
  const lines = Object.entries(written).map(([name, each]) => `${JSON.stringify(name)}: ${JSON.stringify(each)}`);
  if (isWriting) writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
});

async function recordsOf({ experiment, edits, learns }: GoldenRun): Promise<RoundRecord[]> {
  const records: RoundRecord[] = [];
  const trainer = learns ? learner : trivialTrainer;
  for await (const record of run(experiment, trainer, { readAsset, edits })) records.push(record);
  return records;
}

describe('the golden set', () => {
  it('has at least eighty runs, all of them written down', () => {
    expect(goldenRuns.length).toBeGreaterThanOrEqual(80);
    if (!isWriting) expect(Object.keys(golden)).toEqual(goldenRuns.map(({ name }) => name));
  });

  it.each(goldenRuns.map((each) => [each.name, each] as const))('%s', async (name, each) => {
    const fingerprint = fingerprintOf(await recordsOf(each));
    written[name] = fingerprint;
    if (!isWriting) expect(differences(golden[name], fingerprint)).toEqual([]);
  });
});
