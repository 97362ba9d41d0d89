import { describe, expect, it } from 'vitest';
import type { ObservedMessage } from '../../sim/engine/messages/message-observer.ts';
import { tinyMlp } from '../../sim/testing/models.ts';
import { MessageCache } from './message-cache.ts';

const model = tinyMlp();

/** A message of 400 + 100 bytes. */
const message = (round: number, node: string, packet = new Uint8Array(100)): ObservedMessage => ({
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

describe('the message cache', () => {
  it('finds what crossed a link in a round, in its order', () => {
    const cache = new MessageCache(10_000);
    const [first, other, second] = [message(1, 'device-1'), message(1, 'device-2'), message(1, 'device-1')];
    for (const each of [first, other, second]) cache.add(each);
    expect(cache.find(up(1, 'device-1'))).toEqual([first, second]);
    expect(cache.find({ ...up(1, 'device-1'), direction: 'down' })).toEqual([]);
  });

  it('evicts the oldest rounds, whole, to stay within its bound', () => {
    const cache = new MessageCache(2_200);
    for (const round of [1, 2, 3]) for (const node of ['device-1', 'device-2']) cache.add(message(round, node));
    expect(cache.find(up(1, 'device-1'))).toBeNull();
    expect(cache.find(up(2, 'device-2'))).toHaveLength(1);
    expect(cache.find(up(3, 'device-2'))).toHaveLength(1);
  });

  it('caches no part of a round that is larger than the bound', () => {
    const cache = new MessageCache(1_200);
    for (let device = 1; device <= 5; device++) cache.add(message(1, `device-${device}`));
    expect(cache.find(up(1, 'device-1'))).toBeNull();
    expect(cache.find(up(1, 'device-5'))).toBeNull();
    cache.add(message(2, 'device-1'));
    expect(cache.find(up(2, 'device-1'))).toHaveLength(1);
  });

  it('counts one packet that goes to many once', () => {
    const cache = new MessageCache(1_200);
    const packet = new Uint8Array(100);
    for (let device = 1; device <= 50; device++) cache.add(message(1, `device-${device}`, packet));
    expect(cache.find(up(1, 'device-50'))).toHaveLength(1);
  });
});
