import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundLastBits } from './round-last-bits.ts';

it('takes away an engine’s last bits and nothing that matters', () => {
  fc.assert(
    fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (value) => {
      expect(Math.abs(roundLastBits(value) - value)).toBeLessThan(1e-12);
    }),
  );
  expect(roundLastBits(Math.cos(1) + Number.EPSILON)).toBe(roundLastBits(Math.cos(1)));
  expect([0, 0.5, 1, -1].map(roundLastBits)).toEqual([0, 0.5, 1, -1]);
});
