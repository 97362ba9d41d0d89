import { expect, it } from 'vitest';
import { accuracySpec } from './chart-specs.ts';
import type { CurvePixels } from './curve-points.ts';
import { placeLabel, targetLabelTop } from './label-placement.ts';

const [curve] = accuracySpec.curves;
const through = (...line: (readonly [number, number])[]): CurvePixels => ({
  curve,
  line: line.map(([x, y]) => ({ x, y })),
  base: [],
});
const rising = through([0, 90], [50, 40], [100, 10]);
const falling = through([0, 10], [50, 50], [100, 80]);

it('words stay where the chart wants them if no curve runs there', () => {
  expect(placeLabel([rising], { from: 60, to: 100 }, 70, 100)).toBe(70);
});

it('and go beside the curves where one does, within the plot', () => {
  const stretch = { from: 50, to: 100 };
  for (const wanted of [20, 45, 60]) {
    const y = placeLabel([rising, falling], stretch, wanted, 110);
    // The curves take 10 … 40 and 50 … 80 here.
    expect([y < 1, y > 40 && y < 50, y > 89 && y <= 101]).toContain(true);
  }
});

it('a curve that only passes through the stretch is seen too', () => {
  expect(placeLabel([through([0, 50], [100, 50])], { from: 40, to: 60 }, 50, 100)).not.toBe(50);
});

it('where no place is free they stay', () => {
  expect(placeLabel([through([0, 0], [100, 100])], { from: 0, to: 100 }, 50, 100)).toBe(50);
});

it('a target’s name goes below its line where the curve is above, and never over the numbers of the axis', () => {
  expect(targetLabelTop(50, false, 90)).toBe(37);
  expect(targetLabelTop(50, true, 90)).toBe(51);
  expect(targetLabelTop(89, true, 90)).toBe(76);
});
