import fc from 'fast-check';
import { expect, it } from 'vitest';
import { portable } from './portable.ts';

it('takes away an engine’s last bits and nothing that matters', () => {
  fc.assert(
    fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (value) => {
      expect(Math.abs(portable(value) - value)).toBeLessThan(1e-12);
    }),
  );
  expect(portable(Math.cos(1) + Number.EPSILON)).toBe(portable(Math.cos(1)));
  expect([0, 0.5, 1, -1].map(portable)).toEqual([0, 0.5, 1, -1]);
});
