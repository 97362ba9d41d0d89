import { describe, expect, test } from 'vitest';
import { ByteReader } from '../wire/byte-reader.ts';
import { ByteWriter } from '../wire/byte-writer.ts';
import { quantisers } from './index.ts';
import type { Quantiser } from './quantiser.ts';

function roundTrip(quantiser: Quantiser, values: Float32Array): Float32Array {
  const scales = quantiser.scalesOf(values, 'nearest', {});
  const out = new ByteWriter();
  quantiser.write(values, scales, out, null);
  const decoded = new Float32Array(values.length);
  quantiser.read(decoded, scales, new ByteReader(out.finish()));
  return decoded;
}

describe.each([quantisers.int8, quantisers.int6, quantisers.int4, quantisers.int3, quantisers.int2])(
  '$label',
  (quantiser) => {
    test('spends all its levels, evenly', () => {
      const steps = 2 ** quantiser.bits - 1;
      const ramp = Float32Array.from({ length: 1000 }, (_, i) => 1 + i / 999);
      const levels = [...new Set(roundTrip(quantiser, ramp))];
      expect(levels).toHaveLength(steps + 1);
      for (const [i, level] of levels.entries()) expect(level).toBeCloseTo(1 + i / steps, 6);
    });

    test('brings zero back as zero where the range holds it', () => {
      for (const [low, high] of [
        [-1, 3],
        [-0.1, 7],
        [-5, 1e-3],
        [0, 2],
        [-2, 0],
      ]) {
        expect(roundTrip(quantiser, Float32Array.of(low, 0, high))[1]).toBe(0);
      }
    });

    test('its bound is tight: half a step', () => {
      const values = Float32Array.from({ length: 5000 }, (_, i) => -1 + (i * 3.3) / 4999);
      const decoded = roundTrip(quantiser, values);
      const worst = Math.max(...values.map((value, i) => Math.abs(value - decoded[i])));
      expect(worst).toBeLessThanOrEqual(quantiser.errorBound(values, 'nearest', {}));
      expect(worst).toBeGreaterThan(0.9 * quantiser.errorBound(values, 'nearest', {}));
    });
  },
);

describe('the tutorial’s quantiser', () => {
  test('rounds a half to the even level, as torch.round does', () => {
    const [, middle] = roundTrip(quantisers['tutorial-int2'], Float32Array.of(0, 1, 2));
    expect(middle).toBe(0);
    const [, upper] = roundTrip(quantisers['tutorial-int4'], Float32Array.of(0, 1, 2));
    expect(upper).toBeCloseTo((2 * 4) / 7, 6);
  });

  test('has half as many levels as its bits allow', () => {
    const ramp = Float32Array.from({ length: 1000 }, (_, i) => i / 999);
    for (const bits of [8, 4, 2] as const) {
      expect(new Set(roundTrip(quantisers[`tutorial-int${bits}`], ramp)).size).toBe(2 ** (bits - 1));
    }
  });
});
