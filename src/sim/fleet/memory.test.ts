import fc from 'fast-check';
import { expect, it } from 'vitest';
import { microCnn, tinyMlp } from '../testing/models.ts';
import { bytes } from '../units.ts';
import { largestBatch, ramOf, trainingMemory } from './memory.ts';

it('the largest batch fits, and one sample more does not', () => {
  const models = fc.constantFrom(tinyMlp(4), tinyMlp(32), tinyMlp(128), microCnn());
  fc.assert(
    fc.property(models, fc.integer({ min: 1, max: 2_000_000 }), fc.boolean(), (model, ram, checkpointing) => {
      const batchSize = largestBatch(model, bytes(ram), { checkpointing });
      if (batchSize > 0) expect(trainingMemory(model, { batchSize, checkpointing })).toBeLessThanOrEqual(ram);
      expect(trainingMemory(model, { batchSize: batchSize + 1, checkpointing })).toBeGreaterThan(ram);
    }),
  );
});

it('a 32 KB board trains TinyMLP with a batch of 31, or of 39 with checkpointing', () => {
  const ram = ramOf({ memory: 32 });
  expect(largestBatch(tinyMlp(), ram)).toBe(31);
  expect(largestBatch(tinyMlp(), ram, { checkpointing: true })).toBe(39);
  expect(largestBatch(tinyMlp(), ramOf({ memory: 2 }))).toBe(0);
});
