import { dispose, engine, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelSpec } from '../sim/model/models.ts';
import { pruningMask } from '../sim/model/pruning.ts';
import type { LocalOptimiser } from '../sim/optimisers/index.ts';
import { microCnn, tinyMlp } from '../sim/testing/models.ts';
import type { Cohort, LocalTrainer } from '../sim/trainer.ts';
import { trainByAutograd } from './bench/autograd.ts';
import { benchCohort } from './bench/bench-cohort.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import { longestFirst, planColumns } from './program/batches.ts';
import { tensorsOf } from './program/layer-weights.ts';
import { openProgram } from './program/training-program.ts';
import { unstackWeights } from './program/weight-layout.ts';
import { createTrainer } from './trainer.ts';

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

const heavyBall: LocalOptimiser = { id: 'sgd', momentum: 0.9 };
const adam: LocalOptimiser = { id: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-4 };

const furthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  let trainer: LocalTrainer;
  beforeAll(async () => {
    trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
  });

  const descents: readonly Partial<Cohort>[] = [
    { optimiser: heavyBall },
    { weightDecay: 0.05 },
    { optimiser: heavyBall, weightDecay: 0.05 },
    { proximal: 10 },
    { optimiser: heavyBall, proximal: 10 },
    { optimiser: adam, learningRate: 0.005 },
    { optimiser: adam, learningRate: 0.005, weightDecay: 0.05, proximal: 2 },
  ];
  it.each(models.flatMap((model) => descents.map((descent) => ({ model, label: model.label, descent }))))(
    '$label with $descent follows TensorFlow.js’s own optimiser',
    async ({ model, descent }) => {
      const cohort = cohortOf(model, descent);
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
    const [result] = await trainer.train({
      ...shared,
      learningRate,
      optimiser: { id: 'sgd', momentum },
      weightDecay,
      members: [member],
    });
    expect(result.steps).toBe(2);
    expect(furthest(result.weights, weights)).toBeLessThan(1e-6);
  });

  it('adds each member’s own offset to its gradients: with a loss that is flat, w ← w − η × offset a step', async () => {
    // Without samples of a class in sight all gradients are those of the loss; the difference is the offset's alone.
    const model = tinyMlp(8, 0);
    const offset = Float32Array.from({ length: model.parameters }, (_, i) => Math.cos(i));
    const [first, second] = cohortOf(model).members;
    const one = { epochs: 1, steps: 1 };
    const shared = { ...first, ...one };
    const [plain, moved, other] = await trainer.train(
      cohortOf(model, { members: [shared, { ...shared, offset }, { ...second, ...one }] }),
    );
    const [alone] = await trainer.train(cohortOf(model, { members: [{ ...second, ...one }] }));
    expect(furthest(other.weights, alone.weights)).toBeLessThan(1e-6);
    const wanted = plain.weights.map((weight, i) => weight - 0.05 * offset[i]);
    expect(furthest(moved.weights, wanted)).toBeLessThan(1e-6);
  });

  it('an offset that is minus the proximal pull holds it off', async () => {
    // One step from the start has no pull; from the second on μ (w₁ − w₀) = −μ η g₁ is what an offset of μ η g₁ undoes.
    const model = tinyMlp(8, 0);
    const [member] = cohortOf(model).members;
    const two = { ...member, epochs: 1, steps: 2 };
    const [step] = await trainer.train(cohortOf(model, { members: [{ ...two, steps: 1 }] }));
    const [pulled] = await trainer.train(cohortOf(model, { members: [two], proximal: 3 }));
    const [free] = await trainer.train(cohortOf(model, { members: [two] }));
    const wanted = free.weights.map((weight, i) => weight - 0.05 * 3 * (step.weights[i] - member.start[i]));
    expect(furthest(pulled.weights, wanted)).toBeLessThan(1e-6);
    expect(furthest(pulled.weights, free.weights)).toBeGreaterThan(1e-4);
  });

  it.each([...models, lowRank])('one step of $label with momentum is a plain step, to the bit', async (model) => {
    const one = cohortOf(model).members.map((member) => ({ ...member, epochs: 1, steps: 1 }));
    const plain = await trainer.train(cohortOf(model, { members: one }));
    expect(await trainer.train(cohortOf(model, { members: one, optimiser: heavyBall }))).toEqual(plain);
  });

  it.each([
    { optimiser: { id: 'sgd', momentum: 0 } as const, weightDecay: 0 },
    { proximal: 0 },
    { members: cohortOf(tinyMlp()).members.map((member) => ({ ...member, offset: new Float32Array(1765) })) },
  ])('momentum, weight decay, a proximal term or offsets of 0 change nothing, to the bit (%#)', async (nothing) => {
    const plain = await trainer.train(cohortOf(tinyMlp(), { batchSize: 20 }));
    expect(await trainer.train(cohortOf(tinyMlp(), { batchSize: 20, ...nothing }))).toEqual(plain);
  });

  it.each(
    [...models, lowRank].flatMap((model) =>
      [heavyBall, adam].map((optimiser) => ({ model, label: model.label, optimiser })),
    ),
  )('pruned weights of $label stay exactly zero with $optimiser.id', async ({ model, optimiser }) => {
    const members = cohortOf(model).members.map((member) => {
      const mask = pruningMask(model, member.start, 0.6);
      const offset = new Float32Array(model.parameters).fill(0.3);
      return { ...member, mask, offset, start: member.start.map((value, i) => value * mask[i]) };
    });
    const results = await trainer.train(cohortOf(model, { members, optimiser, weightDecay: 0.1, proximal: 0.5 }));
    results.forEach(({ weights }, index) => {
      const { mask, start } = members[index];
      expect(weights.every((value, i) => mask[i] === 1 || value === 0)).toBe(true);
      expect(weights.filter((value, i) => value !== start[i]).length).toBeGreaterThan(50);
    });
  });

  const movers: readonly Partial<Cohort>[] = [
    { optimiser: heavyBall, weightDecay: 0.05 },
    { optimiser: adam },
    { proximal: 1 },
    { members: cohortOf(tinyMlp(32, 0)).members.map((own) => ({ ...own, offset: new Float32Array(1765).fill(0.1) })) },
  ];
  it.each([
    ...[...models, lowRank].map((model) => ({ model, label: model.label, descent: movers[0] })),
    ...movers.slice(1).map((descent) => ({ model: tinyMlp(32, 0), label: 'TinyMLP', descent })),
  ])('a device of $label that has finished is moved no more by those who go on (%#)', async ({ model, descent }) => {
    const { members } = { ...cohortOf(model), ...descent };
    const together = await trainer.train(cohortOf(model, { ...descent, members }));
    for (const [index, member] of members.entries()) {
      const [alone] = await trainer.train(cohortOf(model, { ...descent, members: [member] }));
      expect(furthest(together[index].weights, alone.weights)).toBeLessThan(1e-6);
    }
  });

  it.each([heavyBall, adam])('$id leaves no tensor behind', async (optimiser) => {
    const offset = new Float32Array(1765).fill(0.1);
    const members = cohortOf(tinyMlp()).members.map((member) => ({ ...member, offset }));
    const cohort = cohortOf(tinyMlp(), { optimiser, weightDecay: 0.1, proximal: 0.1, members });
    await trainer.train(cohort);
    const before = { tensors: memory().numTensors, buffers: engine().backend.numDataIds() };
    await trainer.train(cohort);
    expect({ tensors: memory().numTensors, buffers: engine().backend.numDataIds() }).toEqual(before);
  });

  it.each([heavyBall, adam])('a learning rate of 0 trains nothing with $id and weight decay', async (optimiser) => {
    const cohort = cohortOf(tinyMlp(), { learningRate: 0, optimiser, weightDecay: 0.1 });
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
  const descent = { learningRate: 0.005, temperature: 1, optimiser: adam, weightDecay: 0.01, proximal: 0.1 };
  const cohort = cohortOf(tinyMlp(), descent);
  const places = longestFirst(cohort).map(({ index }) => index);
  const whole = await trainer.train(cohort);
  const program = openProgram(cohort.model, planColumns(cohort, places), descent, 1);
  let last = places.length;
  let pauses = 0;
  while (!program.isDone()) {
    const { logits, finished } = program.advance();
    expect(logits).toHaveLength(1);
    pauses++;
    dispose(logits);
    for (const { first, layers } of finished) {
      const stacked = tensorsOf(layers).map((tensor) => tensor.dataSync<'float32'>());
      dispose(tensorsOf(layers));
      unstackWeights(cohort.model, stacked, last - first).forEach((weights, place) => {
        expect(weights).toEqual(whole[places[first + place]].weights);
      });
      last = first;
    }
  }
  program.dispose();
  expect([pauses, last]).toEqual([8, 0]);
});

describe('an optimiser that cannot be', () => {
  it.each([
    [{ optimiser: { id: 'sgd', momentum: 1 } as const }, 'The momentum must be at least 0 and below 1, but is 1.'],
    [
      { optimiser: { id: 'sgd', momentum: Number.NaN } as const },
      'The momentum must be at least 0 and below 1, but is NaN.',
    ],
    [{ optimiser: { ...adam, beta2: 1 } }, 'Adam’s β₂ must be at least 0 and below 1, but is 1.'],
    [{ optimiser: { ...adam, epsilon: -1 } }, 'Adam’s ε must be a finite number of at least 0, but is -1.'],
    [{ proximal: -1 }, 'The proximal term’s μ must be a finite number of at least 0, but is -1.'],
    [
      { members: [{ ...cohortOf(tinyMlp()).members[0], offset: new Float32Array(3) }] },
      'The gradient offset of member 0 has 3 weights, but TinyMLP has 1765.',
    ],
    [{ weightDecay: -1 }, 'The weight decay must be a finite number of at least 0, but is -1.'],
  ])('is refused in one sentence (%#)', async (changes, sentence) => {
    const trainer = await createTrainer('cpu');
    await expect(trainer.train(cohortOf(tinyMlp(), changes))).rejects.toThrow(sentence);
  });
});
