// Updates for the tests: the shapes of the real models, and the values that break quantisers.

import type { Update } from '../compression/codec.ts';
import { MAX_FLOAT32 } from '../compression/quantisers/quantiser.ts';
import { initialWeights } from '../model/models.ts';
import { Rng } from '../random.ts';
import { microCnn, tinyMlp } from './models.ts';

/** An update of these shapes with values drawn from N(0, spread²). */
export function randomUpdate(shapes: Update['shapes'], name: string, spread = 0.01): Update {
  const rng = new Rng(name);
  const length = shapes.reduce((sum, shape) => sum + shape.reduce((size, n) => size * n, 1), 0);
  return { shapes, values: Float32Array.from({ length }, () => spread * rng.normal()) };
}

const vector = (...values: number[]): Update => ({ shapes: [[values.length]], values: Float32Array.from(values) });

export const tinyMlpShapes = tinyMlp().tensors.map((tensor) => tensor.shape);
const microCnnShapes = microCnn().tensors.map((tensor) => tensor.shape);

export const testVectors: Readonly<Record<string, Update>> = {
  'a TinyMLP update': randomUpdate(tinyMlpShapes, 'tiny'),
  'a MicroCNN update': randomUpdate(microCnnShapes, 'micro'),
  'whole TinyMLP weights': { shapes: tinyMlpShapes, values: initialWeights(tinyMlp(), new Rng('weights')) },
  'all zero': { shapes: [[3, 4], [5]], values: new Float32Array(17) },
  'no tensor': { shapes: [], values: new Float32Array(0) },
  'empty tensors among others': { shapes: [[0], [2], [3, 0, 4]], values: Float32Array.of(1, -2) },
  'a scalar': { shapes: [[]], values: Float32Array.of(-0.25) },
  'single values': { shapes: [[1], [1, 1], [1]], values: Float32Array.of(3, -1e-20, 0) },
  'one value repeated': vector(0.1, 0.1, 0.1, 0.1),
  'only positive': vector(5, 6, 7, 7.5),
  'only negative': vector(-5, -6, -7.25),
  'zero and one sign': vector(0, 0, 1, 3),
  'the smallest float32': vector(2 ** -149, -(2 ** -149), 0),
  'tiny values': vector(1e-40, -3e-41, 2e-38, 0),
  'the largest float32': vector(MAX_FLOAT32, -MAX_FLOAT32, 1, 0),
  'huge positive values': vector(MAX_FLOAT32, 3e38, 1e38),
  'all magnitudes': vector(...Array.from({ length: 76 }, (_, i) => (i % 2 ? -1 : 1) * 10 ** (i - 38))),
  'a matrix of all magnitudes': {
    shapes: [[7, 10]],
    values: Float32Array.from({ length: 70 }, (_, i) => (i % 3 ? -1 : 1) * 10 ** ((i % 35) * 2 - 35)),
  },
  'a matrix of the largest float32': { shapes: [[6, 7]], values: new Float32Array(42).fill(MAX_FLOAT32) },
  'large with a small spread': vector(1e30, 1.0000002e30, 1.0000005e30),
};
