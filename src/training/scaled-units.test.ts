// Hidden outputs that are scaled in training, held to an identity: ReLU is homogeneous, so that a scale of a layer's outputs is as
// good as one of the next layer's weights.

import { describe, expect, it } from 'vitest';
import { initialWeights } from '../sim/model/models.ts';
import { Rng } from '../sim/random.ts';
import { microCnn, tinyMlp } from '../sim/testing/models.ts';
import { benchCohort } from './bench/bench-cohort.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import { createTrainer } from './trainer.ts';

describe.each(['wasm', 'cpu'] as const)('scaled hidden outputs, on %s', (backend) => {
  const scales = [2, 4 / 3];

  it.each([tinyMlp(32, 0), microCnn()])('of $label train as the next layers’ weights, scaled, would', async (model) => {
    const trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
    /** How a weight counts: times the scale of the hidden layer that it reads; biases read none. */
    const factors = model.tensors.flatMap(({ shape, columnLayer }) =>
      new Array<number>(shape.reduce((size, length) => size * length, 1)).fill(
        columnLayer === null ? 1 : scales[columnLayer],
      ),
    );
    // One step each: after it, what a factor does to a gradient would feed back.
    const start = initialWeights(model, new Rng('start'));
    const cohort = benchCohort({ devices: 3, samples: 16 });
    const members = cohort.members.map((member) => ({ ...member, start }));
    const effective = members.map((member) => ({ ...member, start: start.map((w, i) => w * factors[i]) }));
    const results = await trainer.train({ ...cohort, model, members, unitScales: scales });
    const expected = await trainer.train({ ...cohort, model, members: effective });
    results.forEach(({ weights, loss }, index) => {
      expect(loss).toBeCloseTo(expected[index].loss, 5);
      const update = weights.map((weight, i) => weight - start[i]);
      const wanted = expected[index].weights.map((w, i) => factors[i] * (w - factors[i] * start[i]));
      expect(Math.max(...update.map((value, i) => Math.abs(value - wanted[i])))).toBeLessThan(1e-5);
      expect(Math.max(...update.map(Math.abs))).toBeGreaterThan(1e-3);
    });
  });
});
