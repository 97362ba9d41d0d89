// The colours of 32 classes in theme.css can be told apart, in both themes, by eyes with three kinds of cones and with two. Distances are
// those of OKLab (Ottosson 2020), where 0.02 is just noticed; what eyes without red or green cones see is by Machado et al. 2009.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAX_CLASSES } from '../sim/data/task.ts';

const css = readFileSync(new URL('theme.css', import.meta.url), 'utf8');
const [light, dark] = css.split("[data-mantine-color-scheme='dark']");

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];
const times = (matrix: Matrix, [a, b, c]: Triple): Triple => {
  const [x, y, z] = matrix.map((row) => row[0] * a + row[1] * b + row[2] * c);
  return [x, y, z];
};

const linear = (hex: string): Triple => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r, g, b];
};

const toCones: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const toLab: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const oklab = (colour: Triple): Triple => {
  const [l, m, s] = times(toCones, colour).map(Math.cbrt);
  return times(toLab, [l, m, s]);
};

const eyes: Readonly<Record<string, Matrix>> = {
  'three kinds of cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

const within = ([r, g, b]: Triple): Triple => {
  const [x, y, z] = [r, g, b].map((value) => Math.min(1, Math.max(0, value)));
  return [x, y, z];
};

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s theme', (_, theme) => {
  const colours = Array.from(
    { length: MAX_CLASSES },
    (__, index) => new RegExp(`--class-${index}: (#[0-9a-f]{6});`).exec(theme)?.[1] ?? '',
  );

  it('there is one for each class', () => {
    expect(colours.filter((colour) => colour === '')).toEqual([]);
    expect(new Set(colours).size).toBe(MAX_CLASSES);
  });

  it.each(Object.entries(eyes))('%s tell each two apart, and ten more easily', (___, eye) => {
    const seen = colours.map((colour) => oklab(within(times(eye, linear(colour)))));
    const closest = (count: number): number => {
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < count; i++)
        for (let j = 0; j < i; j++)
          least = Math.min(least, Math.hypot(...seen[i].map((value, axis) => value - seen[j][axis])));
      return least;
    };
    expect(closest(MAX_CLASSES)).toBeGreaterThan(0.05);
    expect(closest(10)).toBeGreaterThan(0.055);
  });
});
