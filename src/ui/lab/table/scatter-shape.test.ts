import { describe, expect, it } from 'vitest';
import { formatPercentagePoints } from '../../../sim/lab/efficiency/percentage-points.ts';
import { formatCosine, formatError } from '../lab-format.ts';
import { boxesOfBars, endsOf, errorBarsOf, logTicks, nameDots, placeOf, shareTicks } from './scatter-shape.ts';

describe('the axes', () => {
  it('have round ticks around the data', () => {
    expect(logTicks(6000, 260_000)).toEqual([5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]);
    expect(logTicks(1000, 1000)).toEqual([1000]);
    expect(shareTicks(0.62, 0.91).map((tick) => Math.round(100 * tick))).toEqual([60, 70, 80, 90, 100]);
    expect(shareTicks(0.9, 0.9).length).toBeGreaterThan(1);
  });

  it('put equal ratios at equal distances', () => {
    const plane = { width: 300, height: 100, x: [1, 1000], y: [0, 1] } as const;
    expect(placeOf(1, 0, plane)).toEqual({ x: 0, y: 100 });
    expect(placeOf(10, 1, plane).x).toBeCloseTo(100, 9);
    expect(placeOf(100, 1, plane)).toMatchObject({ y: 0 });
  });
});

describe('error bars', () => {
  const plane = { width: 300, height: 100, x: [1, 1000], y: [0, 1] } as const;

  it('reach one standard deviation to each side, both ways', () => {
    expect(endsOf({ mean: 5, sd: 2 })).toEqual([3, 7]);
    const { left, right, top, bottom } = errorBarsOf({ mean: 55, sd: 45 }, { mean: 0.5, sd: 0.25 }, plane);
    expect([left, right].map(Math.round)).toEqual([100, 200]);
    expect([top, bottom]).toEqual([25, 75]);
  });

  it('of one seed have no length', () => {
    const { left, right, top, bottom } = errorBarsOf(
      { mean: 10, sd: Number.NaN },
      { mean: 0.5, sd: Number.NaN },
      plane,
    );
    expect([right - left, bottom - top]).toEqual([0, 0]);
  });

  it('end at the edge of the plane, even where the log axis has no zero', () => {
    const bars = errorBarsOf({ mean: 10, sd: 20 }, { mean: 0.9, sd: 0.3 }, plane);
    expect(bars.left).toBe(0);
    expect(bars.top).toBe(0);
  });
});

describe('names of dots', () => {
  it('keep off the error bars, their own and others', () => {
    const size = { width: 400, height: 200 };
    const dots = [
      { x: 100, y: 100, label: 'INT8' },
      { x: 125, y: 100, label: 'low rank 4' },
    ];
    const bars = dots.flatMap((dot) => boxesOfBars(dot, { left: dot.x, right: dot.x, top: 60, bottom: 140 }));
    for (const { anchor, textX, textY, label } of nameDots(dots, [], size, bars)) {
      const wide = 6.1 * label.length;
      const left = anchor === 'start' ? textX : anchor === 'end' ? textX - wide : textX - wide / 2;
      for (const { x } of dots) expect(left > x || left + wide < x || textY + 6 < 60 || textY - 6 > 140).toBe(true);
    }
  });

  const size = { width: 400, height: 200 };
  const boxOf = ({ textX, textY, anchor, label }: ReturnType<typeof nameDots>[number]) => {
    const wide = 6 * label.length;
    const left = anchor === 'start' ? textX : anchor === 'end' ? textX - wide : textX - wide / 2;
    return { left, right: left + wide, top: textY - 6, bottom: textY + 6 };
  };

  it('stay apart and within the plane, even of dots that lie on each other', () => {
    const places = [
      { x: 100, y: 50 },
      { x: 100, y: 50 },
      { x: 110, y: 52 },
      { x: 398, y: 199 },
      { x: 2, y: 2 },
    ];
    const boxes = nameDots(
      places.map((place, i) => ({ ...place, label: `pipeline ${i}` })),
      [],
      size,
    ).map(boxOf);
    for (const [index, a] of boxes.entries()) {
      expect(a.left).toBeGreaterThanOrEqual(-1);
      expect(a.right).toBeLessThanOrEqual(401);
      for (const b of boxes.slice(index + 1)) {
        expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
      }
    }
  });

  it('keep off the front’s line', () => {
    const front = [
      { x: 50, y: 150 },
      { x: 250, y: 100 },
    ];
    const [named] = nameDots([{ x: 50, y: 150, label: 'INT2' }], front, size);
    const { top, bottom, left, right } = boxOf(named);
    expect(top > 152 || bottom < 148 || right < 50 || left > 250).toBe(true);
  });
});

it('numbers: what is exact is said so, a gain is a negative drop', () => {
  expect([formatError(0), formatError(0.131), formatError(Number.NaN)]).toEqual(['exact', '13.1 %', '–']);
  expect([formatCosine(1), formatCosine(0.99999), formatCosine(Number.NaN)]).toEqual(['1.0000', '0.9999', '–']);
  expect([
    formatPercentagePoints(0.021),
    formatPercentagePoints(-0.004),
    formatPercentagePoints(-0.0001),
    formatPercentagePoints(Number.NaN),
  ]).toEqual(['2.1', '−0.4', '0.0', '–']);
});
