import { engine, memory } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabelledData } from '../sim/data/dataset.ts';
import { initialWeights, type ModelSpec } from '../sim/model/models.ts';
import { Rng } from '../sim/random.ts';
import { logisticRegression, microCnn, tinyMlp } from '../sim/testing/models.ts';
import type { Cohort, CohortMember, LocalTrainer, MemberResult } from '../sim/trainer.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import { createTrainer } from './trainer.ts';

function randomData({ features, classes }: ModelSpec, samples: number, rng: Rng): LabelledData {
  return {
    features: Float32Array.from({ length: samples * features }, () => rng.normal()),
    labels: Uint8Array.from({ length: samples }, () => rng.integer(classes)),
  };
}

function device(
  model: ModelSpec,
  samples: number,
  epochs: number,
  name: string | number,
  start?: Float32Array,
): CohortMember {
  const rng = new Rng(`device ${name}`);
  return {
    data: randomData(model, samples, rng.split('data')),
    start: start ?? initialWeights(model, rng.split('start')),
    epochs,
    rng,
  };
}

const cohortOf = (model: ModelSpec, members: readonly CohortMember[], batchSize = 16): Cohort => ({
  model,
  learningRate: 0.1,
  batchSize,
  members,
});

const trainAlone = async (trainer: LocalTrainer, cohort: Cohort): Promise<MemberResult[]> => {
  const results: MemberResult[] = [];
  for (const member of cohort.members) results.push(...(await trainer.train({ ...cohort, members: [member] })));
  return results;
};

const models = [
  tinyMlp(),
  microCnn(),
  { ...tinyMlp(32, 0.1, 3), label: 'TinyMLP of rank 3' },
  { ...microCnn(2), label: 'MicroCNN of rank 2' },
  logisticRegression(),
  { ...tinyMlp([12, 33, 5, 8], 0.2, 0, { features: 60, classes: 10 }), label: 'TinyMLP of four layers' },
  { ...microCnn(0, { features: 7, classes: 2 }), label: 'MicroCNN of 7 features' },
];

describe.each(['wasm', 'cpu'] as const)('a trainer on %s', (backend) => {
  let trainer: LocalTrainer;
  beforeAll(async () => {
    trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
  });

  it.each(models)('gives a device of $label the same result in any company, to the bit', async (model) => {
    const shared = initialWeights(model, new Rng('shared'));
    const cohort = cohortOf(model, [
      device(model, 100, 1, 0, shared),
      device(model, 37, 2, 1),
      device(model, 5, 1, 2, shared),
      device(model, 16, 3, 3),
      device(model, 1, 1, 4, shared),
      device(model, 0, 4, 5),
      device(model, 64, 0, 6),
    ]);
    expect(await trainer.train(cohort)).toEqual(await trainAlone(trainer, cohort));
  });

  it('takes as many steps as a DataLoader: the last mini-batch holds what is left', async () => {
    const model = tinyMlp();
    const members = [device(model, 100, 2, 0), device(model, 16, 1, 1), device(model, 3, 1, 2)];
    const results = await trainer.train(cohortOf(model, members));
    expect(results.map((result) => result.steps)).toEqual([14, 1, 1]);
    for (const { steps, stepLosses } of results) expect(stepLosses.length).toBe(steps);
  });

  it.each(models)('leaves no tensor of $label behind', async (model) => {
    const cohort = cohortOf(model, [device(model, 40, 1, 0), device(model, 10, 1, 1)]);
    const run = async (): Promise<void> => {
      await trainer.train(cohort);
      await trainer.evaluate(model, cohort.members[0].start, cohort.members[0].data);
    };
    await run();
    const before = { tensors: memory().numTensors, buffers: engine().backend.numDataIds() };
    await run();
    await run();
    expect({ tensors: memory().numTensors, buffers: engine().backend.numDataIds() }).toEqual(before);
  });
});

describe('a cohort', () => {
  let trainer: LocalTrainer;
  beforeAll(async () => {
    trainer = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
  });

  it('holds its devices apart, whatever their samples, epochs, width and mini-batches', async () => {
    const oneDevice = fc.record({ samples: fc.integer({ min: 0, max: 40 }), epochs: fc.integer({ min: 0, max: 3 }) });
    const cohorts = fc.record({
      devices: fc.array(oneDevice, { minLength: 1, maxLength: 6 }),
      batchSize: fc.integer({ min: 1, max: 50 }),
      hidden: fc.constantFrom(0, 1, 2, 7, 32, 33, 64),
      dropout: fc.constantFrom(0, 0.1, 0.5),
    });
    await fc.assert(
      fc.asyncProperty(cohorts, async ({ devices, batchSize, hidden, dropout }) => {
        const model = hidden === 0 ? microCnn() : tinyMlp(hidden, dropout);
        const members = devices.map(({ samples, epochs }, index) => device(model, samples, epochs, index));
        const cohort = cohortOf(model, members, batchSize);
        const together = await trainer.train(cohort);
        const alone = await trainAlone(trainer, cohort);
        together.forEach((result, index) => {
          const { samples, epochs } = devices[index];
          expect(result.steps).toBe(Math.ceil(samples / batchSize) * epochs);
          const gaps = result.weights.map((weight, at) => Math.abs(weight - alone[index].weights[at]));
          expect(Math.max(...gaps)).toBeLessThan(1e-6);
          if (result.steps === 0) expect(result.weights).toEqual(members[index].start);
        });
      }),
      { numRuns: 40, seed: 7 },
    );
  }, 60_000);

  it('gives each device its own result in a fleet wider than one program', async () => {
    const model = tinyMlp(4, 0);
    const start = initialWeights(model, new Rng('start'));
    const members = Array.from({ length: 300 }, (_, index) => device(model, 1 + (index % 20), 1, index, start));
    const cohort = cohortOf(model, members, 4);
    const results = await trainer.train(cohort);
    for (const index of [0, 19, 255, 256, 299]) {
      expect([results[index]]).toEqual(await trainer.train({ ...cohort, members: [members[index]] }));
    }
  });

  it('of nobody trains nobody', async () => {
    expect(await trainer.train(cohortOf(tinyMlp(), []))).toEqual([]);
  });

  it('returns the start of a device with nothing to do, as an array of its own', async () => {
    const model = tinyMlp();
    const member = device(model, 20, 0, 0);
    const [result] = await trainer.train(cohortOf(model, [member]));
    expect(result.weights).toEqual(member.start);
    expect(result.weights).not.toBe(member.start);
    expect(result).toMatchObject({ steps: 0, loss: Number.NaN, accuracy: Number.NaN });
  });

  it('gives the same seed the same result bit for bit, and another seed another', async () => {
    const model = tinyMlp();
    const cohort = cohortOf(model, [device(model, 50, 2, 0), device(model, 30, 1, 1)]);
    const first = await trainer.train(cohort);
    expect(await trainer.train(cohort)).toEqual(first);
    const [other] = await trainer.train({
      ...cohort,
      members: [{ ...cohort.members[0], rng: new Rng('another') }],
    });
    expect(other.weights).not.toEqual(first[0].weights);
  });

  it('does not touch its input', async () => {
    const model = tinyMlp();
    const member = device(model, 20, 1, 0);
    const before = structuredClone({ start: member.start, data: member.data });
    await trainer.train(cohortOf(model, [member]));
    expect({ start: member.start, data: member.data }).toEqual(before);
  });

  it('shuffles in each epoch unless shuffling is switched off', async () => {
    const model = tinyMlp(32, 0);
    const member = device(model, 48, 2, 0);
    const cohort = { ...cohortOf(model, [member]), learningRate: 0 };
    const [given] = await trainer.train({ ...cohort, shuffle: false });
    expect(given.stepLosses.slice(0, 3)).toEqual(given.stepLosses.slice(3));
    const [shuffled] = await trainer.train(cohort);
    expect(shuffled.stepLosses.slice(0, 3)).not.toEqual(shuffled.stepLosses.slice(3));
    expect(shuffled.loss).toBeCloseTo(given.loss, 6);
    expect(shuffled.accuracy).toBeCloseTo(given.accuracy, 12);
  });

  it.each([tinyMlp(12, 0), microCnn(), tinyMlp(12, 0, 2), microCnn(3)])(
    'follows the slope of the loss of $label',
    async (model) => {
      const member = device(model, 24, 1, 'slope');
      const learningRate = 1e-2;
      const cohort: Cohort = { model, learningRate, batchSize: 24, shuffle: false, members: [member] };
      const [{ weights }] = await trainer.train(cohort);
      // Each weight tensor is nudged along its own gradient, which float32 losses resolve well.
      let from = 0;
      for (const { shape } of model.tensors) {
        const to = from + shape.reduce((size, length) => size * length, 1);
        const gradient = member.start.slice(from, to).map((value, at) => (value - weights[from + at]) / learningRate);
        const norm = Math.hypot(...gradient);
        const lossAt = async (distance: number): Promise<number> => {
          const moved = member.start.slice();
          for (let at = from; at < to; at++) moved[at] += (distance * gradient[at - from]) / norm;
          return (await trainer.evaluate(model, moved, member.data)).loss;
        };
        const slope = ((await lossAt(5e-3)) - (await lossAt(-5e-3))) / 1e-2;
        expect(Math.abs(slope - norm) / norm).toBeLessThan(0.02);
        from = to;
      }
    },
  );

  it('learns what can be learnt', async () => {
    const model = tinyMlp();
    const rng = new Rng('signal');
    const { features: width, classes } = model;
    const labels = Uint8Array.from({ length: 200 }, () => rng.integer(classes));
    const features = Float32Array.from({ length: 200 * width }, (_, at) => {
      return 0.5 * rng.normal() + ((at % width) % classes === labels[Math.floor(at / width)] ? 1 : 0);
    });
    const member = { ...device(model, 0, 20, 'signal'), data: { features, labels } };
    const [result] = await trainer.train(cohortOf(model, [member]));
    const before = await trainer.evaluate(model, member.start, member.data);
    const after = await trainer.evaluate(model, result.weights, member.data);
    expect(before.accuracy).toBeLessThan(0.5);
    expect(after.accuracy).toBeGreaterThan(0.9);
    expect(after.loss).toBeLessThan(before.loss / 2);
    expect(after.confusion.reduce((sum, count) => sum + count, 0)).toBe(200);
  });
});

describe('dropout', () => {
  let trainer: LocalTrainer;
  beforeAll(async () => {
    trainer = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
  });

  it('changes training, but not an evaluation', async () => {
    const member = device(tinyMlp(), 40, 1, 0);
    const [withIt] = await trainer.train(cohortOf(tinyMlp(32, 0.3), [member]));
    const [without] = await trainer.train(cohortOf(tinyMlp(32, 0), [member]));
    expect(withIt.weights).not.toEqual(without.weights);
    const measured = await trainer.evaluate(tinyMlp(32, 0.3), member.start, member.data);
    expect(await trainer.evaluate(tinyMlp(32, 0), member.start, member.data)).toEqual(measured);
  });

  it('is the same as none when it is too rare to strike', async () => {
    const member = device(tinyMlp(), 40, 1, 0);
    const [rare] = await trainer.train(cohortOf(tinyMlp(32, 1e-9), [member]));
    const [none] = await trainer.train(cohortOf(tinyMlp(32, 0), [member]));
    expect(rare).toEqual(none);
  });
});

describe('bad input', () => {
  let trainer: LocalTrainer;
  beforeAll(async () => {
    trainer = await createTrainer('cpu');
  });
  const model = tinyMlp();
  const good = cohortOf(model, [device(model, 8, 1, 0)]);
  const withMember = (change: Partial<CohortMember>): Cohort => ({
    ...good,
    members: [{ ...good.members[0], ...change }],
  });
  const { features, labels } = good.members[0].data;

  it.each([
    [{ ...good, learningRate: Number.NaN }, 'The learning rate must be a finite number of at least 0, but is NaN.'],
    [{ ...good, batchSize: 0 }, 'The batch size must be a whole number of at least 1, but is 0.'],
    [{ ...good, model: tinyMlp(32, 1) }, 'The dropout rate must be at least 0 and below 1, but is 1.'],
    [withMember({ start: new Float32Array(10) }), 'Member 0 of the cohort has 10 weights, but TinyMLP has 1765.'],
    [
      withMember({ epochs: 0.5 }),
      'Member 0 of the cohort must train a whole number of epochs of at least 0, but has 0.5.',
    ],
    [
      withMember({ data: { features: features.slice(1), labels } }),
      'Member 0 of the cohort has 127 feature values for 8 samples of 16 features.',
    ],
    [
      withMember({ data: { features, labels: labels.map(() => 5) } }),
      'Member 0 of the cohort has the label 5, but there are 5 classes from 0 on.',
    ],
  ])('is refused in one sentence (%#)', async (cohort, sentence) => {
    await expect(trainer.train(cohort)).rejects.toThrow(sentence);
  });

  it('is refused by an evaluation too', async () => {
    const none = { features: new Float32Array(0), labels: new Uint8Array(0) };
    await expect(trainer.evaluate(model, good.members[0].start, none)).rejects.toThrow('There is no test data');
    await expect(trainer.evaluate(model, new Float32Array(3), good.members[0].data)).rejects.toThrow('has 3 weights');
  });
});
