import { describe, expect, it } from 'vitest';
import { energySpec, roundTripSpec } from './chart-specs.ts';
import { toCurvePixels } from './curve-points.ts';

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
