import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatJoules,
  formatLoss,
  formatLossShort,
  formatNumber,
  formatPart,
  formatRatio,
  formatSeconds,
  formatShare,
  withUnits,
} from './format.ts';
import { parseNumber } from './quantity.ts';
import { formatMemory } from './shared/format-memory.ts';

it('keeps three significant figures and moves up a unit in time', () => {
  expect(formatBytes(442)).toBe('442 B');
  expect(formatBytes(7060)).toBe('7.06 kB');
  expect(formatBytes(999_600)).toBe('1.00 MB');
  expect(formatBytes(2.5e12)).toBe('2.50 TB');
  expect(formatSeconds(0.0098)).toBe('9.80 ms');
  expect(formatSeconds(1.2149)).toBe('1.21 s');
  expect(formatSeconds(9.996)).toBe('10.0 s');
  expect(formatJoules(0.00071)).toBe('710 µJ');
  expect(formatJoules(214.4)).toBe('214 J');
  expect(formatNumber(0.3123)).toBe('0.312');
  expect(formatNumber(38_189.2)).toBe('38,189');
  expect(formatRatio(3.98)).toBe('4.0×');
  expect(formatShare(0.9132)).toBe('91.3 %');
  expect(formatCount(1765)).toBe('1,765');
});

it('writes long times as two units that never carry wrongly, and no unit of which there is none', () => {
  expect(formatSeconds(59.97)).toBe('1 min');
  expect(formatSeconds(192.4)).toBe('3 min 12 s');
  expect(formatSeconds(3599.6)).toBe('1 h');
  expect(formatSeconds(9776)).toBe('2 h 43 min');
  expect(formatSeconds(86_399)).toBe('1 d');
  expect(formatSeconds(86_400)).toBe('1 d');
  expect(formatSeconds(86_400 * 3 + 3600 * 4)).toBe('3 d 4 h');
  expect(formatSeconds(86_400 * 412.2)).toBe('412 d');
  expect(formatSeconds(86_400 * 10_000)).toBe('10,000 d');
});

it('writes what has no bound as a power of ten', () => {
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  expect(plain(formatLoss(38_189_001_937_107.28))).toBe('3.82 × 10¹³ nats');
  expect(formatLoss(0.3123)).toBe('0.31 nats');
  expect(formatLoss(123.4)).toBe('123 nats');
  expect(plain(formatNumber(1e-7))).toBe('1.00 × 10⁻⁷');
  expect(plain(formatNumber(-3.8189e13))).toBe('-3.82 × 10¹³');
  expect(plain(formatSeconds(1e15))).toBe('1.16 × 10¹⁰ d');
  expect(formatLossShort(38_189_001_937_107)).toBe('99+');
  expect(formatLossShort(0.31)).toBe('0.3');
  expect(formatLossShort(9.96)).toBe('10');
});

it('shows a dash where there is no number, and infinity where it has left all bounds', () => {
  expect(formatJoules(Number.NaN)).toBe('–');
  expect(formatBytes(Number.POSITIVE_INFINITY)).toBe('–');
  expect(formatNumber(Number.POSITIVE_INFINITY)).toBe('∞');
  expect(formatLoss(Number.POSITIVE_INFINITY)).toBe('∞ nats');
  expect(
    [formatLoss, formatLossShort, formatNumber, formatCount, formatShare, formatMemory].map((f) => f(Number.NaN)),
  ).toEqual(Array(6).fill('–'));
});

const everyFormat = {
  formatBytes,
  formatSeconds,
  formatJoules,
  formatShare,
  formatNumber,
  formatLoss,
  formatLossShort,
  formatCount,
  formatRatio,
  formatMemory,
};

describe.each(Object.entries(everyFormat))('%s', (_, format) => {
  it('is short for every number, and says no "NaN", "e+" or "Infinity"', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const text = format(value);
        expect(text.length, text).toBeLessThanOrEqual(22);
        expect(text).not.toMatch(/NaN|undefined|Infinity|\de[+-]?\d/);
      }),
    );
  });
});

it('a plain number is read back as what it says, to its three digits', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (value) => {
      const read = parseNumber(formatNumber(value));
      expect(Math.abs((read ?? Number.NaN) - value)).toBeLessThanOrEqual(Math.abs(value) * 5.001e-3);
    }),
  );
});

it('counts with the right word', () => {
  expect([0, 1, 2, 1765].map((count) => formatCounted(count, 'device'))).toEqual([
    '0 devices',
    '1 device',
    '2 devices',
    '1,765 devices',
  ]);
  expect(formatCounted(2, 'battery', 'batteries')).toBe('2 batteries');
  expect(formatPart(1, 1, 'device')).toBe('1 of 1 device');
  expect(formatPart(1, 30, 'device')).toBe('1 of 30 devices');
});

it('keeps numbers and their units on one line', () => {
  expect(withUnits('takes 577 ms at 100 kbit/s, 10 % of 30 devices')).toBe(
    'takes 577\u00a0ms at 100\u00a0kbit/s, 10\u00a0% of 30\u00a0devices',
  );
});
