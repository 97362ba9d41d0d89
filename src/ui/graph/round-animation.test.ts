import { describe, expect, it } from 'vitest';
import type { RoundRecord } from '../../sim/record/record.ts';
import { advance, animationStart, toAnimation } from './round-animation.ts';

const upper = {
  number: Int32Array.of(1),
  received: Int32Array.of(1),
  samples: Float64Array.of(100),
  bytesUpRaw: Float64Array.of(7060),
  bytesUp: Float64Array.of(1800),
  bytesDown: Float64Array.of(7060),
  downloadStart: Float64Array.of(0.1),
  downloadEnd: Float64Array.of(0.2),
  lastArrival: Float64Array.of(1.5),
  aggregated: Float64Array.of(1.6),
  uploadEnd: Float64Array.of(1.7),
};

// Device 1 takes part; device 2 sits out, so it has no times and no bytes.
const record = {
  round: 1,
  start: 10,
  end: 12,
  gateways: upper,
  fogs: { ...upper, downloadStart: Float64Array.of(0), downloadEnd: Float64Array.of(0.1) },
  devices: {
    number: Int32Array.of(1, 2),
    bytesDown: Float64Array.of(7060, 0),
    bytesUp: Float64Array.of(1800, 0),
    downloadStart: Float64Array.of(0.2, Number.NaN),
    downloadEnd: Float64Array.of(0.4, Number.NaN),
    computeEnd: Float64Array.of(1, Number.NaN),
    uploadStart: Float64Array.of(1, Number.NaN),
    uploadEnd: Float64Array.of(1.5, Number.NaN),
  },
} as unknown as RoundRecord;

describe('a round’s animation', () => {
  const animation = toAnimation(record);

  it('has every message of the round, in proportion to its modelled time', () => {
    expect(animation.journeys.map(({ id, way }) => `${id} ${way}`)).toEqual([
      'fog-1 down',
      'fog-1 up',
      'gateway-1 down',
      'gateway-1 up',
      'device-1 down',
      'device-1 up',
    ]);
    expect(animation.journeys[5]).toEqual({ id: 'device-1', way: 'up', from: 0.5, to: 0.75, bytes: 1800 });
  });

  it('has a device compute between its messages, and one that sat out do nothing', () => {
    expect(animation.work).toEqual([{ id: 'device-1', from: 0.2, to: 0.5 }]);
  });

  it('is empty for a round in which nothing happened', () => {
    const empty = { ...record, end: record.start };
    expect(toAnimation(empty)).toEqual({ journeys: [], work: [] });
  });

  it('plays for its length, even if that changes half-way', () => {
    const half = advance(animationStart, 500, 1000);
    expect(half).toEqual({ share: 0.5, done: false });
    expect(advance(half, 1000, 4000).share).toBe(0.75);
    expect(advance(half, 600, 1000)).toEqual({ share: 1, done: true });
  });
});
