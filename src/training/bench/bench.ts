// How fast the trainer is: the default cohort (30 devices × 100 samples, batch 16, one epoch = 7 steps) in one program, and
// the same devices one after another: through the same trainer, or by TensorFlow.js's own gradients and optimiser. Runs
// alternate, so that a busy machine slows both alike.

import type { Cohort, LocalTrainer } from '../../sim/trainer.ts';
import type { BackendName, BackendOptions } from '../backend/backend.ts';
import { createTrainer } from '../trainer.ts';
import { trainByAutograd } from './autograd.ts';
import { type BenchCohortOptions, benchCohort } from './bench-cohort.ts';

export interface BenchOptions extends BenchCohortOptions {
  /** How devices train one after another: through the trainer by default. */
  readonly oneByOne?: 'trainer' | 'autograd';
  /** Measured runs of each way, after one warm-up. */
  readonly runs?: number;
}

export interface BenchResult {
  readonly backend: string;
  readonly model: string;
  readonly devices: number;
  readonly steps: number;
  /** Medians. */
  readonly stackedMilliseconds: number;
  readonly oneByOneMilliseconds: number;
  /** How many times as fast the stacked cohort is. */
  readonly ratio: number;
}

/** Times a backend on the default cohort. */
export async function benchBackend(
  backend: BackendName,
  options: BenchOptions & BackendOptions = {},
): Promise<BenchResult> {
  return benchTrainer(await createTrainer(backend, options), options);
}

/** Times a trainer on the default cohort. */
export async function benchTrainer(trainer: LocalTrainer, options: BenchOptions = {}): Promise<BenchResult> {
  const cohort = benchCohort(options);
  const alone = cohort.members.map((member): Cohort => ({ ...cohort, members: [member] }));
  const train = options.oneByOne === 'autograd' ? trainByAutograd : trainer.train;
  const stacked: number[] = [];
  const oneByOne: number[] = [];
  let steps = 0;
  const runs = options.runs ?? 20;
  for (let run = -1; run < runs; run++) {
    const started = performance.now();
    const [first] = await trainer.train(cohort);
    const between = performance.now();
    for (const one of alone) await train(one);
    const ended = performance.now();
    steps = first.steps;
    if (run < 0) continue;
    stacked.push(between - started);
    oneByOne.push(ended - between);
  }
  const [stackedMilliseconds, oneByOneMilliseconds] = [median(stacked), median(oneByOne)];
  return {
    backend: trainer.backend,
    model: cohort.model.label,
    devices: cohort.members.length,
    steps,
    stackedMilliseconds,
    oneByOneMilliseconds,
    ratio: oneByOneMilliseconds / stackedMilliseconds,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
