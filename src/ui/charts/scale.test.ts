import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Quantity, ticksUpTo, toScale } from './scale.ts';

const quantities: Quantity[] = ['rounds', 'seconds', 'joules', 'bytes', 'share', 'nats', 'devices'];

describe('an axis', () => {
  test('reaches its largest value and wastes at most half its length', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...quantities),
        fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
        (quantity, most) => {
          const { top } = toScale(quantity, most);
          expect(top).toBeGreaterThanOrEqual(most * (1 - 1e-6));
          if (quantity !== 'rounds' && quantity !== 'devices') expect(top).toBeLessThanOrEqual(most * 2.001);
        },
      ),
    );
  });

  test('has at least three ticks, from 0 to its top', () => {
    fc.assert(
      fc.property(fc.constantFrom(...quantities), fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (quantity, most) => {
        for (const isLong of [false, true]) {
          const { ticks, top, isTop } = toScale(quantity, most, isLong);
          expect(ticks[0]).toBe(0);
          expect(ticks.at(-1)).toBeCloseTo(top, -Math.log10(top) + 6);
          expect(isTop(ticks[ticks.length - 1])).toBe(true);
          expect(ticks.length).toBeGreaterThanOrEqual(3);
          expect(ticks.length).toBeLessThanOrEqual(6);
        }
      }),
    );
  });

  test('says its unit once, at the top', () => {
    const { ticks, textOf } = toScale('bytes', 240_963);
    expect(ticks.map(textOf)).toEqual(['0', '100', '200', '300 kB']);
  });

  test('stays in seconds until two minutes', () => {
    const text = (most: number) => {
      const { top, textOf } = toScale('seconds', most);
      return textOf(top);
    };
    expect([text(0.798), text(1.2), text(85), text(130), text(9000)]).toEqual([
      '800 ms',
      '1.5 s',
      '100 s',
      '3 min',
      '3 h',
    ]);
  });

  test('is one for any number, and all of its ticks are short', () => {
    fc.assert(
      fc.property(fc.constantFrom(...quantities), fc.double({ min: 0 }), (quantity, most) => {
        const { ticks, textOf } = toScale(quantity, most);
        for (const text of ticks.map(textOf)) {
          expect(text).not.toMatch(/NaN|∞|Infinity/);
          expect(text.length, text).toBeLessThanOrEqual(14);
        }
      }),
    );
    expect(toScale('nats', Number.POSITIVE_INFINITY).top).toBe(1);
  });

  test('is drawn before there is anything to draw', () => {
    expect(toScale('joules', 0).top).toBe(1);
    expect(toScale('rounds', 0).top).toBe(10);
  });
});

test('ticks of a clock are round and never past its end', () => {
  expect(ticksUpTo(0.798, 5)).toEqual([0, 0.2, 0.4, 0.6000000000000001]);
  expect(ticksUpTo(0, 5)).toEqual([0]);
});
