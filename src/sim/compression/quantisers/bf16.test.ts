import { expect, test } from 'vitest';
import { ByteReader } from '../wire/byte-reader.ts';
import { ByteWriter } from '../wire/byte-writer.ts';
import { bf16 } from './bf16.ts';

function decoded(...values: number[]): number[] {
  const out = new ByteWriter();
  bf16.write(Float32Array.from(values), [], out, null);
  const into = new Float32Array(values.length);
  bf16.read(into, [], new ByteReader(out.finish()));
  return [...into];
}

test('every finite bfloat16 is its own nearest one', () => {
  const words = Uint32Array.from({ length: 0x10000 }, (_, bits) => bits << 16);
  const finite = [...new Float32Array(words.buffer)].filter(Number.isFinite);
  expect(finite).toHaveLength(0x10000 - 2 * 128);
  expect(decoded(...finite)).toEqual(finite);
});

test('it is the upper half of a float32', () => {
  const out = new ByteWriter();
  bf16.write(Float32Array.of(1, -2, 3.140625), [], out, null);
  expect([...out.finish()]).toEqual([0x80, 0x3f, 0x00, 0xc0, 0x49, 0x40]);
});

test('a value goes to the nearest, and ties to the even one', () => {
  const unit = 2 ** -7;
  expect(decoded(1 + 0.4 * unit, 1 + 0.6 * unit, -1 - 0.6 * unit)).toEqual([1, 1 + unit, -1 - unit]);
  expect(decoded(1 + 0.5 * unit, 1 + 1.5 * unit)).toEqual([1, 1 + 2 * unit]);
});

test('what is too large saturates instead of becoming infinite', () => {
  const largest = (2 - 2 ** -7) * 2 ** 127;
  expect(decoded(3.4e38, -3.4e38)).toEqual([largest, -largest]);
});
