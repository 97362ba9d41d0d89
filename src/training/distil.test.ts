import { engine, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { initialWeights, sizeOf } from '../sim/model/models.ts';
import { Rng } from '../sim/random.ts';
import { microCnn, tinyMlp, tutorialTask } from '../sim/testing/models.ts';
import type { Distillation, LocalTrainer } from '../sim/trainer.ts';
import { predictedClass } from './metrics.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import { createTrainer } from './trainer.ts';

const { features: FEATURES, classes: CLASSES } = tutorialTask;

const SAMPLES = 48;
const draws = new Rng('samples');
const features = Float32Array.from({ length: SAMPLES * FEATURES }, () => draws.normal());
const labels = Uint8Array.from({ length: SAMPLES }, () => draws.integer(CLASSES));
const models = [tinyMlp(12, 0.3), microCnn()];
const temperatures = [0.5, 1, 4];

const worstGap = (ours: Float32Array, theirs: Float32Array): number => {
  expect(ours.length).toBe(theirs.length);
  return ours.reduce((worst, value, at) => Math.max(worst, Math.abs(value - theirs[at])), 0);
};

const classesOf = (rows: Float32Array): number[] =>
  Array.from({ length: rows.length / CLASSES }, (_, row) => predictedClass(rows, row * CLASSES, CLASSES));

/** Opinionated probabilities that no model gave. */
const drawnTeacher = Float32Array.from(
  Array.from({ length: SAMPLES }, () => [...draws.dirichlet(Array(CLASSES).fill(0.5))]).flat(),
);

const request = (change: Partial<Distillation> = {}): Distillation => {
  const model = change.model ?? models[0];
  return {
    model,
    start: initialWeights(model, new Rng('student')),
    features,
    teacher: drawnTeacher,
    temperature: 2,
    learningRate: 0.1,
    batchSize: 16,
    epochs: 2,
    rng: new Rng('shuffles'),
    ...change,
  };
};

let wasm: LocalTrainer;
let cpu: LocalTrainer;
beforeAll(async () => {
  wasm = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
  cpu = await createTrainer('cpu');
});

describe.each(models)('a prediction of $label', (model) => {
  const weights = initialWeights(model, new Rng('predict')).map((weight) => 3 * weight);

  it.each(temperatures)('at temperature %d is a distribution over the classes for each sample', async (temperature) => {
    const rows = await wasm.predict(model, weights, features, temperature);
    expect(rows.length).toBe(SAMPLES * CLASSES);
    for (let from = 0; from < rows.length; from += CLASSES) {
      const row = rows.subarray(from, from + CLASSES);
      expect(row.every((probability) => probability > 0)).toBe(true);
      expect(row.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 6);
    }
  });

  it('has the classes and the loss that an evaluation measures', async () => {
    const rows = await wasm.predict(model, weights, features, 1);
    const { confusion, loss } = await wasm.evaluate(model, weights, { features, labels });
    const counted = new Uint32Array(CLASSES * CLASSES);
    for (const [sample, predicted] of classesOf(rows).entries()) counted[labels[sample] * CLASSES + predicted]++;
    expect(counted).toEqual(confusion);
    const surprises = Array.from(labels, (label, sample) => -Math.log(rows[sample * CLASSES + label]));
    expect(surprises.reduce((sum, surprise) => sum + surprise, 0) / SAMPLES).toBeCloseTo(loss, 6);
  });

  it('is one class for sure when cold, and every class alike when hot', async () => {
    const plain = await wasm.predict(model, weights, features, 1);
    const cold = await wasm.predict(model, weights, features, 1e-6);
    const certain = new Float32Array(cold.length);
    for (const [sample, predicted] of classesOf(plain).entries()) certain[sample * CLASSES + predicted] = 1;
    expect(worstGap(cold, certain)).toBeLessThan(1e-6);
    const hot = await wasm.predict(model, weights, features, 1e6);
    expect(worstGap(hot, new Float32Array(hot.length).fill(1 / CLASSES))).toBeLessThan(1e-5);
  });

  it('is the same on wasm and on cpu', async () => {
    const [one, other] = [
      await wasm.predict(model, weights, features, 2),
      await cpu.predict(model, weights, features, 2),
    ];
    expect(worstGap(one, other)).toBeLessThan(1e-6);
  });
});

describe.each(models)('distilling into $label', (model) => {
  it.each(temperatures)('follows the slope of the loss at temperature %d', async (temperature) => {
    const learningRate = 1e-2;
    const whole = request({ model, temperature, learningRate, batchSize: SAMPLES, epochs: 1 });
    const { weights } = await cpu.distil(whole);
    const lossAt = async (start: Float32Array): Promise<number> =>
      (await cpu.distil({ ...whole, start, learningRate: 0 })).loss;
    // Each weight tensor is nudged along its own gradient, which float32 losses resolve well.
    let from = 0;
    for (const { shape } of model.tensors) {
      const to = from + sizeOf(shape);
      const gradient = whole.start.slice(from, to).map((value, at) => (value - weights[from + at]) / learningRate);
      const norm = Math.hypot(...gradient);
      const nudged = (distance: number): Float32Array =>
        whole.start.map((value, at) =>
          at >= from && at < to ? value + (distance * gradient[at - from]) / norm : value,
        );
      const slope = ((await lossAt(nudged(1e-3))) - (await lossAt(nudged(-1e-3)))) / 2e-3;
      expect(Math.abs(slope - norm) / norm).toBeLessThan(0.01);
      from = to;
    }
  });

  it.each([...temperatures, 50])(
    'changes nothing when it is its own teacher, at temperature %d',
    async (temperature) => {
      const { start } = request({ model });
      const teacher = await wasm.predict(model, start, features, temperature);
      const { weights, loss } = await wasm.distil(request({ model, start, teacher, temperature }));
      expect(worstGap(weights, start)).toBeLessThan(1e-5);
      expect(loss).toBeGreaterThanOrEqual(0);
      expect(loss).toBeLessThan(1e-8);
    },
  );

  it('brings the student to its teacher, of the other family', async () => {
    const family = models.find((other) => other !== model) ?? model;
    const wise = initialWeights(family, new Rng('teacher')).map((weight) => 3 * weight);
    const teacher = await wasm.predict(family, wise, features, 2);
    const lesson = request({ model, teacher, learningRate: 0.3, epochs: 1 });
    const agreement = async (weights: Float32Array): Promise<number> => {
      const said = classesOf(await wasm.predict(model, weights, features, 2));
      return classesOf(teacher).filter((predicted, sample) => predicted === said[sample]).length / SAMPLES;
    };
    const first = await wasm.distil(lesson);
    const later = await wasm.distil({ ...lesson, epochs: 150 });
    expect(later.loss).toBeLessThan(first.loss / 3);
    expect(await agreement(later.weights)).toBeGreaterThan(0.8);
    expect(await agreement(later.weights)).toBeGreaterThan((await agreement(lesson.start)) + 0.2);
  });

  it('is plain training without dropout, to the bit, when the teacher knows the classes and the temperature is 1', async () => {
    const teacher = new Float32Array(SAMPLES * CLASSES);
    for (const [sample, label] of labels.entries()) teacher[sample * CLASSES + label] = 1;
    for (const trainer of [wasm, cpu]) {
      const lesson = request({ model, teacher, temperature: 1, batchSize: 10, epochs: 3 });
      const [trained] = await trainer.train({
        ...lesson,
        model: { ...model, dropout: 0 },
        members: [{ ...lesson, data: { features, labels } }],
      });
      const distilled = await trainer.distil(lesson);
      expect(distilled.weights).toEqual(trained.weights);
      const lastEpoch = trained.stepLosses.slice(-5);
      expect(distilled.loss).toBeCloseTo(lastEpoch.reduce((sum, loss) => sum + loss, 0) / 5, 6);
    }
  });

  it('matches the logits when it is hot: from there on the temperature makes no difference', async () => {
    const wise = initialWeights(model, new Rng('teacher')).map((weight) => 3 * weight);
    const { start } = request({ model });
    const changeAt = async (temperature: number): Promise<Float32Array> => {
      const teacher = await wasm.predict(model, wise, features, temperature);
      const { weights } = await wasm.distil(request({ model, start, teacher, temperature }));
      return weights.map((weight, at) => weight - start[at]);
    };
    const [warm, hot, hotter] = [await changeAt(1), await changeAt(100), await changeAt(400)];
    const largest = worstGap(hot, new Float32Array(hot.length));
    expect(worstGap(hot, hotter)).toBeLessThan(0.02 * largest);
    expect(worstGap(hot, warm)).toBeGreaterThan(0.1 * largest);
  });

  it('is the same on wasm and on cpu', async () => {
    const lesson = request({ model });
    const [one, other] = [await wasm.distil(lesson), await cpu.distil(lesson)];
    expect(worstGap(one.weights, other.weights)).toBeLessThan(1e-5);
    expect(one.loss).toBeCloseTo(other.loss, 5);
  });

  it('gives the same seed the same student, another seed another, and leaves its input and no tensor behind', async () => {
    const lesson = request({ model });
    const copy = structuredClone({ start: lesson.start, features, teacher: lesson.teacher });
    const first = await wasm.distil(lesson);
    const before = { tensors: memory().numTensors, buffers: engine().backend.numDataIds() };
    expect(await wasm.distil(lesson)).toEqual(first);
    expect(await wasm.distil({ ...lesson, rng: new Rng('other shuffles') })).not.toEqual(first);
    await wasm.predict(model, lesson.start, features, 2);
    expect({ tensors: memory().numTensors, buffers: engine().backend.numDataIds() }).toEqual(before);
    expect({ start: lesson.start, features, teacher: lesson.teacher }).toEqual(copy);
  });
});

it('returns the start of a student that trains no epoch, as an array of its own', async () => {
  const lesson = request({ epochs: 0 });
  const { weights, loss } = await wasm.distil(lesson);
  expect(weights).toEqual(lesson.start);
  expect(weights).not.toBe(lesson.start);
  expect(loss).toBeNaN();
});

describe('bad input', () => {
  const [model] = models;
  const { start, teacher } = request();
  const withRow = (row: readonly number[]): Float32Array => {
    const changed = teacher.slice();
    changed.set(row, CLASSES);
    return changed;
  };

  it.each<[Partial<Distillation>, string]>([
    [{ start: start.slice(1) }, 'The student has 424 weights, but TinyMLP has 425.'],
    [{ temperature: 0 }, 'The temperature must be a finite number above 0, but is 0.'],
    [{ learningRate: -1 }, 'The learning rate must be a finite number of at least 0, but is -1.'],
    [{ batchSize: 1.5 }, 'The batch size must be a whole number of at least 1, but is 1.5.'],
    [{ epochs: -1 }, 'The student must train a whole number of epochs of at least 0, but has -1.'],
    [{ features: new Float32Array(0) }, 'There are no samples to distil on.'],
    [{ features: features.slice(1) }, 'The 767 feature values are no whole number of samples of 16 features.'],
    [{ teacher: teacher.slice(1) }, 'The teacher has 239 probabilities for 48 samples of 5 classes.'],
    [{ teacher: withRow([0.5, 0, 0, 0, 0]) }, "The teacher's row 1 is no probability distribution: 0.5, 0, 0, 0, 0."],
    [{ teacher: withRow([2, -1, 0, 0, 0]) }, "The teacher's row 1 is no probability distribution: 2, -1, 0, 0, 0."],
    [
      { teacher: withRow([Number.NaN, 0, 0, 0, 1]) },
      "The teacher's row 1 is no probability distribution: NaN, 0, 0, 0, 1.",
    ],
  ])('is refused in one sentence (%#)', async (change, sentence) => {
    await expect(cpu.distil(request(change))).rejects.toThrow(sentence);
  });

  it('is refused by a prediction too', async () => {
    const predict = (weights: Float32Array, input: Float32Array, temperature: number): Promise<Float32Array> =>
      cpu.predict(model, weights, input, temperature);
    await expect(predict(start.slice(1), features, 1)).rejects.toThrow(
      'The model to predict with has 424 weights, but TinyMLP has 425.',
    );
    await expect(predict(start, new Float32Array(0), 1)).rejects.toThrow('There are no samples to predict.');
    await expect(predict(start, features, Number.NaN)).rejects.toThrow(
      'The temperature must be a finite number above 0, but is NaN.',
    );
  });
});
