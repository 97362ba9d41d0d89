import { describe, expect, it } from 'vitest';
import { microCnn, tinyMlp } from '../sim/testing/models.ts';
import { trainByAutograd } from './autograd.ts';
import { benchCohort } from './bench-cohort.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import { createTrainer } from './trainer.ts';

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  it.each([tinyMlp(32, 0), microCnn()])(
    'the gradients of $label, written by hand, are those of TensorFlow.js',
    async (model) => {
      const trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
      // 37 samples at 16: the last mini-batch of an epoch is short.
      const cohort = { ...benchCohort({ model: model.kind, devices: 5, samples: 37 }), model };
      const stacked = await trainer.train(cohort);
      const automatic = await trainByAutograd(cohort);
      stacked.forEach(({ weights }, device) => {
        const start = cohort.members[device].start;
        const furthest = weights.reduce((most, value, i) => Math.max(most, Math.abs(value - automatic[device][i])), 0);
        const moved = weights.reduce((most, value, i) => Math.max(most, Math.abs(value - start[i])), 0);
        expect(moved).toBeGreaterThan(1e-3);
        expect(furthest).toBeLessThan(1e-6);
      });
    },
  );
});
