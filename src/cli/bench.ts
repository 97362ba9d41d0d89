// npm run bench: how fast a default round is on this machine, all devices stacked in one tensor program against one device
// after another (with TensorFlow.js's own gradients and optimiser, and through the same program), and the rounds a second, for
// cpu and wasm; and how a round's time grows with ten and a hundred times as many devices. Read the ratios: both sides of each
// are from the same minutes of the same machine, milliseconds alone say little on a noisy one.

import { type CodecSpec, makeCodec } from '../sim/compression/index.ts';
import { run } from '../sim/engine/run.ts';
import { defaultExperiment } from '../sim/experiment/experiment.ts';
import { parseExperiment } from '../sim/experiment/parse-experiment.ts';
import { buildTopology } from '../sim/fleet/topology.ts';
import { Rng } from '../sim/random.ts';
import type { Cohort, LocalTrainer } from '../sim/trainer.ts';
import { benchTrainer } from '../training/bench/bench.ts';
import { benchCohort } from '../training/bench/bench-cohort.ts';
import { nodeWasmPaths } from '../training/node-wasm-paths.ts';
import { createTrainer } from '../training/trainer.ts';
import { readAsset } from './shared/read-asset.ts';

const ROUNDS = 30;

const codecs: readonly CodecSpec[] = [
  { sparsify: 'none', keep: 1, quantise: 'int8' },
  { sparsify: 'top-k', keep: 0.1, quantise: 'fp32' },
  { sparsify: 'top-k', keep: 0.1, quantise: 'int8' },
  { sparsify: 'none', keep: 1, quantise: 'int4', rotate: true },
  { factor: 'low-rank', rank: 4, sparsify: 'none', keep: 1, quantise: 'fp32' },
];

/** The models that are timed, 30 devices × 7 steps each, and how the devices train one after another. */
const trainings = [
  { model: 'tiny-mlp', oneByOne: 'autograd', how: 'optimizer.minimize' },
  { model: 'tiny-mlp', oneByOne: 'trainer', how: 'same program' },
  { model: 'micro-cnn', oneByOne: 'autograd', how: 'optimizer.minimize' },
  { model: 'micro-cnn', oneByOne: 'trainer', how: 'same program' },
] as const;

/** The same trainer, given one device at a time. */
const oneByOne = (trainer: LocalTrainer): LocalTrainer => ({
  ...trainer,
  train: async (cohort) => {
    const results = [];
    for (const member of cohort.members) results.push(...(await trainer.train({ ...cohort, members: [member] })));
    return results;
  },
});

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Wall milliseconds of each of a run's rounds after the first, which warms up. */
async function* roundTimes(trainer: LocalTrainer): AsyncGenerator<number> {
  let start = performance.now();
  for await (const { round } of run({ ...defaultExperiment, rounds: ROUNDS + 1 }, trainer, { readAsset })) {
    if (round > 1) yield performance.now() - start;
    start = performance.now();
  }
}

/** Alternates rounds of both runs, so that a busy moment slows both. */
async function timeWholeRounds(trainer: LocalTrainer): Promise<{ stacked: number; alone: number }> {
  const [stacked, alone]: [number[], number[]] = [[], []];
  const stackedRounds = roundTimes(trainer);
  const aloneRounds = roundTimes(oneByOne(trainer));
  for (;;) {
    const one = await timeNext(stackedRounds);
    const other = await timeNext(aloneRounds);
    if (one === null || other === null) break;
    stacked.push(one);
    alone.push(other);
  }
  return { stacked: median(stacked.slice(1)), alone: median(alone.slice(1)) };
}

async function timeNext(rounds: AsyncGenerator<unknown>): Promise<number | null> {
  const start = performance.now();
  const { done } = await rounds.next();
  return done ? null : performance.now() - start;
}

const CODEC_RUNS = 20;

interface CodecTiming {
  readonly label: string;
  /** Medians, in milliseconds: all devices' updates encoded and decoded, and their training. */
  readonly coding: number;
  readonly training: number;
}

/**
 * How long it takes to encode and decode a cohort's updates, against training it: they alternate, so that a busy machine slows
 * both alike.
 */
async function timeCodecs(trainer: LocalTrainer, cohort: Cohort, specs: readonly CodecSpec[]): Promise<CodecTiming[]> {
  const shapes = cohort.model.tensors.map(({ shape }) => shape);
  const trained = await trainer.train(cohort);
  const updates = trained.map(({ weights }, i) => weights.map((weight, at) => weight - cohort.members[i].start[at]));
  const codecs = specs.map(makeCodec);
  const training: number[] = [];
  const coding: number[][] = specs.map(() => []);
  for (let run = -1; run < CODEC_RUNS; run++) {
    const start = performance.now();
    await trainer.train(cohort);
    const trainingTime = performance.now() - start;
    for (const [index, codec] of codecs.entries()) {
      const since = performance.now();
      for (const values of updates) codec.decode(codec.encode({ shapes, values }, { rng: new Rng('bench') }), shapes);
      // The first run warms up.
      if (run >= 0) coding[index].push(performance.now() - since);
    }
    if (run >= 0) training.push(trainingTime);
  }
  return codecs.map(({ label }, index) => ({ label, coding: median(coding[index]), training: median(training) }));
}

/** Fleets of 30, 300 and 3,000 devices, each ten times the one before. */
const fleets = [
  { gatewaysPerFog: 3, devicesPerGateway: 10 },
  { gatewaysPerFog: 6, devicesPerGateway: 50 },
  { fogs: 3, gatewaysPerFog: 10, devicesPerGateway: 100 },
];
const SCALING_ROUNDS = 7;

/** Median milliseconds of a round of each fleet; rounds alternate, so that a busy moment slows all alike. */
async function timeFleets(
  trainer: LocalTrainer,
): Promise<readonly { readonly devices: number; readonly time: number }[]> {
  const data = { dataset: 'tutorial-noise', samplesPerDevice: 100 };
  const runs = fleets.map((fleet) => {
    const experiment = parseExperiment({ data, fleet, rounds: SCALING_ROUNDS + 1 });
    return { devices: buildTopology(experiment.fleet).devices.length, rounds: run(experiment, trainer, { readAsset }) };
  });
  const times: number[][] = runs.map(() => []);
  for (let round = 0; round <= SCALING_ROUNDS; round++) {
    for (const [index, { rounds }] of runs.entries()) {
      const time = await timeNext(rounds);
      // The first round opens the data and warms up.
      if (time !== null && round > 0) times[index].push(time);
    }
  }
  return runs.map(({ devices }, index) => ({ devices, time: median(times[index]) }));
}

const row = (what: string, stacked: string, alone: string, ratio: string) =>
  `${what.padEnd(32)}${stacked.padStart(12)}${alone.padStart(12)}${ratio.padStart(10)}\n`;
const milliseconds = (what: string, stacked: number, alone: number) =>
  row(`  ${what}`, `${stacked.toFixed(1)} ms`, `${alone.toFixed(1)} ms`, `${(alone / stacked).toFixed(1)} ×`);

for (const backend of ['wasm', 'cpu'] as const) {
  const trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
  process.stdout.write(row(backend, 'stacked', 'one by one', 'ratio'));
  for (const { how, ...training } of trainings) {
    const result = await benchTrainer(trainer, training);
    process.stdout.write(
      milliseconds(`${result.model}, ${how}`, result.stackedMilliseconds, result.oneByOneMilliseconds),
    );
  }
  const { stacked, alone } = await timeWholeRounds(trainer);
  process.stdout.write(milliseconds('default round, all of it', stacked, alone));
  process.stdout.write(row('  rounds a second', (1000 / stacked).toFixed(1), (1000 / alone).toFixed(1), ''));
  if (backend !== 'wasm') continue;
  process.stdout.write(row('encode and decode all updates', 'codec', 'training', 'ratio'));
  for (const { label, coding, training } of await timeCodecs(trainer, benchCohort(), codecs)) {
    process.stdout.write(milliseconds(label, coding, training));
  }
  process.stdout.write(row('synchronous rounds', 'a round', 'a device', 'ratio'));
  let before: number | null = null;
  for (const { devices, time } of await timeFleets(trainer)) {
    const ratio = before === null ? '' : `${(time / before).toFixed(1)} ×`;
    process.stdout.write(
      row(`  ${devices} devices`, `${time.toFixed(1)} ms`, `${(time / devices).toFixed(2)} ms`, ratio),
    );
    before = time;
  }
}
