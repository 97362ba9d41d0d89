import { beforeAll, describe, expect, it } from 'vitest';
import { Rng } from '../sim/random.ts';
import { microCnn, tinyMlp } from '../sim/testing/models.ts';
import type { LocalTrainer } from '../sim/trainer.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import devices from './reference/devices.json';
import microCnnReference from './reference/micro-cnn.json';
import tinyMlpReference from './reference/tiny-mlp.json';
import { createTrainer } from './trainer.ts';

// The references are PyTorch's own trajectories with the tutorial's models: same data, same start, no dropout, no shuffle.

const models = [
  { spec: tinyMlp(32, 0), reference: tinyMlpReference },
  { spec: microCnn(), reference: microCnnReference },
];

const worstGap = (ours: ArrayLike<number>, theirs: readonly number[]): number => {
  expect(ours.length).toBe(theirs.length);
  return Math.max(...theirs.map((value, index) => Math.abs(value - ours[index])));
};

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  let trainer: LocalTrainer;
  beforeAll(async () => {
    trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
  });

  it.each(models)('$spec.label follows PyTorch step by step', async ({ spec, reference }) => {
    const data = { features: Float32Array.from(reference.features), labels: Uint8Array.from(reference.labels) };
    const start = Float32Array.from(reference.initial);
    const [result] = await trainer.train({
      model: spec,
      learningRate: reference.learningRate,
      batchSize: reference.batchSize,
      shuffle: false,
      members: [{ data, start, epochs: 1, rng: new Rng('reference') }],
    });
    expect(result.steps).toBe(reference.lossPerStep.length);
    expect(worstGap(result.stepLosses, reference.lossPerStep)).toBeLessThan(1e-4);
    expect(worstGap(result.weights, reference.final)).toBeLessThan(1e-4);
    const mean = reference.lossPerStep.reduce((sum, loss) => sum + loss, 0) / reference.lossPerStep.length;
    expect(result.loss).toBeCloseTo(mean, 5);
  });

  it.each(models)("$spec.label measures what PyTorch's logits say", async ({ spec, reference }) => {
    const count = reference.batchSize;
    const labels = Uint8Array.from(reference.labels.slice(0, count));
    const data = { features: Float32Array.from(reference.features.slice(0, count * 16)), labels };
    const evaluation = await trainer.evaluate(spec, Float32Array.from(reference.final), data);
    const rows = Array.from(labels, (label, row) => ({
      label,
      logits: reference.logitsOfFirstBatchAfter.slice(row * 5, row * 5 + 5),
    }));
    const losses = rows.map(({ label, logits }) => {
      return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[label];
    });
    expect(evaluation.loss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / count, 4);
    const confusion = new Uint32Array(25);
    for (const { label, logits } of rows) confusion[label * 5 + logits.indexOf(Math.max(...logits))]++;
    expect(evaluation.confusion).toEqual(confusion);
    const right = [0, 6, 12, 18, 24].reduce((sum, at) => sum + confusion[at], 0);
    expect(evaluation.accuracy).toBeCloseTo(right / count, 12);
  });

  it('trains six devices side by side as PyTorch trains them one by one', async () => {
    const start = Float32Array.from(devices.initial);
    const results = await trainer.train({
      model: tinyMlp(32, 0),
      learningRate: devices.learningRate,
      batchSize: devices.batchSize,
      shuffle: false,
      members: devices.devices.map(({ features, labels }, index) => ({
        data: { features: Float32Array.from(features), labels: Uint8Array.from(labels) },
        start,
        epochs: devices.epochs,
        rng: new Rng(`device ${index}`),
      })),
    });
    results.forEach((result, index) => {
      expect(worstGap(result.weights, devices.devices[index].trained)).toBeLessThan(1e-4);
    });
  });
});
