import { expect, it } from 'vitest';
import { toLine } from './line.ts';

it('among hundreds a link is a hair, whatever it carried', () => {
  expect(toLine({ link: 'carried', width: 3 }, 'dense', true)).toEqual(
    toLine({ link: 'fresh', width: 0 }, 'tight', false),
  );
});

it('where there is room it is as wide as its bytes are many, and shines in a fast run', () => {
  expect(toLine({ link: 'carried', width: 3 }, 'medium', false)).toMatchObject({ width: 3, alpha: 0.5 });
  expect(toLine({ link: 'carried', width: 3 }, 'medium', true)).toMatchObject({ width: 3, alpha: 0.72 });
  expect(toLine({ link: 'fresh', width: 0 }, 'medium', false)).toMatchObject({ width: 1, alpha: 0.4 });
});

it('one that carried nothing is broken, one that is off more so', () => {
  expect(toLine({ link: 'unused', width: 0 }, 'dense', false)).toMatchObject({ ink: 'var(--ink-3)', dash: [3, 4] });
  expect(toLine({ link: 'off', width: 2 }, 'dense', false)).toMatchObject({
    ink: 'var(--ink-3)',
    dash: [2, 5],
    width: 1,
  });
  expect(toLine({ link: 'dead', width: 2 }, 'large', false)).toMatchObject({ dash: [2, 5] });
});
