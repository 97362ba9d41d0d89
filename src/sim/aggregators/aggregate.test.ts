import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregate, massOf } from './aggregate.ts';

const update = (values: number[], samples: number, held: number[]) => ({
  values: Float32Array.from(values),
  samples,
  mass: massOf(Uint8Array.from(held), samples),
});

describe('averaging of parts', () => {
  const a = update([2, 4, 0, 0], 10, [1, 1, 0, 0]);
  const b = update([5, 0, 6, 0], 30, [1, 0, 1, 0]);

  it('is over those who hold a value, by samples; what nobody holds does not change', () => {
    const { values, samples, mass } = aggregate([a, b], 'samples');
    expect([...values]).toEqual([(2 * 10 + 5 * 30) / 40, 4, 6, 0]);
    expect([...(mass ?? [])]).toEqual([40, 10, 30, 0]);
    expect(samples).toBe(40);
  });

  it('counts all holders alike when uniform', () => {
    expect([...aggregate([a, b], 'uniform').values]).toEqual([3.5, 4, 6, 0]);
  });

  it('takes an update without parts as held whole', () => {
    const { mass, ...whole } = a;
    expect(mass).toBeDefined();
    expect([...aggregate([whole, b], 'samples').values]).toEqual([(20 + 150) / 40, 4, (30 * 6) / 40, 0]);
  });

  it('of whole updates is the plain average', () => {
    const ones = [1, 1, 1, 1];
    const [wholeA, wholeB] = [update([1, 2, 3, 4], 10, ones), update([5, 6, 7, 8], 30, ones)];
    const plain = aggregate(
      [wholeA, wholeB].map(({ values, samples }) => ({ values, samples })),
      'samples',
    );
    expect(aggregate([wholeA, wholeB], 'samples').values).toEqual(plain.values);
    expect(plain.mass).toBeUndefined();
  });

  it('by tiers equals averaging at once', () => {
    const device = fc.record({
      values: fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 6, maxLength: 6 }),
      held: fc.array(fc.constantFrom(0, 1), { minLength: 6, maxLength: 6 }),
      samples: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(device, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        (tree) => {
          const gateways = tree.map((devices) =>
            devices.map(({ values, held, samples }) =>
              update(
                values.map((value, i) => value * held[i]),
                samples,
                held,
              ),
            ),
          );
          const flat = aggregate(gateways.flat(), 'samples');
          const tiers = aggregate(
            gateways.map((devices) => aggregate(devices, 'samples')),
            'samples',
          );
          tiers.values.forEach((value, i) => {
            expect(Math.abs(value - flat.values[i])).toBeLessThan(1e-4);
          });
          expect(tiers.mass).toEqual(flat.mass);
        },
      ),
    );
  });
});
