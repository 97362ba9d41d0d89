import { describe, expect, it } from 'vitest';
import { Rng } from './random.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const draw = (count: number, next: () => number) => Array.from({ length: count }, next);

describe('Rng', () => {
  it('gives the same numbers for the same name, and other numbers for another', () => {
    const first = draw(5, () => 0).map((_, i) => new Rng('a').split(i).bits());
    const again = draw(5, () => 0).map((_, i) => new Rng('a').split(i).bits());
    expect(first).toEqual(again);
    expect(new Set(first).size).toBe(5);
    expect(new Rng('a').split('b', 1).bits()).not.toBe(new Rng('a').split('b1').bits());
  });

  it('gives hundreds of thousands of names a stream of their own', () => {
    const root = new Rng(1);
    const firsts = new Set<string>();
    for (let device = 0; device < 300; device++) {
      for (let round = 0; round < 500; round++) {
        const rng = root.split('train', `device-${device}`, round);
        firsts.add(`${rng.bits()} ${rng.bits()}`);
      }
    }
    expect(firsts.size).toBe(150_000);
  });

  it('is not advanced by splitting', () => {
    const plain = new Rng(7);
    const split = new Rng(7);
    split.split('device', 3).uniform();
    expect(split.bits()).toBe(plain.bits());
  });

  it('is uniform, normal and gamma in its first two moments', () => {
    const rng = new Rng('moments');
    const uniform = draw(20_000, () => rng.uniform());
    expect(mean(uniform)).toBeCloseTo(0.5, 2);
    expect(mean(uniform.map((x) => (x - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
    const normal = draw(20_000, () => rng.normal());
    expect(Math.abs(mean(normal))).toBeLessThan(0.03);
    expect(mean(normal.map((x) => x * x))).toBeCloseTo(1, 1);
    for (const shape of [0.1, 0.5, 2, 9]) {
      const gamma = draw(20_000, () => rng.gamma(shape));
      expect(mean(gamma) / shape).toBeGreaterThan(0.93);
      expect(mean(gamma) / shape).toBeLessThan(1.07);
    }
  });

  it('draws Dirichlet shares that sum to one, one-sided for a small α and even for a large one', () => {
    const rng = new Rng('dirichlet');
    const largest = (alpha: number) => mean(draw(500, () => Math.max(...rng.dirichlet(new Array(5).fill(alpha)))));
    expect(rng.dirichlet([1, 2, 3]).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(largest(0.01)).toBeGreaterThan(0.9);
    expect(largest(1000)).toBeLessThan(0.23);
  });

  it('draws one share of nearly all where α is so small that every gamma draw underflows', () => {
    const rng = new Rng('tiny');
    const draws = Array.from({ length: 500 }, () => [...rng.dirichlet(new Array(5).fill(0.001))].sort((a, b) => b - a));
    for (const shares of draws) expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    // The expected largest share is above 0.99; a draw that was lost would be 0.2 five times.
    expect(mean(draws.map(([largest]) => largest))).toBeGreaterThan(0.99);
    expect(draws.filter(([largest]) => largest < 0.21)).toEqual([]);
    const even = rng.dirichlet(new Array(5).fill(10_000));
    expect(Math.max(...even)).toBeLessThan(0.21);
  });

  it('permutes: every number once', () => {
    const order = new Rng('p').permutation(100);
    expect([...order].sort((a, b) => a - b)).toEqual(draw(100, () => 0).map((_, i) => i));
    expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
  });
});
