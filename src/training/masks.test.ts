import { engine, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { gather, type Mask, masked, scatter } from '../sim/model/masks.ts';
import { initialWeights, type ModelSpec } from '../sim/model/models.ts';
import { pruningMask } from '../sim/model/pruning.ts';
import { drawSubModel, subModelOf } from '../sim/model/sub-models.ts';
import { Rng } from '../sim/random.ts';
import { logisticRegression, microCnn, tinyMlp } from '../sim/testing/models.ts';
import type { Cohort, CohortMember, LocalTrainer } from '../sim/trainer.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import { createTrainer } from './trainer.ts';

const models = [
  tinyMlp(),
  microCnn(),
  { ...tinyMlp(32, 0.1, 3), label: 'TinyMLP of rank 3' },
  { ...microCnn(2), label: 'MicroCNN of rank 2' },
  logisticRegression(),
  { ...tinyMlp([12, 7, 9], 0.2, 0, { features: 9, classes: 3 }), label: 'TinyMLP of three layers' },
];

function device(model: ModelSpec, samples: number, epochs: number, name: number): CohortMember {
  const rng = new Rng(`device ${name}`);
  return {
    data: {
      features: Float32Array.from({ length: samples * model.features }, () => rng.normal()),
      labels: Uint8Array.from({ length: samples }, () => rng.integer(model.classes)),
    },
    start: initialWeights(model, rng.split('start')),
    epochs,
    rng,
  };
}

const cohortOf = (model: ModelSpec, members: readonly CohortMember[]): Cohort => ({
  model,
  learningRate: 0.1,
  batchSize: 16,
  members,
});

/** Devices that end one after another, so that the program narrows on the way. */
const devices = (model: ModelSpec) => [100, 60, 40, 16, 5].map((samples, index) => device(model, samples, 2, index));

const withMask = (member: CohortMember, mask: Mask): CohortMember => ({
  ...member,
  start: masked(member.start, mask),
  mask,
});

describe.each(['wasm', 'cpu'] as const)('a mask on %s', (backend) => {
  let trainer: LocalTrainer;
  beforeAll(async () => {
    trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
  });

  it.each(models)('of ones is no mask to $label, to the bit', async (model) => {
    const members = devices(model);
    const ones = new Uint8Array(model.parameters).fill(1);
    const masks = members.map((member) => ({ ...member, mask: ones }));
    expect(await trainer.train(cohortOf(model, masks))).toEqual(await trainer.train(cohortOf(model, members)));
  });

  it.each(models)('keeps masked weights of $label at exactly zero, and trains the others', async (model) => {
    const members = devices(model).map((member) => withMask(member, pruningMask(model, member.start, 0.7)));
    const results = await trainer.train(cohortOf(model, members));
    results.forEach(({ weights }, index) => {
      const { mask, start } = members[index];
      const stayed = weights.filter((_, i) => mask?.[i] === 0);
      expect(stayed.length).toBeGreaterThan(model.parameters / 2);
      expect(stayed.every((weight) => weight === 0)).toBe(true);
      expect(weights.filter((weight, i) => weight !== start[i]).length).toBeGreaterThan(
        Math.min(50, model.parameters / 4),
      );
    });
  });

  it.each(models)('of one device leaves the others of $label alone', async (model) => {
    const plain = devices(model);
    const mixed = plain.map((member, index) =>
      index === 1 ? withMask(member, pruningMask(model, member.start, 0.5)) : member,
    );
    const expected = await trainer.train(cohortOf(model, plain));
    const results = await trainer.train(cohortOf(model, mixed));
    for (const index of [0, 2, 3, 4]) expect(results[index]).toEqual(expected[index]);
  });

  it('leaves no tensor behind', async () => {
    const members = devices(tinyMlp()).map((member) => withMask(member, pruningMask(tinyMlp(), member.start, 0.5)));
    await trainer.train(cohortOf(tinyMlp(), members));
    const before = { tensors: memory().numTensors, buffers: engine().backend.numDataIds() };
    await trainer.train(cohortOf(tinyMlp(), members));
    expect({ tensors: memory().numTensors, buffers: engine().backend.numDataIds() }).toEqual(before);
  });

  // Its own draws of dropout would differ, so there is none.
  it.each([tinyMlp(32, 0), microCnn(), tinyMlp(32, 0, 3), microCnn(2)])(
    'trains a sub-model of $label as if it were a small model by itself',
    async (model) => {
      const small = subModelOf(model, 0.5);
      const members = devices(model);
      const kept = members.map((_, index) => drawSubModel(model, 0.5, new Rng(`draw ${index}`)));
      const asMasks = members.map((member, index) => withMask(member, kept[index].mask));
      const alone = members.map((member, index) => ({ ...member, start: gather(member.start, kept[index].mask) }));
      const results = await trainer.train(cohortOf(model, asMasks));
      const expected = await trainer.train(cohortOf(small, alone));
      results.forEach(({ weights, steps }, index) => {
        const back = scatter(expected[index].weights, kept[index].mask);
        expect(Math.max(...weights.map((weight, i) => Math.abs(weight - back[i])))).toBeLessThan(1e-6);
        expect(steps).toBe(expected[index].steps);
      });
    },
  );
});

describe('a mask', () => {
  it('of the wrong length is refused', async () => {
    const trainer = await createTrainer('cpu');
    const member = { ...device(tinyMlp(), 8, 1, 0), mask: new Uint8Array(10) };
    await expect(trainer.train(cohortOf(tinyMlp(), [member]))).rejects.toThrow(
      'Member 0 of the cohort has a mask of 10 weights, but TinyMLP has 1765.',
    );
  });
});
