import { describe, expect, it } from 'vitest';
import type { CodecSpec } from '../../compression/index.ts';
import { warmUpShare } from '../../compression/tier-codecs.ts';
import { masked, weightSubset } from '../../model/masks.ts';
import { Rng } from '../../random.ts';
import { tinyMlp } from '../../testing/models.ts';
import type { EncodedUpdate } from '../run-state.ts';
import { encodeUpdate, type FeedbackState, normOf, pruneFeedback, updateResidual, withFeedback } from './encoding.ts';

const model = tinyMlp();
const update = (name: string) => {
  const rng = new Rng(name);
  return Float32Array.from({ length: model.parameters }, () => 0.01 * rng.normal());
};
const base = new Float32Array(model.parameters);
const topK: CodecSpec = { sparsify: 'top-k', keep: 0.01, quantise: 'fp32' };

const noMemory = (): FeedbackState => ({ residuals: new Map(), velocities: new Map() });
const residualNorm = ({ residuals }: FeedbackState): number => normOf(residuals.get('d') ?? new Float32Array(0));
const wantedOf = (memory: FeedbackState, own: Float32Array, momentum = 0) =>
  withFeedback(memory, 'd', own, { feedback: true, momentum });
const send = (memory: FeedbackState, own: Float32Array, momentum = 0, feedback = true): EncodedUpdate =>
  encodeUpdate(memory, 'd', own, { feedback, momentum, payload: 'update', base, model, spec: topK }, new Rng('unused'));

const sumOf = (vectors: readonly Float32Array[]) =>
  base.map((_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0));
const distance = (a: Float32Array, b: Float32Array) => normOf(a.map((value, i) => value - b[i]));

describe('error feedback', () => {
  it('loses nothing: what has arrived and what is held back add up to all updates', () => {
    const memory = noMemory();
    const updates = Array.from({ length: 20 }, (_, round) => update(`round ${round}`));
    const received = updates.map((own) => {
      const sent = send(memory, own);
      updateResidual(memory, 'd', sent, true);
      return sent.values;
    });
    const missing = distance(sumOf(updates), sumOf(received));
    expect(missing).toBeGreaterThan(0);
    expect(residualNorm(memory)).toBeCloseTo(missing, 5);
  });

  it('keeps an update whole that did not arrive', () => {
    const memory = noMemory();
    const [first, second] = [update('a'), update('b')];
    updateResidual(memory, 'd', send(memory, first), false);
    expect(residualNorm(memory)).toBeCloseTo(normOf(first), 6);
    expect(distance(wantedOf(memory, second, 0).wanted, sumOf([first, second]))).toBeLessThan(1e-6);
  });

  it('holds nothing back when it is off, and forgets when it is switched off', () => {
    const memory = noMemory();
    updateResidual(memory, 'd', send(memory, update('a')), true);
    expect(residualNorm(memory)).toBeGreaterThan(0);
    const sent = send(memory, update('b'), 0, false);
    expect(sent.wanted).toEqual(update('b'));
    updateResidual(memory, 'd', sent, true);
    expect(memory.residuals.has('d')).toBe(false);
  });
});

describe('error feedback of a part of the model', () => {
  const every = (wanted: (i: number) => boolean) =>
    Uint8Array.from({ length: model.parameters }, (_, i) => (wanted(i) ? 1 : 0));
  const [even, odd] = [every((i) => i % 2 === 0), every((i) => i % 2 === 1)];
  const sendPart = (memory: FeedbackState, own: Float32Array, mask: Uint8Array, momentum = 0) => {
    const settings = { feedback: true, momentum, payload: 'update', base, model, spec: topK } as const;
    const sent = encodeUpdate(memory, 'd', own, { ...settings, subset: weightSubset(model, mask) }, new Rng('unused'));
    updateResidual(memory, 'd', sent, true);
    return sent;
  };

  it('sends and keeps only what is held, and leaves the rest as it was', () => {
    const memory = noMemory();
    const [first, second] = [masked(update('a'), even), masked(update('b'), odd)];
    const sentFirst = sendPart(memory, first, even);
    const sentSecond = sendPart(memory, second, odd);
    expect(sentFirst.values.every((value, i) => even[i] === 1 || value === 0)).toBe(true);
    expect(sentSecond.wanted).toEqual(second);
    // Both residuals are there, each in its own half.
    const left = [first, sentFirst.values, second, sentSecond.values].map((values) => normOf(values) ** 2);
    expect(residualNorm(memory) ** 2).toBeCloseTo(left[0] - left[1] + left[2] - left[3], 8);
    const whole = wantedOf(memory, base, 0).wanted;
    expect(
      distance(
        whole,
        sumOf([first, second]).map((value, i) => value - sentFirst.values[i] - sentSecond.values[i]),
      ),
    ).toBeLessThan(1e-6);
  });

  it('does not age the velocity of what is not held', () => {
    const memory = noMemory();
    sendPart(memory, masked(update('a'), even), even, 0.5);
    const before = wantedOf(memory, base, 0.5).velocity;
    sendPart(memory, masked(update('b'), odd), odd, 0.5);
    const after = wantedOf(memory, base, 0.5).velocity;
    expect(masked(after ?? base, even)).toEqual(masked(before ?? base, even));
  });

  it('drops the residual of weights that are pruned', () => {
    const memory = noMemory();
    updateResidual(memory, 'd', send(memory, update('a')), true);
    const { wanted } = wantedOf(memory, base, 0);
    pruneFeedback(memory, even);
    expect(wantedOf(memory, base, 0).wanted).toEqual(masked(wanted, even));
    expect(residualNorm(memory)).toBeLessThan(normOf(wanted));
  });
});

describe('momentum correction', () => {
  it('accumulates velocity: two equal updates without any arriving weigh 1 + (1 + m)', () => {
    const memory = noMemory();
    const own = update('a');
    updateResidual(memory, 'd', send(memory, own, 0.9), false);
    const { wanted } = send(memory, own, 0.9);
    expect(
      distance(
        wanted,
        own.map((value) => (1 + 1.9) * value),
      ),
    ).toBeLessThan(1e-5 * normOf(wanted));
  });

  it('stops the velocity of what was sent (momentum factor masking), and of nothing else', () => {
    const memory = noMemory();
    const own = update('a');
    const sent = send(memory, own, 0.9);
    updateResidual(memory, 'd', sent, true);
    const none = new Float32Array(model.parameters);
    const { velocity } = send(memory, none, 0.9);
    own.forEach((value, i) => {
      expect(velocity?.[i]).toBeCloseTo(sent.values[i] === 0 ? 0.9 * value : 0, 7);
    });
  });
});

describe('warm-up', () => {
  it('falls exponentially, as in Deep Gradient Compression: 25, 6.25, 1.5625, 0.4, 0.1 %', () => {
    const shares = [1, 2, 3, 4, 5, 6].map((round) => warmUpShare(0.001, round, 4));
    [0.2512, 0.0631, 0.01585, 0.00398, 0.001, 0.001].forEach((share, i) => {
      expect(shares[i]).toBeCloseTo(share, 4);
    });
  });

  it('is not there without rounds for it', () => {
    expect(warmUpShare(0.1, 1, 0)).toBe(0.1);
  });
});
