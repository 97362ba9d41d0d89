// What is wrong with a packet, said in a sentence.

import { expect, test } from 'vitest';
import { craftedPacket } from '../../testing/crafted-packets.ts';
import { makeCodec, WireError } from '../index.ts';

const { decode } = makeCodec({ sparsify: 'none', keep: 1, quantise: 'fp32' });

test.each([
  ['nothing', new Uint8Array(0), 'truncated'],
  ['something else', new TextEncoder().encode('GET / HTTP/1.1'), 'not a Fogline packet'],
  ['another version', Uint8Array.of(0x46, 0x67, 9, 0, 0, 0, 0, 0, 0, 0), 'of version 9; this build reads version 2'],
  ['a flipped bit', craftedPacket(0, 0, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0).fill(1, 9, 10), 'checksum'],
  ['an unknown sparsifier', craftedPacket(15, 0, 0), 'sparsifier 15'],
  ['an unknown quantiser', craftedPacket(0, 200, 0), 'quantiser 200'],
  ['too many tensors', craftedPacket(0, 0, 0xff, 0x7f), '16383 tensors'],
  ['too many dimensions', craftedPacket(0, 0, 1, 9), '9 dimensions'],
  ['too many values', craftedPacket(0, 0, 1, 2, 0xff, 0xff, 1, 0xff, 0xff, 1), 'values, where 262144 is the most'],
  ['a length without end', craftedPacket(0, 0, 1, 1, 0xff, 0xff, 0xff, 0xff), 'beyond 28 bits'],
  ['a rank of 0', craftedPacket(0x10, 0, 0, 0), 'of rank 0, where 1 to 64'],
  ['a rank too high', craftedPacket(0x10, 0, 65, 0), 'of rank 65, where 1 to 64'],
  [
    'more values than bytes',
    craftedPacket(0, 0, 1, 1, 0xff, 0xff, 1),
    'truncated: its values need 131068 bytes, 0 are left',
  ],
  ['more kept than there are', craftedPacket(1, 0, 1, 1, 2, 3, 0), '3 kept values, where 2 is the most'],
  ['an unknown index coding', craftedPacket(1, 2, 1, 1, 2, 1, 15), 'index coding 15'],
  ['indices that do not ascend', craftedPacket(1, 0, 1, 1, 4, 2, 2, 0b0101, ...new Array(8).fill(0)), 'do not ascend'],
  ['an index outside', craftedPacket(1, 0, 1, 1, 3, 1, 2, 0b11, 0, 0, 0, 0), 'do not ascend within their tensor'],
  [
    'a gap that leads outside',
    craftedPacket(1, 0, 1, 1, 3, 1, 4, 0b11100000, 0b1, 0, 0, 0, 0),
    'index lies outside its tensor',
  ],
  ['a gap too wide', craftedPacket(1, 0, 1, 1, 3, 1, 4, 31, 0, 0, 0, 0), 'shifts indices by 31 bits'],
  ['a bitmap of another number', craftedPacket(1, 0, 1, 1, 3, 1, 3, 0b11, 0, 0, 0, 0), 'keeps 2 values where 1 follow'],
  ['padding that is not zero', craftedPacket(1, 0, 1, 1, 4, 1, 2, 0b100, 0, 0, 0, 0), 'padding'],
  ['an infinite value', craftedPacket(0, 0, 1, 0, 0, 0, 0x80, 0x7f), 'not finite'],
  ['an infinite half', craftedPacket(0, 1, 1, 0, 0, 0x7c), 'not finite'],
  ['an infinite bfloat16', craftedPacket(0, 8, 1, 0, 0x80, 0x7f), 'not finite'],
  ['an infinite scale', craftedPacket(0, 12, 1, 0, 0, 0, 0x80, 0x7f, 0), 'not finite'],
  ['a level that does not exist', craftedPacket(0, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2), 'level 2'],
  ['a digit that does not exist', craftedPacket(0, 11, 1, 1, 5, 0, 0, 0, 0, 243), 'none of minus, zero and plus'],
  [
    'a section longer than its values',
    craftedPacket(0x80, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0),
    'section of 2 bytes',
  ],
  [
    'a section that is no deflate',
    craftedPacket(0x80, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0xff),
    'cannot be inflated',
  ],
  [
    'indices that do not fill their section',
    craftedPacket(0x81, 12, 1, 1, 8, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0),
    "1 bytes follow a section's last value",
  ],
  // The two streams are stored blocks of two bytes and of none.
  [
    'a section that inflates to more',
    craftedPacket(0x80, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 7, 1, 2, 0, 0xfd, 0xff, 0, 0),
    'does not inflate to the 1 bytes',
  ],
  [
    'a section that inflates to less',
    craftedPacket(0x80, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 5, 1, 0, 0, 0xff, 0xff),
    'does not inflate to the 1 bytes',
  ],
  ['bytes too many', craftedPacket(0, 0, 0, 0), '1 bytes follow'],
])('a packet with %s says so', (_what, bytes, message) => {
  expect(() => decode(bytes)).toThrow(WireError);
  expect(() => decode(bytes)).toThrow(message);
});
