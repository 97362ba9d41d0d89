import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../sim/random.ts';
import { drawDropoutMask } from './dropout.ts';

const maskOf = (count: number, rate: number, seed = 'dropout'): Float32Array => {
  const mask = new Float32Array(count);
  drawDropoutMask(mask, 0, count, rate, new Rng(seed));
  return mask;
};

describe('a dropout mask', () => {
  it.each([0.1, 0.25, 0.5, 0.9])('keeps the mean at rate %f', (rate) => {
    const count = 200_000;
    const mask = maskOf(count, rate);
    const dropped = mask.filter((value) => value === 0).length / count;
    // Five standard deviations of a binomial share.
    expect(Math.abs(dropped - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / count));
    const mean = mask.reduce((sum, value) => sum + value, 0) / count;
    expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(rate / (1 - rate) / count));
  });

  it('silences neighbours independently, though two share a draw', () => {
    const mask = maskOf(200_000, 0.5);
    let both = 0;
    for (let at = 0; at < mask.length; at += 2) if (mask[at] === 0 && mask[at + 1] === 0) both++;
    expect(Math.abs(both / (mask.length / 2) - 0.25)).toBeLessThan(0.01);
  });

  it('writes only where it is asked to', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.double({ min: 0, max: 0.99, noNaN: true }), (from, count, rate) => {
        const mask = new Float32Array(from + count + 5).fill(-1);
        drawDropoutMask(mask, from, count, rate, new Rng('range'));
        const inside = mask.subarray(from, from + count);
        expect(inside.every((value) => value >= 0)).toBe(true);
        expect(mask.filter((value) => value === -1).length).toBe(from + 5);
      }),
    );
  });

  it('keeps every unit at rate 0', () => {
    expect(maskOf(7, 0)).toEqual(new Float32Array(7).fill(1));
  });
});
