// Every experiment of examples/ runs, and shows in its first two rounds what it is there for.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../sim/engine/run.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import type { LocalTrainer } from '../../sim/trainer.ts';
import { nodeWasmPaths } from '../../training/node-wasm-paths.ts';
import { createTrainer } from '../../training/trainer.ts';
import { readExperiment } from '../arguments/read-experiment.ts';
import { readAsset } from '../shared/read-asset.ts';
import { toOutputLine } from '../simulate/output-line.ts';

const folder = new URL('../../../examples/', import.meta.url);

const shows: Readonly<Record<string, (first: RoundRecord, second: RoundRecord) => void>> = {
  'plain.json': (first, second) => {
    expect(toOutputLine(first)).toMatchObject({ round: 1, devices_trained: 10, absent: {}, battery_min_pct: 100 });
    expect(second.evaluation.accuracy).toBeGreaterThan(0.4);
  },
  'stragglers-deadline.json': (first) => expect(toOutputLine(first).absent).toEqual({ late: 3 }),
  'stragglers-fed-buff.json': (first, second) => {
    expect(toOutputLine(first)).toMatchObject({ devices_trained: 15, stale_mean: 0 });
    expect(second.staleMean).toBeGreaterThan(0);
  },
  'semi-asynchronous.json': (first, second) => {
    // The two gateways without a slow device are first, and again, while the third waits.
    expect(toOutputLine(first)).toMatchObject({ devices_trained: 27, stale_mean: 0 });
    expect(first).toMatchObject({ cloudReceived: 2, cloudUpdates: 20 });
    expect(second.end).toBeLessThan(2);
    expect(toOutputLine(second).absent).toMatchObject({ 'waits for others': 7 });
  },
  'battery-life.json': (first, second) => {
    expect(second.start).toBe(3600);
    expect(toOutputLine(second).battery_min_pct).toBeLessThan(toOutputLine(first).battery_min_pct);
  },
  'weather-stations.json': (first, second) => {
    expect(toOutputLine(first).devices_trained).toBe(30);
    expect(second.evaluation.accuracy).toBeGreaterThan(0.5);
  },
  'two-families.json': (first) => {
    expect(first.families.map(({ kind, devices }) => [kind, devices])).toEqual([
      ['tiny-mlp', 15],
      ['micro-cnn', 15],
    ]);
    for (const { distillation } of first.families) expect(distillation).toBeGreaterThan(0);
  },
};

let trainer: LocalTrainer;
beforeAll(async () => {
  trainer = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
});

it('covers every file of examples/', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(shows).sort());
});

describe.each(Object.keys(shows))('examples/%s', (file) => {
  it('runs', async () => {
    const path = fileURLToPath(new URL(file, folder));
    const experiment = await readExperiment({ file: path, rounds: 2, seed: null, backend: 'wasm' });
    const records: RoundRecord[] = [];
    for await (const record of run(experiment, trainer, { readAsset })) records.push(record);
    const [first, second] = records;
    expect(records).toHaveLength(2);
    shows[file](first, second);
  });
});
