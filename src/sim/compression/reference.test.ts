// The tutorial's quantiser and top-k, held against what PyTorch computed with the tutorial's own code (reference/).

import { describe, expect, test } from 'vitest';
import { Rng } from '../random.ts';
import { makeCodec, quantisers, type Update } from './index.ts';
import reference from './reference/codecs.json' with { type: 'json' };
import { ByteReader } from './wire/byte-reader.ts';
import { ByteWriter } from './wire/byte-writer.ts';

const tensors = Object.entries(reference.tensors);
const context = { rng: new Rng('unused') };

const updateOf = (field: 'weights' | 'gradients'): Update => ({
  shapes: tensors.map(([, tensor]) => tensor.shape),
  values: Float32Array.from(tensors.flatMap(([, tensor]) => tensor[field])),
});

describe.each(['8', '4', '2'] as const)('tutorial-int%s', (bits) => {
  test.each(tensors)('stores the integers of %s that PyTorch stores', (_name, { weights, quantizer }) => {
    const { data, min, scale } = quantizer[bits];
    const quantiser = quantisers[`tutorial-int${bits}`];
    const values = Float32Array.from(weights);
    const scales = quantiser.scalesOf(values, 'nearest', {});
    expect(scales).toEqual([Math.fround(min), Math.fround(scale)]);
    const out = new ByteWriter();
    quantiser.write(values, scales, out, null);
    const bytes = out.finish();
    expect([...bytes]).toEqual(data);

    const levels = new Map(Object.entries(quantizer[bits].levels));
    const decoded = new Float32Array(values.length);
    quantiser.read(decoded, scales, new ByteReader(bytes));
    for (const [i, value] of decoded.entries()) expect(value).toBeCloseTo(levels.get(String(data[i])) ?? Number.NaN, 6);
  });

  test('decodes a whole model to what PyTorch dequantises', () => {
    const { encode, decode } = makeCodec({ sparsify: 'none', keep: 1, quantise: `tutorial-int${bits}` });
    const { values } = decode(encode(updateOf('weights'), context));
    const expected = tensors.flatMap(([, { quantizer }]) => {
      const levels = new Map(Object.entries(quantizer[bits].levels));
      return quantizer[bits].data.map((level) => levels.get(String(level)) ?? Number.NaN);
    });
    const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
    expect(worst).toBeLessThan(1e-6);
  });
});

test.each(['0.01', '0.1', '0.5'] as const)('top-k %s keeps and restores what PyTorch does', (ratio) => {
  const update = updateOf('gradients');
  const { encode, decode } = makeCodec({ sparsify: 'top-k', keep: Number(ratio), quantise: 'fp32' });
  const { values } = decode(encode(update, context));
  const expected = new Float32Array(update.values.length);
  let start = 0;
  for (const [, tensor] of tensors) {
    for (const position of tensor.kept[ratio]) expected[start + position] = update.values[start + position];
    start += tensor.gradients.length;
  }
  expect(values).toEqual(expected);
});
