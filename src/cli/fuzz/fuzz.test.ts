// Broken experiment files end in one clean sentence, at once. `npm run test:fuzz` tries far more of them, and in processes of their own.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Rng } from '../../sim/random.ts';
import { answer, faultOf } from './check-file.ts';
import { handMade } from './handwritten-files.ts';
import { mutatedFile } from './mutated-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'fogline-fuzz-'));
const file = join(folder, 'experiment.json');
afterAll(() => rmSync(folder, { recursive: true }));

it('has 300 files made by hand', () => {
  expect(handMade.length).toBeGreaterThanOrEqual(300);
});

it('says of every file made by hand what is wrong with it', async () => {
  for (const { name, content, says } of handMade) {
    writeFileSync(file, content);
    const { code, words, ...rest } = await answer(file);
    expect(faultOf({ code, words, ...rest }), name).toBeNull();
    expect(code, `${name}: ${words}`).toBe(says === null ? 0 : 2);
    if (says !== null)
      expect(
        says.split('|').some((part) => words.includes(part)),
        `${name}: ${words}`,
      ).toBe(true);
  }
});

it('answers 500 mutated files with exit code 0 or one clean sentence', async () => {
  const codes = { 0: 0, 2: 0 };
  for (let i = 0; i < 500; i++) {
    writeFileSync(file, mutatedFile(new Rng(`mutation ${i}`)));
    const given = await answer(file);
    expect(faultOf(given), `mutation ${i}`).toBeNull();
    codes[given.code]++;
  }
  expect(codes[0]).toBeGreaterThan(25);
  expect(codes[2]).toBeGreaterThan(250);
});
