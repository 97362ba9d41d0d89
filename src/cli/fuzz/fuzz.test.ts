// Broken experiment files end in one clean sentence, at once. `npm run test:fuzz` tries far more of them, and in processes of their own.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Rng } from '../../sim/random.ts';
import { checkFile, faultOf } from './check-file.ts';
import { handwrittenFiles } from './handwritten-files.ts';
import { mutatedFile } from './mutated-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'fogline-fuzz-'));
const file = join(folder, 'experiment.json');
afterAll(() => rmSync(folder, { recursive: true }));

it('has 300 handwritten files', () => {
  expect(handwrittenFiles.length).toBeGreaterThanOrEqual(300);
});

it('says of every handwritten file what is wrong with it', async () => {
  for (const { name, content, expected } of handwrittenFiles) {
    writeFileSync(file, content);
    const result = await checkFile(file);
    expect(faultOf(result), name).toBeNull();
    const { exitCode, stderr } = result;
    expect(exitCode, `${name}: ${stderr}`).toBe(expected === null ? 0 : 2);
    if (expected !== null)
      expect(
        expected.split('|').some((part) => stderr.includes(part)),
        `${name}: ${stderr}`,
      ).toBe(true);
  }
});

it('answers 500 mutated files with exit code 0 or one clean sentence', async () => {
  const counts = { 0: 0, 2: 0 };
  for (let i = 0; i < 500; i++) {
    writeFileSync(file, mutatedFile(new Rng(`mutation ${i}`)));
    const result = await checkFile(file);
    expect(faultOf(result), `mutation ${i}`).toBeNull();
    counts[result.exitCode]++;
  }
  expect(counts[0]).toBeGreaterThan(25);
  expect(counts[2]).toBeGreaterThan(250);
});
