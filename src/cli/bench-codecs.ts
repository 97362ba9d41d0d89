// How long it takes to encode and decode a cohort's updates, against training it: in turns, so that a busy machine slows both.

import { type CodecSpec, makeCodec } from '../sim/compression/index.ts';
import { Rng } from '../sim/random.ts';
import type { Cohort, LocalTrainer } from '../sim/trainer.ts';

const RUNS = 20;

export interface CodecTiming {
  readonly label: string;
  /** Medians, in milliseconds: all devices' updates encoded and decoded, and their training. */
  readonly coding: number;
  readonly training: number;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

export async function timeCodecs(
  trainer: LocalTrainer,
  cohort: Cohort,
  specs: readonly CodecSpec[],
): Promise<CodecTiming[]> {
  const shapes = cohort.model.tensors.map(({ shape }) => shape);
  const trained = await trainer.train(cohort);
  const updates = trained.map(({ weights }, i) => weights.map((weight, at) => weight - cohort.members[i].start[at]));
  const codecs = specs.map(makeCodec);
  const training: number[] = [];
  const coding: number[][] = specs.map(() => []);
  for (let run = -1; run < RUNS; run++) {
    const began = performance.now();
    await trainer.train(cohort);
    const trainingTime = performance.now() - began;
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
