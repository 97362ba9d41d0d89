import { describe, expect, it } from 'vitest';
import type { WatchedMessage } from '../../sim/engine/watch.ts';
import { tinyMlp } from '../../sim/model/models.ts';
import { MessageRing } from './message-cache.ts';

const model = tinyMlp();

/** A message of 400 + 100 bytes. */
const message = (round: number, node: string, packet = new Uint8Array(100)): WatchedMessage => ({
  round,
  node,
  direction: 'up',
  model,
  before: new Float32Array(100),
  packet,
  codec: 'FP32',
  feedback: false,
});
const up = (round: number, node: string) => ({ round, node, direction: 'up' as const });

describe('the ring of messages', () => {
  it('finds what crossed a link in a round, in its order', () => {
    const ring = new MessageRing(10_000);
    const [first, other, second] = [message(1, 'device-1'), message(1, 'device-2'), message(1, 'device-1')];
    for (const each of [first, other, second]) ring.add(each);
    expect(ring.find(up(1, 'device-1'))).toEqual([first, second]);
    expect(ring.find({ ...up(1, 'device-1'), direction: 'down' })).toEqual([]);
  });

  it('lets the oldest rounds go, whole, to stay within its bound', () => {
    const ring = new MessageRing(2_200);
    for (const round of [1, 2, 3]) for (const node of ['device-1', 'device-2']) ring.add(message(round, node));
    expect(ring.find(up(1, 'device-1'))).toBeNull();
    expect(ring.find(up(2, 'device-2'))).toHaveLength(1);
    expect(ring.find(up(3, 'device-2'))).toHaveLength(1);
  });

  it('does not keep a part of a round that is over the bound alone', () => {
    const ring = new MessageRing(1_200);
    for (let device = 1; device <= 5; device++) ring.add(message(1, `device-${device}`));
    expect(ring.find(up(1, 'device-1'))).toBeNull();
    expect(ring.find(up(1, 'device-5'))).toBeNull();
    ring.add(message(2, 'device-1'));
    expect(ring.find(up(2, 'device-1'))).toHaveLength(1);
  });

  it('counts one packet that goes to many once', () => {
    const ring = new MessageRing(1_200);
    const packet = new Uint8Array(100);
    for (let device = 1; device <= 50; device++) ring.add(message(1, `device-${device}`, packet));
    expect(ring.find(up(1, 'device-50'))).toHaveLength(1);
  });
});
