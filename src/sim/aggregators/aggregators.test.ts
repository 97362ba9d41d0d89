import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultsOf, type OwnSettings, settingsOfAll } from '../experiment/variants.ts';
import { type Aggregator, massOf, type WeightedUpdate } from './aggregator.ts';
import { bySamples } from './by-samples.ts';
import { aggregators } from './index.ts';
import { uniform } from './uniform.ts';

const update = (values: number[], samples: number, held: number[]) => ({
  values: Float32Array.from(values),
  samples,
  mass: massOf(Uint8Array.from(held), samples),
});

const settings = defaultsOf(settingsOfAll(aggregators));
const combine = (aggregator: Aggregator<OwnSettings>, updates: readonly WeightedUpdate[]) =>
  aggregator.combine(updates, settings);

describe('averaging of parts', () => {
  const a = update([2, 4, 0, 0], 10, [1, 1, 0, 0]);
  const b = update([5, 0, 6, 0], 30, [1, 0, 1, 0]);

  it('is over those who hold a value, by samples; what nobody holds does not change', () => {
    const { values, samples, mass } = combine(bySamples, [a, b]);
    expect([...values]).toEqual([(2 * 10 + 5 * 30) / 40, 4, 6, 0]);
    expect([...(mass ?? [])]).toEqual([40, 10, 30, 0]);
    expect(samples).toBe(40);
  });

  it('counts all holders alike when uniform', () => {
    expect([...combine(uniform, [a, b]).values]).toEqual([3.5, 4, 6, 0]);
  });

  it('takes an update without parts as held whole', () => {
    const { mass, ...whole } = a;
    expect(mass).toBeDefined();
    expect([...combine(bySamples, [whole, b]).values]).toEqual([(20 + 150) / 40, 4, (30 * 6) / 40, 0]);
  });

  it('of whole updates is the plain average', () => {
    const ones = [1, 1, 1, 1];
    const [wholeA, wholeB] = [update([1, 2, 3, 4], 10, ones), update([5, 6, 7, 8], 30, ones)];
    const plain = combine(
      bySamples,
      [wholeA, wholeB].map(({ values, samples }) => ({ values, samples })),
    );
    expect(combine(bySamples, [wholeA, wholeB]).values).toEqual(plain.values);
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
          const flat = combine(bySamples, gateways.flat());
          const tiers = combine(
            bySamples,
            gateways.map((devices) => combine(bySamples, devices)),
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

describe.each(Object.entries(aggregators))('%s', (id, aggregator) => {
  const updates = fc
    .array(
      fc.tuple(
        fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 50 }),
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((all) => all.map(([values, samples]) => ({ values: Float32Array.from(values), samples })));

  it('has its own id, words, and a cost that grows with what arrives', () => {
    expect(aggregator.id).toBe(id);
    expect(aggregator.help).toMatch(/\.$/);
    expect(aggregator.macs(100, 3)).toBeGreaterThan(aggregator.macs(100, 2));
    expect(aggregator.macs(100, 3)).toBeGreaterThan(aggregator.macs(50, 3));
  });

  it('lies within the updates’ range, counts all samples, and leaves what it was given', () => {
    fc.assert(
      fc.property(updates, (all) => {
        const before = structuredClone(all);
        const { values, samples } = combine(aggregator, all);
        expect(all).toEqual(before);
        expect(samples).toBe(all.reduce((sum, each) => sum + each.samples, 0));
        values.forEach((value, i) => {
          // One that sees each update beside the others may shorten some, towards zero.
          const own = all.map((each) => each.values[i]).concat(aggregator.needs === 'updates' ? [0] : []);
          expect(value).toBeGreaterThanOrEqual(Math.min(...own) - 1e-4);
          expect(value).toBeLessThanOrEqual(Math.max(...own) + 1e-4);
        });
      }),
    );
  });

  it('that needs sums alone is linear: twice the updates make twice the mean', () => {
    if (aggregator.needs !== 'sums') return;
    fc.assert(
      fc.property(updates, (all) => {
        const twice = all.map((each) => ({ ...each, values: each.values.map((value) => 2 * value) }));
        expect(combine(aggregator, twice).values).toEqual(combine(aggregator, all).values.map((value) => 2 * value));
      }),
    );
  });

  it('of nothing is refused', () => {
    expect(() => combine(aggregator, [])).toThrow(RangeError);
  });
});
