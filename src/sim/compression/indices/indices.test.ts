// Every index coding brings back the positions it wrote, in as many bits as it said; Golomb-Rice comes near the entropy.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultsOf, type OwnSettings, settingsOfAll } from '../../experiment/variants.ts';
import { Rng } from '../../random.ts';
import { ByteReader } from '../wire/byte-reader.ts';
import { ByteWriter } from '../wire/byte-writer.ts';
import { indexCodings, smallestCoding } from './index.ts';
import type { IndexCoding } from './index-coding.ts';

const settings = defaultsOf(settingsOfAll(indexCodings));

/** Positions of a tensor, ascending, and the tensor's length. */
const masks = fc.integer({ min: 0, max: 3000 }).chain((length) =>
  fc.record({
    length: fc.constant(length),
    positions: fc
      .uniqueArray(fc.integer({ min: 0, max: Math.max(0, length - 1) }), { maxLength: Math.min(length, 200) })
      .map((positions) => Uint32Array.from(positions).sort()),
  }),
);

function randomMask(length: number, density: number, rng: Rng): Uint32Array {
  const positions = Array.from({ length }, (_, at) => at).filter(() => rng.uniform() < density);
  return Uint32Array.from(positions);
}

function written(coding: IndexCoding<OwnSettings>, positions: Uint32Array, length: number): Uint8Array {
  const out = new ByteWriter();
  coding.write(positions, length, out, settings);
  return out.finish();
}

function read(coding: IndexCoding<OwnSettings>, bytes: Uint8Array, kept: number, length: number): Uint32Array {
  const into = new Uint32Array(kept);
  const from = new ByteReader(bytes);
  coding.read(into, length, from);
  from.align();
  expect(from.remaining).toBe(0);
  return into;
}

describe.each(Object.entries(indexCodings))('%s', (id, coding) => {
  test('has its id and a wire code of four bits that no other has', () => {
    expect(coding.id).toBe(id);
    expect(coding.wireCode).toBeLessThan(16);
    expect(Object.values(indexCodings).filter(({ wireCode }) => wireCode === coding.wireCode)).toHaveLength(1);
  });

  test('brings back any positions, in as many bits as it says', () => {
    fc.assert(
      fc.property(masks, ({ positions, length }) => {
        const bytes = written(coding, positions, length);
        expect(bytes.length).toBe(Math.ceil(coding.bits(positions, length, settings) / 8));
        expect(read(coding, bytes, positions.length, length)).toEqual(positions);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test.each([
    ['nothing of nothing', [], 0],
    ['nothing', [], 1000],
    ['a single value', [0], 1],
    ['the first', [0], 1000],
    ['the last', [999], 1000],
    ['everything', Array.from({ length: 1000 }, (_, i) => i), 1000],
    ['a run at the end', Array.from({ length: 50 }, (_, i) => 950 + i), 1000],
    ['both ends of 65,536', [0, 65_535], 65_536],
  ])('brings back %s', (_what, kept, length) => {
    const positions = Uint32Array.from(kept);
    expect(read(coding, written(coding, positions, length), kept.length, length)).toEqual(positions);
  });
});

test.each(['u32', 'packed', 'bitmap', 'rice'] as const)('%s reaches the last of 4,194,304 values', (id) => {
  const coding = indexCodings[id];
  const length = 2 ** 22;
  const positions = Uint32Array.of(0, length - 1);
  expect(read(coding, written(coding, positions, length), 2, length)).toEqual(positions);
});

test('the smallest coding is the smallest', () => {
  fc.assert(
    fc.property(masks, ({ positions, length }) => {
      const bits = Object.values(indexCodings).map((coding) => coding.bits(positions, length, settings));
      expect(smallestCoding(positions, length, settings).bits(positions, length, settings)).toBe(Math.min(...bits));
    }),
    { numRuns: 200, seed: 2 },
  );
});

describe('Golomb-Rice', () => {
  test('no other parameter would take fewer bits, however the positions are spread', () => {
    fc.assert(
      fc.property(masks, ({ positions, length }) => {
        const gaps = [...positions].map((position, i) => position - (i === 0 ? 0 : positions[i - 1] + 1));
        const bitsWith = (r: number) => gaps.reduce((sum, gap) => sum + Math.floor(gap / 2 ** r) + 1 + r, 5);
        const best = Math.min(...Array.from({ length: 23 }, (_, r) => bitsWith(r)));
        expect(indexCodings.rice.bits(positions, length, settings)).toBe(best);
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  test.each([0.01, 0.1])('writes a random mask of density %d within 5 %% of its entropy', (density) => {
    const rng = new Rng(`mask ${density}`);
    for (let draw = 0; draw < 5; draw++) {
      const length = 50_000;
      const mask = randomMask(length, density, rng);
      const share = mask.length / length;
      const entropy = -length * (share * Math.log2(share) + (1 - share) * Math.log2(1 - share));
      const bits = indexCodings.rice.bits(mask, length, settings);
      expect(bits).toBeGreaterThan(entropy);
      expect(bits).toBeLessThan(1.05 * entropy + 5);
      // The fixed widths and the bitmap are far from it.
      for (const id of ['u32', 'u16', 'packed', 'bitmap'] as const) {
        expect(indexCodings[id].bits(mask, length, settings)).toBeGreaterThan(1.9 * entropy);
      }
    }
  });
});
