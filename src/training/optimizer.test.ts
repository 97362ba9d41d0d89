import { dispose, engine, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ModelSpec, microCnn, tinyMlp } from '../sim/model/models.ts';
import { pruningMask } from '../sim/model/pruning.ts';
import type { Cohort, LocalTrainer } from '../sim/trainer.ts';
import { trainByAutograd } from './autograd.ts';
import { benchCohort } from './bench-cohort.ts';
import { longestFirst, planColumns } from './cohort.ts';
import { tensorsOf } from './layer-weights.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import { openProgram } from './stacked-program.ts';
import { createTrainer } from './trainer.ts';
import { unstackWeights } from './weight-layout.ts';

const models: readonly ModelSpec[] = [tinyMlp(32, 0), microCnn()];
const lowRank: ModelSpec = { ...tinyMlp(32, 0, 3), label: 'TinyMLP of rank 3' };

/** Five devices with different amounts of samples, so that they end one after another. */
function cohortOf(model: ModelSpec, changes: Partial<Cohort> = {}): Cohort {
  const whole = benchCohort({ model: model.kind, devices: 5, samples: 60 });
  const members = whole.members.map((member, index) => {
    const samples = 60 - 11 * index;
    const { features, labels } = member.data;
    const data = { features: features.slice(0, samples * 16), labels: labels.slice(0, samples) };
    const start = Float32Array.from({ length: model.parameters }, (_, i) => 0.2 * Math.sin(i * i + index));
    return { ...member, data, start, epochs: 2 };
  });
  return { ...whole, learningRate: 0.05, model, ...changes, members: changes.members ?? members };
}

const furthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  let trainer: LocalTrainer;
  beforeAll(async () => {
    trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
  });

  const optimizers = [
    { momentum: 0.9, weightDecay: 0 },
    { momentum: 0, weightDecay: 0.05 },
    { momentum: 0.9, weightDecay: 0.05 },
  ];
  it.each(models.flatMap((model) => optimizers.map((optimizer) => ({ model, label: model.label, ...optimizer }))))(
    '$label with momentum $momentum and weight decay $weightDecay follows TensorFlow.js’s own optimiser',
    async ({ model, momentum, weightDecay }) => {
      const cohort = cohortOf(model, { momentum, weightDecay });
      const plain = await trainer.train(cohortOf(model));
      const stacked = await trainer.train(cohort);
      const automatic = await trainByAutograd(cohort);
      stacked.forEach(({ weights }, device) => {
        expect(furthest(weights, automatic[device])).toBeLessThan(2e-6);
        expect(furthest(weights, plain[device].weights)).toBeGreaterThan(1e-3);
      });
    },
  );

  it('takes PyTorch’s steps: v ← μ v + g + λ w; w ← w − η v, by hand over three steps', async () => {
    const model = tinyMlp(8, 0);
    const [learningRate, momentum, weightDecay] = [0.1, 0.8, 0.02];
    const member = { ...cohortOf(model).members[4], epochs: 1 };
    const shared = { model, batchSize: 8, shuffle: false };
    /** Minus the gradient at these weights on the samples of one step, times the rate of a plain step of 1. */
    const gradientAt = async (weights: Float32Array, step: number): Promise<Float32Array> => {
      const [from, to] = [8 * step, Math.min(16, 8 * step + 8)];
      const { features, labels } = member.data;
      const data = { features: features.slice(from * 16, to * 16), labels: labels.slice(from, to) };
      const [result] = await trainer.train({
        ...shared,
        learningRate: 1,
        members: [{ ...member, data, start: weights }],
      });
      return result.weights.map((value, i) => weights[i] - value);
    };
    let weights = member.start;
    let velocity = new Float32Array(model.parameters);
    for (const step of [0, 1]) {
      const gradient = await gradientAt(weights, step);
      velocity = velocity.map((v, i) => momentum * v + gradient[i] + weightDecay * weights[i]);
      weights = weights.map((w, i) => w - learningRate * velocity[i]);
    }
    const [result] = await trainer.train({ ...shared, learningRate, momentum, weightDecay, members: [member] });
    expect(result.steps).toBe(2);
    expect(furthest(result.weights, weights)).toBeLessThan(1e-6);
  });

  it.each([...models, lowRank])('one step of $label with momentum is a plain step, to the bit', async (model) => {
    const one = cohortOf(model).members.map((member) => ({ ...member, epochs: 1, steps: 1 }));
    const plain = await trainer.train(cohortOf(model, { members: one }));
    expect(await trainer.train(cohortOf(model, { members: one, momentum: 0.9 }))).toEqual(plain);
  });

  it('momentum 0 and weight decay 0 change nothing, to the bit', async () => {
    const plain = await trainer.train(cohortOf(tinyMlp()));
    expect(await trainer.train(cohortOf(tinyMlp(), { momentum: 0, weightDecay: 0 }))).toEqual(plain);
  });

  it.each([...models, lowRank])('pruned weights of $label stay exactly zero', async (model) => {
    const members = cohortOf(model).members.map((member) => {
      const mask = pruningMask(model, member.start, 0.6);
      return { ...member, mask, start: member.start.map((value, i) => value * mask[i]) };
    });
    const results = await trainer.train(cohortOf(model, { members, momentum: 0.9, weightDecay: 0.1 }));
    results.forEach(({ weights }, index) => {
      const { mask, start } = members[index];
      expect(weights.every((value, i) => mask[i] === 1 || value === 0)).toBe(true);
      expect(weights.filter((value, i) => value !== start[i]).length).toBeGreaterThan(50);
    });
  });

  it.each([...models, lowRank])(
    'a device of $label that has finished is moved no more by those who go on',
    async (model) => {
      const optimizer = { momentum: 0.9, weightDecay: 0.05 };
      const { members } = cohortOf(model);
      const together = await trainer.train(cohortOf(model, { ...optimizer, members }));
      for (const [index, member] of members.entries()) {
        const [alone] = await trainer.train(cohortOf(model, { ...optimizer, members: [member] }));
        expect(furthest(together[index].weights, alone.weights)).toBeLessThan(1e-6);
      }
    },
  );

  it('leaves no tensor behind', async () => {
    const cohort = cohortOf(tinyMlp(), { momentum: 0.9, weightDecay: 0.1 });
    await trainer.train(cohort);
    const before = { tensors: memory().numTensors, buffers: engine().backend.numDataIds() };
    await trainer.train(cohort);
    expect({ tensors: memory().numTensors, buffers: engine().backend.numDataIds() }).toEqual(before);
  });

  it('a learning rate of 0 trains nothing, momentum and weight decay or not', async () => {
    const cohort = cohortOf(tinyMlp(), { learningRate: 0, momentum: 0.9, weightDecay: 0.1 });
    const results = await trainer.train(cohort);
    results.forEach(({ weights }, index) => {
      expect(weights).toEqual(cohort.members[index].start);
    });
  });
});

describe('local steps', () => {
  let trainer: LocalTrainer;
  beforeAll(async () => {
    trainer = await createTrainer('cpu');
  });
  const member = (changes: object) => ({ ...cohortOf(tinyMlp(32, 0)).members[0], ...changes });
  const train = async (changes: object) => {
    const members = [member(changes)];
    const [result] = await trainer.train(cohortOf(tinyMlp(32, 0), { batchSize: 16, members }));
    return result;
  };

  it('that are all steps of the epochs are those epochs, to the bit', async () => {
    // 60 samples at 16: four steps an epoch.
    expect(await train({ epochs: 2, steps: 8 })).toEqual(await train({ epochs: 2 }));
  });

  it('go on over shuffled passes, and stop within one', async () => {
    const five = await train({ epochs: 2, steps: 5 });
    expect(five.steps).toBe(5);
    const eight = await train({ epochs: 2 });
    expect(five.stepLosses).toEqual(eight.stepLosses.slice(0, 5));
    expect((await train({ epochs: 1, steps: 2 })).stepLosses).toEqual(eight.stepLosses.slice(0, 2));
  });

  it('of a device without samples are none', async () => {
    const data = { features: new Float32Array(0), labels: new Uint8Array(0) };
    const result = await train({ data, epochs: 1, steps: 3 });
    expect(result).toMatchObject({ steps: 0, weights: member({}).start });
  });
});

it('a program that pauses after every step trains the same, to the bit', async () => {
  const trainer = await createTrainer('cpu');
  const descent = { learningRate: 0.05, temperature: 1, momentum: 0.9, weightDecay: 0.01 };
  const cohort = cohortOf(tinyMlp(), descent);
  const places = longestFirst(cohort).map(({ index }) => index);
  const whole = await trainer.train(cohort);
  const program = openProgram(cohort.model, planColumns(cohort, places), descent, 1);
  let last = places.length;
  let pauses = 0;
  while (!program.isDone()) {
    const { logits, leavers } = program.advance();
    expect(logits).toHaveLength(1);
    pauses++;
    dispose(logits);
    for (const { first, layers } of leavers) {
      const stacked = tensorsOf(layers).map((tensor) => tensor.dataSync<'float32'>());
      dispose(tensorsOf(layers));
      unstackWeights(cohort.model, stacked, last - first).forEach((weights, place) => {
        expect(weights).toEqual(whole[places[first + place]].weights);
      });
      last = first;
    }
  }
  program.close();
  expect([pauses, last]).toEqual([8, 0]);
});

describe('an optimiser that cannot be', () => {
  it.each([
    [{ momentum: 1 }, 'The momentum must be at least 0 and below 1, but is 1.'],
    [{ momentum: Number.NaN }, 'The momentum must be at least 0 and below 1, but is NaN.'],
    [{ weightDecay: -1 }, 'The weight decay must be a finite number of at least 0, but is -1.'],
  ])('is refused in one sentence (%#)', async (changes, sentence) => {
    const trainer = await createTrainer('cpu');
    await expect(trainer.train(cohortOf(tinyMlp(), changes))).rejects.toThrow(sentence);
  });
});
