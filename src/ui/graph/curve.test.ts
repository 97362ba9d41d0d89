import { describe, expect, it } from 'vitest';
import { bottomOf, boundsOf, curveOf, distanceTo, laneCurve, pathOf, pointOn, topOf } from './curve.ts';

describe('a link’s curve', () => {
  const curve = curveOf({ x: 100, y: 0 }, { x: 40, y: 200 }, 120);

  it('runs from the upper node to the lower one', () => {
    expect(pointOn(curve, 0)).toEqual({ x: 100, y: 0 });
    expect(pointOn(curve, 1)).toEqual({ x: 40, y: 200 });
    expect(pathOf(curve)).toMatch(/^M40\.0,200\.0 L40\.0,120\.0 C.* 100\.0,0\.0$/);
  });

  it('goes straight down below the fan, and always down', () => {
    let before = -1;
    for (let share = 0; share <= 1; share += 0.02) {
      const { x, y } = pointOn(curve, share);
      expect(y).toBeGreaterThan(before);
      if (y > 120.01) expect(x).toBeCloseTo(40);
      before = y;
    }
  });

  it('bends at the lower node itself if that hangs above the fan’s end', () => {
    expect(curveOf({ x: 0, y: 0 }, { x: 50, y: 60 }, 120).pieces).toHaveLength(1);
  });
});

describe('a link to a lower row', () => {
  const top = { x: 100, y: 0 };
  const bottom = { x: 40, y: 200 };
  const curve = laneCurve(top, bottom, 80, { x: 110, y: 170 }, 8);

  it('goes down the channel, along the lane and down on its device', () => {
    expect([topOf(curve), bottomOf(curve)]).toEqual([top, bottom]);
    for (const point of [
      { x: 110, y: 80 },
      { x: 110, y: 120 },
      { x: 110, y: 160 },
      { x: 75, y: 170 },
      { x: 40, y: 180 },
    ])
      expect(distanceTo(curve, point), JSON.stringify(point)).toBeCloseTo(0, 6);
    expect(boundsOf(curve)).toEqual({ x: 40, y: 0, width: 70, height: 200 });
  });

  it('never goes up, and a message on it never jumps', () => {
    let before = top;
    for (let share = 0; share <= 1; share += 0.005) {
      const point = pointOn(curve, share);
      expect(point.y).toBeGreaterThanOrEqual(before.y);
      expect(Math.hypot(point.x - before.x, point.y - before.y)).toBeLessThan(3);
      before = point;
    }
  });

  it('goes straight down where its device stands below the channel', () => {
    expect(pathOf(laneCurve(top, { x: 110, y: 200 }, 80, { x: 110, y: 170 }, 8))).toMatch(
      /^M110.0,200.0 L110.0,80.0 C/,
    );
  });
});
