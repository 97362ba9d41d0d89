import { tensor, transpose } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { openBackend, useBackend } from './backend.ts';

beforeAll(async () => {
  await openBackend('cpu');
  await useBackend('cpu');
});

it('a transpose puts every element where its permuted indices say', () => {
  const axes = fc.integer({ min: 2, max: 5 }).chain((rank) =>
    fc.record({
      shape: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: rank, maxLength: rank }),
      perm: fc.shuffledSubarray([...Array(rank).keys()], { minLength: rank, maxLength: rank }),
    }),
  );
  const placeOf = (indices: readonly number[], shape: readonly number[]): number =>
    indices.reduce((place, index, axis) => place * shape[axis] + index, 0);
  const indicesOf = (place: number, shape: readonly number[]): number[] =>
    shape.map((length, axis) => Math.floor(place / shape.slice(axis + 1).reduce((a, b) => a * b, 1)) % length);
  fc.assert(
    fc.property(axes, ({ shape, perm }) => {
      const size = shape.reduce((a, b) => a * b);
      const given = Float32Array.from({ length: size }, (_, place) => place);
      const turned = transpose(tensor(given, shape), perm);
      expect(turned.shape).toEqual(perm.map((axis) => shape[axis]));
      turned.dataSync().forEach((value, place) => {
        const to = indicesOf(place, turned.shape);
        const from = shape.map((_, axis) => to[perm.indexOf(axis)]);
        expect(value).toBe(placeOf(from, shape));
      });
    }),
  );
});
