import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { printableSentence, printableText } from './printable-text.ts';

it.each([
  ['Arduino 7, 20 °C', 'Arduino 7, 20 °C'],
  ['two\nlines', 'two\\u000alines'],
  ['\u001b[31mred', '\\u001b[31mred'],
  ['right \u202eto left', 'right \\u202eto left'],
  ['half \ud83d', 'half \\ud83d'],
  ['a whole 😀', 'a whole 😀'],
])('writes %j as %s', (text, plain) => {
  expect(printableText(text)).toBe(plain);
});

it('cuts what is too long, an escape as a whole', () => {
  expect(printableText('abcdefgh', 8)).toBe('abcdefgh');
  expect(printableText('abcdefghi', 8)).toBe('abcdefg…');
  expect(printableText('ab\u0000\u0000', 12)).toBe('ab\\u0000…');
});

it('is one printable line of bounded length, whatever comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(printableText(text)).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]{0,60}$/u);
    }),
  );
  expect(printableSentence('x'.repeat(1e6))).toHaveLength(1000);
});
