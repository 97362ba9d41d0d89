import { expect, it } from 'vitest';
import { failureKindOf, messageOf } from './failure-kind.ts';
import { AssetLoadError } from './fetch-asset.ts';

it.each([
  'Failed to fetch dynamically imported module: https://fogline.example/assets/motor-source-1a2b.js',
  'error loading dynamically imported module: https://fogline.example/assets/motor-source-1a2b.js',
  'Importing a module script failed.',
])('a part of the program that did not come is a failed load, in a sentence: %s', (message) => {
  const error = new TypeError(message);
  expect(failureKindOf(error)).toBe('load failed');
  expect(messageOf(error)).toBe('A part of the program could not be loaded (no connection).');
});

it('other errors keep their own sentence', () => {
  expect(failureKindOf(new TypeError('x is not a function'))).toBe('error');
  expect(messageOf(new TypeError('x is not a function'))).toBe('x is not a function');
  expect(failureKindOf(new AssetLoadError('weather.csv could not be loaded.'))).toBe('load failed');
  expect(messageOf('text')).toBe('text');
});
