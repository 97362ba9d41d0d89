import { describe, expect, it } from 'vitest';
import { accuracySpec, energySpec, roundTripSpec } from './chart-specs.ts';
import { toCurvePixels, toOffScale } from './curve-points.ts';

const size = { width: 300, height: 60 };
const tops = { x: 10, left: 4, right: 2 };

describe('curves in pixels', () => {
  it('begin at the lower left and reach the upper right at the tops of the axes', () => {
    const points = [
      { x: 0, seconds: 0 },
      { x: 5, seconds: 1 },
      { x: 10, seconds: 4 },
    ];
    const [{ line, base }] = toCurvePixels(points, roundTripSpec.curves, 'step', tops, size);
    expect(line).toEqual([
      { x: 0, y: 60 },
      { x: 150, y: 45 },
      { x: 300, y: 0 },
    ]);
    expect(base).toEqual([]);
  });

  it('of the right axis are measured by its top', () => {
    const curve = { ...roundTripSpec.curves[0], side: 'right' as const };
    const [{ line }] = toCurvePixels([{ x: 10, seconds: 1 }], [curve], 'line', tops, size);
    expect(line).toEqual([{ x: 300, y: 30 }]);
  });

  it('stand on each other in a stack, the first on the axis, the last at the sum', () => {
    const curves = energySpec.curves.slice(0, 3);
    const points = [
      { x: 0, compute: 1, transmit: 0.5, receive: 0.5 },
      { x: 10, compute: 2, transmit: 1, receive: 0 },
    ];
    const drawn = toCurvePixels(points, curves, 'stack', tops, size);
    expect(drawn[0].base.map(({ y }) => y)).toEqual([60, 60]);
    expect(drawn[1].base).toEqual(drawn[0].line);
    expect(drawn[2].base).toEqual(drawn[1].line);
    expect(drawn[2].line).toEqual([
      { x: 0, y: 30 },
      { x: 300, y: 15 },
    ]);
  });
});

describe('a curve beyond its axis', () => {
  const points = [0.3, 12, 3.8e13, Number.POSITIVE_INFINITY, 0.5, 11, Number.NaN].map((loss, x) => ({
    x,
    accuracy: 0.2,
    loss,
  }));
  const cut = { x: 6, left: 1, right: 10 };

  it('leaves the plot at its top, at no more than a few heights above it', () => {
    const [accuracy, loss] = toCurvePixels(points, accuracySpec.curves, 'line', cut, size);
    expect(accuracy.line.map(({ y }) => y)).toEqual(Array(7).fill(48));
    const ys = loss.line.map(({ y }) => y);
    expect(ys.slice(0, 6)).toEqual([58.2, -12, -120, -120, 57, -6]);
    expect(ys[6]).toBeNaN();
  });

  it('is marked where each stretch begins', () => {
    const found = toOffScale(points, accuracySpec.curves, cut);
    expect(found.map(({ curve, x }) => [curve.key, x])).toEqual([
      ['loss', 1],
      ['loss', 5],
    ]);
    expect(toOffScale(points.slice(0, 1), accuracySpec.curves, cut)).toEqual([]);
  });
});
