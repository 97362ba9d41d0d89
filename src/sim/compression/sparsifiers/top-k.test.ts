import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Rng } from '../../random.ts';
import { topK } from './top-k.ts';

const select = (values: Float32Array, keep: number) => topK.select([values], { keep }, new Rng('unused'))?.[0] ?? null;

test('it keeps what a stable sort by magnitude puts first, in ascending positions', () => {
  // Few distinct values, so that ties, zeros and signs are common; and any float32 at all.
  const few = fc.array(fc.constantFrom(-2, -1, -0, 0, 1, 2)).map((values) => Float32Array.from(values));
  const any = fc.float32Array({ noNaN: true, noDefaultInfinity: true, maxLength: 100 });
  const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(few, any), share, (values, keep) => {
      const count = Math.min(values.length, Math.max(1, Math.floor(values.length * keep)));
      const byMagnitude = [...values.keys()].sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]) || a - b);
      expect([...(select(values, keep) ?? [])]).toEqual(byMagnitude.slice(0, count).sort((a, b) => a - b));
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('it keeps at least one value of a tensor, none of an empty one, and needs no index to keep all', () => {
  expect(select(Float32Array.of(1, -3, 2), 0.01)).toEqual(Uint32Array.of(1));
  expect(select(new Float32Array(0), 0.5)).toEqual(new Uint32Array(0));
  expect(select(Float32Array.of(1, 2), 1)).toBeNull();
});
