import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Rng } from '../random.ts';
import { classCounts, largestRemainder } from './class-counts.ts';
import { type FiniteDataset, finiteSource, selectRows } from './finite-source.ts';

const CLASSES = 3;
const WIDTH = 2;

/** A pool whose first feature is the sample's own number, so that it can be recognised. */
function poolOf(labels: readonly number[], groupCount = 2): FiniteDataset {
  return {
    data: {
      features: Float32Array.from({ length: labels.length * WIDTH }, (_, i) => Math.floor(i / WIDTH)),
      labels: Uint8Array.from(labels),
    },
    classes: CLASSES,
    groups: labels.map((_, i) => i % groupCount),
    groupCount,
    groupOf: (deviceId) => (deviceId - 1) % groupCount,
  };
}

const none = { features: new Float32Array(), labels: new Uint8Array() };
const sourceOf = (labels: readonly number[], devices = 4, groupCount = 2) =>
  finiteSource(poolOf(labels, groupCount), none, { devices, rng: new Rng('pool') });
const numbersOf = (data: { features: Float32Array }) => data.features.filter((_, i) => i % WIDTH === 0);

const labelsOf = fc.array(fc.integer({ min: 0, max: CLASSES - 1 }), { minLength: 4, maxLength: 60 });
const mixOf = fc
  .tuple(fc.nat(9), fc.nat(9), fc.nat(9))
  .filter((weights) => weights.some((weight) => weight > 0))
  .map((weights) => Float64Array.from(weights, (weight) => weight / (weights[0] + weights[1] + weights[2])));
const sharesOf = fc.array(fc.record({ samples: fc.integer({ min: 1, max: 20 }), mix: mixOf }), {
  minLength: 1,
  maxLength: 8,
});

describe.each([false, true])('own group only: %s', (ownGroup) => {
  test('no sample is dealt twice, nobody gets more than asked, and nobody another class than asked', () => {
    fc.assert(
      fc.property(labelsOf, sharesOf, (labels, shares) => {
        const source = sourceOf(labels, shares.length);
        source.reserve?.((id) => ({ ...shares[id - 1], ownGroup }));
        const uses = new Uint32Array(labels.length);
        shares.forEach((share, i) => {
          const data = source.take(i + 1, { ...share, ownGroup });
          expect(data.labels.length).toBeLessThanOrEqual(share.samples);
          const isOwn = data.labels.length > 8;
          numbersOf(data).forEach((sample, place) => {
            if (isOwn) uses[sample]++;
            expect(data.labels[place]).toBe(labels[sample]);
            if (ownGroup) expect(sample % 2).toBe(i % 2);
          });
          const present = [0, 1, 2].filter((label) => share.mix[label] > 0 && scopeHas(labels, label, ownGroup, i));
          for (const label of data.labels) if (present.length > 0) expect(present).toContain(label);
        });
        // Only who would have hardly anything is given rows that are another's.
        expect(Math.max(...uses)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

const scopeHas = (labels: readonly number[], label: number, ownGroup: boolean, device: number) =>
  labels.some((own, row) => own === label && (!ownGroup || row % 2 === device % 2));

test('a class that is scarce is shared fairly: the mix stays, and the amount gives way', () => {
  const labels = [...Array(90).fill(0), ...Array(12).fill(1), ...Array(90).fill(2)];
  const source = sourceOf(labels, 3, 1);
  const mixes = [
    [0.5, 0.5, 0],
    [0.5, 0.5, 0],
    [0.45, 0.05, 0.5],
  ];
  const shareOf = (id: number) => ({ samples: 40, mix: Float64Array.from(mixes[id - 1]), ownGroup: false });
  source.reserve?.(shareOf);
  const dealt = [1, 2, 3].map((id) => [...classCounts(source.take(id, shareOf(id)), CLASSES)]);
  expect(dealt).toEqual([
    [5, 5, 0],
    [5, 5, 0],
    [18, 2, 20],
  ]);
});

test('a device never has less than eight samples, though another has them too, if it asks for as many', () => {
  const labels = [...Array(30).fill(0), ...Array(10).fill(1)];
  const source = sourceOf(labels, 4, 1);
  const shareOf = () => ({ samples: 10, mix: Float64Array.of(0, 1, 0), ownGroup: false });
  source.reserve?.(shareOf);
  for (const id of [1, 2, 3, 4]) expect([...classCounts(source.take(id, shareOf()), CLASSES)]).toEqual([0, 8, 0]);
});

test('a device that is added draws first from what is nobody’s, then from all, in its own mix', () => {
  const labels = [...Array(30).fill(0), ...Array(30).fill(1)];
  const source = sourceOf(labels, 1, 1);
  const share = (samples: number) => ({ samples, mix: Float64Array.of(0.5, 0.5, 0), ownGroup: false });
  source.reserve?.(() => share(40));
  const first = new Set(numbersOf(source.take(1, share(40))));
  const second = numbersOf(source.take(2, share(20)));
  for (const sample of second) expect(first.has(sample)).toBe(false);
  const third = source.take(3, share(50));
  expect([...classCounts(third, CLASSES)]).toEqual([25, 25, 0]);
  expect(new Set(numbersOf(third)).size).toBe(50);
});

test('public samples are nobody’s, each once, and at most half of the rows', () => {
  for (const publicSamples of [7, 1000]) {
    const labels = Array.from({ length: 60 }, (_, i) => i % CLASSES);
    const source = finiteSource(poolOf(labels, 2), none, { devices: 2, publicSamples, rng: new Rng('pool') });
    const share = { samples: 30, mix: source.prior, ownGroup: true };
    source.reserve?.(() => share);
    const held = [1, 2, 3].flatMap((id) => [...numbersOf(source.take(id, share))]);
    const open = [...source.unlabelled(publicSamples)].filter((_, i) => i % WIDTH === 0);
    expect(open).toHaveLength(Math.min(publicSamples, 30));
    expect(new Set(open).size).toBe(open.length);
    for (const sample of held) expect(open).not.toContain(sample);
    expect(source.samplesPerDeviceLimit).toBe(publicSamples === 7 ? 26 : 15);
  }
});

test('classes follow the mix by largest remainder while the pool can give them', () => {
  const labels = Array.from({ length: 300 }, (_, i) => i % CLASSES);
  const mix = Float64Array.of(0.55, 0.35, 0.1);
  const data = sourceOf(labels).take(1, { samples: 77, mix, ownGroup: false });
  expect(classCounts(data, CLASSES)).toEqual(largestRemainder(77, mix));
});

test('the limit shares the pool out evenly, and no device holds a row twice', () => {
  const source = sourceOf([0, 1, 2, 0, 1, 2, 0], 3);
  expect(source.samplesPerDeviceLimit).toBe(2);
  expect([...numbersOf(source.take(1, { samples: 50, mix: source.prior, ownGroup: false }))].sort()).toEqual([
    0, 1, 2, 3, 4, 5, 6,
  ]);
});

test('priors are the class shares of the pool and of each group', () => {
  const source = sourceOf([0, 1, 0, 1, 0, 2]);
  expect([...source.prior]).toEqual([3 / 6, 2 / 6, 1 / 6]);
  expect([...(source.groupPrior?.(1) ?? [])]).toEqual([1, 0, 0]);
  expect([...(source.groupPrior?.(2) ?? [])]).toEqual([0, 2 / 3, 1 / 3]);
});

test('an empty pool says so', () => {
  expect(() => sourceOf([])).toThrow('The data set has no sample to train on.');
});

test('pick copies whole rows', () => {
  const data = selectRows(poolOf([0, 1, 2]).data, [2, 0]);
  expect([...data.features]).toEqual([2, 2, 0, 0]);
  expect([...data.labels]).toEqual([2, 0]);
});
