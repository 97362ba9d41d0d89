import { describe, expect, test } from 'vitest';
import { type CodecSpec, codecLabel } from '../../compression/codec-spec.ts';
import { encodeMessage } from '../../compression/encoded-message.ts';
import { makeCodec, quantiserIds } from '../../compression/index.ts';
import type { ObservedMessage } from '../../engine/messages/message-observer.ts';
import { applyChanges } from '../../experiment/edits.ts';
import { defaultExperiment } from '../../experiment/experiment.ts';
import { weightSubset } from '../../model/masks.ts';
import { Rng } from '../../random.ts';
import { tinyMlp } from '../../testing/models.ts';
import { toCodecChanges } from './codec-changes.ts';
import { comparedSpecs } from './other-codecs.ts';
import { reportPacket } from './packet-report.ts';

const model = tinyMlp();

function messageOf(spec: CodecSpec, seed = 1): ObservedMessage {
  const rng = new Rng(seed);
  const before = Float32Array.from({ length: model.parameters }, () => 0.01 * rng.normal());
  const shapes = model.tensors.map(({ shape }) => shape);
  const packet = makeCodec(spec).encode({ shapes, values: before }, { rng });
  const codec = codecLabel(spec);
  return { round: 1, node: 'device-1', direction: 'up', model, before, packet, codec, feedback: false };
}

const fp32: CodecSpec = { sparsify: 'none', keep: 1, quantise: 'fp32' };

describe.each(comparedSpecs.map((spec) => [codecLabel(spec), spec] as const))('the report of %s', (label, spec) => {
  const message = messageOf(spec);
  const report = reportPacket(message);

  test('has parts that lie one after another and add up to the buffer’s length', () => {
    let at = 0;
    for (const { start, bytes } of report.parts) {
      expect(start).toBe(at);
      at += bytes;
    }
    expect(at).toBe(message.packet.length);
    expect(report.bytes).toBe(message.packet.length);
  });

  test('counts every value once in each histogram, and in each tensor', () => {
    const { before, after } = report.histograms;
    expect(before.reduce((a, b) => a + b)).toBe(model.parameters);
    expect(after.reduce((a, b) => a + b)).toBe(model.parameters);
    expect(report.tensors.flatMap((tensor) => [...tensor.before])).toEqual([...message.before]);
    expect(report.tensors.map(({ name }) => name)).toEqual(model.tensors.map(({ name }) => name));
  });

  test('lists the codec itself among its alternatives, once, by size', () => {
    const { alternatives } = report;
    expect(alternatives.filter((each) => each.label === label)).toEqual([
      { label, bytes: report.bytes, relativeError: report.relativeError, spec: null },
    ]);
    expect(alternatives.map(({ bytes }) => bytes)).toEqual(
      alternatives.map(({ bytes }) => bytes).sort((a, b) => a - b),
    );
    for (const quantiser of quantiserIds) {
      expect(alternatives.map((each) => each.label)).toContain(codecLabel({ ...fp32, quantise: quantiser }));
    }
  });

  test('can be put in place by its changes', () => {
    for (const place of ['device', 'gateway', 'fog', 'down'] as const) {
      const { compression } = applyChanges(defaultExperiment, toCodecChanges(place, spec));
      expect(codecLabel(compression[place])).toBe(label);
    }
  });
});

test('nothing is lost by FP32: no error, the same direction, one bar over the other', () => {
  const report = reportPacket(messageOf(fp32));
  expect([report.relativeError, report.largestError]).toEqual([0, 0]);
  expect(report.cosine).toBeCloseTo(1, 12);
  expect(report.histograms.after).toEqual(report.histograms.before);
  expect(report.kept).toBe(model.parameters);
});

test('top-k 10 %: 176 values are kept, the rest arrives as zero in the middle bin', () => {
  const report = reportPacket(messageOf({ ...fp32, sparsify: 'top-k', keep: 0.1 }));
  expect(report.kept).toBe(176);
  expect(report.zeros).toBeCloseTo(1 - 176 / 1765, 9);
  const { after } = report.histograms;
  expect(after[(after.length - 1) / 2]).toBeGreaterThanOrEqual(1765 - 176);
  expect(report.codings.length).toBeGreaterThan(0);
});

test('an alternative costs what encoding the update with it takes', () => {
  const message = messageOf(fp32);
  const shapes = model.tensors.map(({ shape }) => shape);
  const { alternatives } = reportPacket(message);
  const int8 = alternatives.find(({ label }) => label === 'INT8');
  const packet = makeCodec({ ...fp32, quantise: 'int8' }).encode(
    { shapes, values: message.before },
    { rng: new Rng('any') },
  );
  expect(int8?.bytes).toBe(packet.length);
});

test('the error is the length of what is lost over the length of what was sent', () => {
  const message = messageOf({ ...fp32, quantise: 'int2' });
  const { tensors, relativeError, cosine } = reportPacket(message);
  const lost = tensors.flatMap(({ before, after }) => [...before].map((value, i) => value - after[i]));
  const norm = (values: Iterable<number>) => Math.hypot(...values);
  expect(relativeError).toBeCloseTo(norm(lost) / norm(message.before), 9);
  expect(cosine).toBeGreaterThan(0.3);
  expect(cosine).toBeLessThan(1);
});

test('a message of zeros has no direction, and no error', () => {
  const message = messageOf(fp32);
  const zeros = new Float32Array(model.parameters);
  const shapes = model.tensors.map(({ shape }) => shape);
  const packet = makeCodec(fp32).encode({ shapes, values: zeros }, { rng: new Rng('any') });
  const report = reportPacket({ ...message, before: zeros, packet });
  expect(report.relativeError).toBe(0);
  expect(report.cosine).toBeNaN();
});

test('switching the devices’ codec by hand ends the adaptive choice', () => {
  const adaptive = applyChanges(defaultExperiment, [{ path: 'compression.adapt', value: 'by-link' }]);
  expect(applyChanges(adaptive, toCodecChanges('device', fp32)).compression.adapt).toBe('fixed');
  expect(applyChanges(adaptive, toCodecChanges('gateway', fp32)).compression.adapt).toBe('by-link');
});

test('a message under a mask is shown at the places of its values, and its alternatives cover as much', () => {
  const mask = Uint8Array.from({ length: model.parameters }, (_, i) => i % 2);
  const kept = weightSubset(model, mask);
  const values = messageOf(fp32).before;
  const encoded = encodeMessage(makeCodec({ ...fp32, quantise: 'int8' }), model, values, new Rng('mask'), kept);
  const report = reportPacket({ ...encoded, round: 1, node: 'device-1', direction: 'up', model, feedback: false });
  expect(report.kept).toBe(882);
  expect(report.relativeError).toBeLessThan(0.02);
  expect(report.tensors.flatMap(({ after }) => [...after])).toEqual([...encoded.values]);
  const whole = report.alternatives.find(({ label }) => label === 'FP32');
  expect(whole?.bytes).toBeLessThan(4 * 882 + 40);
});
