import { expect, it } from 'vitest';
import { type Frame, MARGIN, serves } from './scene.ts';

const bounds = { x: 0, y: 0, width: 2000, height: 1000 };
const at = (x: number, y: number, zoom = 1): Frame => ({
  transform: [x, y, zoom],
  width: 800,
  height: 600,
  density: 2,
});

it('a picture serves while the view moves within its margin', () => {
  expect(serves(at(-300, -100), at(-300, -100), bounds)).toBe(true);
  expect(serves(at(-300, -100), at(-300 - MARGIN, -100), bounds)).toBe(true);
  expect(serves(at(-300, -100), at(-301 - MARGIN, -100), bounds)).toBe(false);
});

it('and however far it moves where there is nothing more to see', () => {
  const small = { x: 0, y: 0, width: 700, height: 500 };
  expect(serves(at(20, 20), at(700, 500), small)).toBe(true);
  expect(serves(at(20, 20), at(-5000, 0), small)).toBe(true);
});

it('but not closer or further away: it would be blurred', () => {
  expect(serves(at(0, 0), at(0, 0, 1.01), bounds)).toBe(false);
  expect(serves(at(0, 0), { ...at(0, 0), density: 1 }, bounds)).toBe(false);
});
