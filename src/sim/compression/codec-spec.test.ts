// Every stage with every other: what holds for a codec put together in any way, for any update.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OwnSettings } from '../experiment/variants.ts';
import { Rng } from '../random.ts';
import { randomUpdate, testVectors } from '../testing/test-vectors.ts';
import { withStageDefaults } from './codec-spec.ts';
import {
  type CodecSpec,
  describePacket,
  indexCodings,
  makeCodec,
  quantiserIds,
  quantisers,
  sparsifierIds,
  sparsifiers,
  type Update,
} from './index.ts';
import { rotate, signGenerator } from './quantisers/rotation.ts';
import { selectPositions } from './sparsifiers/select-positions.ts';
import { ByteReader } from './wire/byte-reader.ts';
import { readHeader, readPreamble } from './wire/header.ts';

const context = () => ({ rng: new Rng('options') });
const indexIds = Object.keys(indexCodings) as (keyof typeof indexCodings)[];
const length = (values: Iterable<number>) => Math.hypot(...values);

const anySpec: fc.Arbitrary<CodecSpec> = fc.record({
  factor: fc.constantFrom('none' as const, 'low-rank' as const),
  rank: fc.integer({ min: 1, max: 5 }),
  sparsify: fc.constantFrom(...sparsifierIds),
  keep: fc.constantFrom(0.01, 0.1, 0.5, 0.99, 1),
  threshold: fc.constantFrom(0, 0.1, 0.9),
  scalesUp: fc.boolean(),
  indices: fc.constantFrom('smallest' as const, ...indexIds),
  rotate: fc.boolean(),
  quantise: fc.constantFrom(...quantiserIds),
  rounding: fc.constantFrom('nearest' as const, 'stochastic' as const),
  scales: fc.constantFrom('tensor' as const, 'row' as const),
  pack: fc.constantFrom('bits' as const, 'deflate' as const),
});

const anyShapes = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }), { maxLength: 4 });
const anyUpdate: fc.Arbitrary<Update> = anyShapes.chain((shapes) => {
  const size = shapes.reduce((sum, shape) => sum + shape.reduce((product, side) => product * side, 1), 0);
  const values = fc.float32Array({ noNaN: true, noDefaultInfinity: true, minLength: size, maxLength: size });
  const spread = fc.constantFrom(1e-30, 1e-3, 1, 1e30);
  const drawn = spread.map((scale) => randomUpdate(shapes, `any ${size}`, scale).values);
  return fc.oneof(values, drawn).map((own) => ({ shapes, values: own }));
});

/** Runs of positions that share a row of their tensor. */
function runsByRow(positions: readonly number[], shape: readonly number[], byRow: boolean): number[][] {
  if (!byRow || shape.length < 2) return positions.length > 0 ? [[...positions]] : [];
  const rowLength = shape.slice(1).reduce((size, side) => size * side, 1);
  const rows = new Map<number, number[]>();
  for (const position of positions) {
    const row = Math.floor(position / rowLength);
    rows.set(row, [...(rows.get(row) ?? []), position]);
  }
  return [...rows.values()];
}

function seedIn(bytes: Uint8Array): number | null {
  const from = new ByteReader(bytes);
  readPreamble(from);
  return readHeader(from).seed;
}

/** Of an unfactored codec: each vector is within its quantiser's bound, or, rotated, its error as long as that allows. */
function checkErrors(spec: CodecSpec, update: Update, bytes: Uint8Array, decoded: Float32Array): void {
  const { rounding = 'nearest' } = spec;
  const sparsifier = sparsifiers[spec.sparsify];
  const quantiser = quantisers[spec.quantise];
  let start = 0;
  const tensors = update.shapes.map((shape) => {
    const size = shape.reduce((product, side) => product * side, 1);
    start += size;
    return { shape, start: start - size, values: update.values.slice(start - size, start) };
  });
  const sources = tensors.map(({ values }) => values);
  const { positions } = selectPositions<OwnSettings>(
    sparsifier,
    sources,
    { ...withStageDefaults(spec) },
    context().rng,
  );
  const seed = seedIn(bytes);
  const signs = seed === null ? null : signGenerator(seed);
  for (const [t, tensor] of tensors.entries()) {
    const kept = [...(positions?.[t] ?? tensor.values.keys())];
    const scale =
      positions && spec.scalesUp && sparsifier.isUnbiased ? tensor.values.length / Math.max(1, kept.length) : 1;
    const isKept = new Set(kept);
    for (const i of tensor.values.keys()) if (!isKept.has(i)) expect(decoded[tensor.start + i]).toBe(0);
    for (const run of runsByRow(kept, tensor.shape, spec.scales === 'row')) {
      const most = (2 - 2 ** -23) * 2 ** 127;
      const sent = Float32Array.from(run, (i) => Math.max(-most, Math.min(most, scale * tensor.values[i])));
      const errors = run.map((i, n) => Math.abs(decoded[tensor.start + i] - sent[n]));
      if (signs === null) {
        expect(Math.max(...errors)).toBeLessThanOrEqual(quantiser.errorBound(sent, rounding, withStageDefaults(spec)));
        continue;
      }
      const turned = sent.slice();
      rotate(turned, signs);
      // A rotation that saturates at the end of float32's range cannot be undone.
      if (length(sent) > most / 2) continue;
      const allowed = quantiser.errorBound(turned, rounding, withStageDefaults(spec)) * Math.sqrt(run.length);
      const slack = (length(sent) + allowed) * 2 ** -22 + 2 ** -148 * run.length;
      expect(length(errors)).toBeLessThanOrEqual(allowed + slack);
      expect(Math.max(...errors)).toBeLessThanOrEqual(length(errors));
    }
  }
}

/** As toEqual, and quicker for long arrays. */
function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return a.length === b.length;
}

function check(spec: CodecSpec, update: Update): void {
  const codec = makeCodec(spec);
  const before = update.values.slice();
  const bytes = codec.encode(update, context());
  expect(isSame(update.values, before)).toBe(true);
  expect(isSame(codec.encode(update, context()), bytes)).toBe(true);

  const decoded = codec.decode(bytes);
  expect(decoded.shapes).toEqual(update.shapes);
  expect(decoded.values).toHaveLength(update.values.length);
  expect(decoded.values.every(Number.isFinite)).toBe(true);
  expect(isSame(codec.decode(bytes).values, decoded.values)).toBe(true);

  const { parts, wireTensors } = describePacket(bytes);
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(bytes.length);
  expect(wireTensors.every(({ kept, coding }) => kept === 0 || coding !== '')).toBe(true);
  // Deflating changes the bytes and nothing else, and never costs more than the two lengths of each section.
  const other = makeCodec({ ...spec, pack: spec.pack === 'deflate' ? 'bits' : 'deflate' }).encode(update, context());
  expect(isSame(codec.decode(other).values, decoded.values)).toBe(true);
  const [plain, deflated] = spec.pack === 'deflate' ? [other, bytes] : [bytes, other];
  expect(deflated.length).toBeLessThanOrEqual(plain.length + 2 * (4 + 1));
  if (spec.factor !== 'low-rank') checkErrors(spec, update, bytes, decoded.values);
}

test('any codec brings back any finite update: its shape, within its bounds, its bytes accounted for', () => {
  fc.assert(fc.property(anySpec, anyUpdate, check), { numRuns: 1000, seed: 1 });
});

describe.each(Object.keys(testVectors))('%s', (name) => {
  test('survives any codec', () => {
    fc.assert(
      fc.property(anySpec, (spec) => check(spec, testVectors[name])),
      { numRuns: testVectors[name].values.length > 1000 ? 15 : 50, seed: 2 },
    );
  });
});

test.each(indexIds)('a thousand tiny tensors fit their sections, with positions as %s', (indices) => {
  const shapes = Array.from({ length: 1024 }, (_, t) => new Array(t % 4).fill(1 + (t % 2)));
  const update = randomUpdate(shapes, 'tiny tensors');
  const [plain, deflated] = (['bits', 'deflate'] as const).map((pack) => {
    const spec: CodecSpec = { sparsify: 'top-k', keep: 0.4, indices, quantise: 'int2', scales: 'row', pack };
    const { encode, decode } = makeCodec(spec);
    return decode(encode(update, context())).values;
  });
  expect(plain.filter((value) => value !== 0).length).toBeGreaterThan(1024);
  expect(deflated).toEqual(plain);
});
