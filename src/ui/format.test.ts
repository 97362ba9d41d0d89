import { expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatJoules,
  formatNumber,
  formatRatio,
  formatSeconds,
  formatShare,
  withUnits,
} from './format.ts';

it('keeps three significant figures and moves up a unit in time', () => {
  expect(formatBytes(442)).toBe('442 B');
  expect(formatBytes(7060)).toBe('7.06 kB');
  expect(formatBytes(999_600)).toBe('1.00 MB');
  expect(formatSeconds(0.0098)).toBe('9.80 ms');
  expect(formatSeconds(1.2149)).toBe('1.21 s');
  expect(formatSeconds(9.996)).toBe('10.0 s');
  expect(formatJoules(0.00071)).toBe('710 µJ');
  expect(formatJoules(214.4)).toBe('214 J');
  expect(formatNumber(0.3123)).toBe('0.312');
  expect(formatRatio(3.98)).toBe('4.0×');
  expect(formatShare(0.9132)).toBe('91.3 %');
  expect(formatCount(1765)).toBe('1,765');
});

it('writes long times as two units that never carry wrongly', () => {
  expect(formatSeconds(59.97)).toBe('1 m 0 s');
  expect(formatSeconds(192.4)).toBe('3 m 12 s');
  expect(formatSeconds(3599.6)).toBe('1 h 0 m');
  expect(formatSeconds(9776)).toBe('2 h 43 m');
  expect(formatSeconds(86_400 * 3 + 3600 * 4)).toBe('3 d 4 h');
});

it('shows a dash where there is no number', () => {
  expect(formatJoules(Number.NaN)).toBe('–');
  expect(formatBytes(Number.POSITIVE_INFINITY)).toBe('–');
});

it('keeps numbers and their units on one line', () => {
  expect(withUnits('takes 577 ms at 100 kbit/s, 10 % of 30 devices')).toBe(
    'takes 577\u00a0ms at 100\u00a0kbit/s, 10\u00a0% of 30\u00a0devices',
  );
});
