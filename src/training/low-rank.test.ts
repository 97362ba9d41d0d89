import { beforeAll, describe, expect, it } from 'vitest';
import { initialWeights, type ModelSpec } from '../sim/model/models.ts';
import { Rng } from '../sim/random.ts';
import { microCnn, tinyMlp, tutorialTask } from '../sim/testing/models.ts';
import type { LocalTrainer } from '../sim/trainer.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import { createTrainer } from './trainer.ts';

const { features: FEATURES, classes: CLASSES } = tutorialTask;

const data = (samples: number) => {
  const rng = new Rng('data');
  return {
    features: Float32Array.from({ length: samples * FEATURES }, () => rng.normal()),
    labels: Uint8Array.from({ length: samples }, () => rng.integer(CLASSES)),
  };
};

/** The whole matrices that a low-rank model's U and V stand for. */
function multipliedOut(model: ModelSpec, weights: Float32Array): Float32Array {
  const values: number[] = [];
  let at = 0;
  const next = (size: number) => {
    at += size;
    return weights.subarray(at - size, at);
  };
  for (let index = 0; index < model.tensors.length; index++) {
    const { name, shape } = model.tensors[index];
    const own = next(shape.reduce((size, length) => size * length, 1));
    if (!name.endsWith('.u')) {
      values.push(...own);
      continue;
    }
    const [rank, inputs] = shape;
    const [outputs] = model.tensors[++index].shape;
    const v = next(outputs * rank);
    for (let o = 0; o < outputs; o++) {
      for (let i = 0; i < inputs; i++) {
        let sum = 0;
        for (let r = 0; r < rank; r++) sum += v[o * rank + r] * own[r * inputs + i];
        values.push(sum);
      }
    }
  }
  return Float32Array.from(values);
}

describe.each(['wasm', 'cpu'] as const)('a low-rank model on %s', (backend) => {
  let trainer: LocalTrainer;
  beforeAll(async () => {
    trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
  });

  it.each([
    { low: tinyMlp(32, 0, 4), whole: tinyMlp(32, 0) },
    { low: microCnn(4), whole: microCnn() },
  ])('answers as the whole $whole.label of its products', async ({ low, whole }) => {
    const weights = initialWeights(low, new Rng('low')).map((weight) => 3 * weight);
    const { features } = data(50);
    const answers = await trainer.predict(low, weights, features, 1);
    const expected = await trainer.predict(whole, multipliedOut(low, weights), features, 1);
    expect(Math.max(...answers.map((answer, i) => Math.abs(answer - expected[i])))).toBeLessThan(1e-5);
  });

  it('moves U and V along the gradient of their product', async () => {
    const low = tinyMlp(32, 0, 4);
    const member = { data: data(16), epochs: 1, rng: new Rng('chain') };
    const start = initialWeights(low, new Rng('low'));
    const cohort = { learningRate: 1, batchSize: 16, shuffle: false };
    const [moved] = await trainer.train({ ...cohort, model: low, members: [{ ...member, start }] });
    const fullStart = multipliedOut(low, start);
    const [full] = await trainer.train({
      ...cohort,
      model: tinyMlp(32, 0),
      members: [{ ...member, start: fullStart }],
    });
    // dL/dU = Vᵀ dL/dW of the first layer: U [4, 16] lies first, then V [32, 4].
    for (let r = 0; r < 4; r++) {
      for (let i = 0; i < FEATURES; i++) {
        let expected = 0;
        for (let o = 0; o < 32; o++) {
          const gradient = fullStart[o * FEATURES + i] - full.weights[o * FEATURES + i];
          expected += start[4 * FEATURES + o * 4 + r] * gradient;
        }
        expect(start[r * FEATURES + i] - moved.weights[r * FEATURES + i]).toBeCloseTo(expected, 5);
      }
    }
  });
});
