// A bounded cache of the latest rounds' messages, for the packet inspector. When it is full the oldest rounds are evicted; a round
// is cached whole or not at all, so that a lookup finds all messages of the round.

import type { Direction, ObservedMessage } from '../../sim/engine/messages/message-observer.ts';

export interface LinkRound {
  readonly round: number;
  /** Id of the node at the lower end of the link. */
  readonly node: string;
  readonly direction: Direction;
}

interface CachedRound {
  readonly round: number;
  readonly messages: ObservedMessage[];
  bytes: number;
}

export class MessageCache {
  readonly #maxBytes: number;
  readonly #rounds: CachedRound[] = [];
  #bytes = 0;
  /** A round that is larger than the whole cache. */
  #oversizedRound = 0;
  #last: ObservedMessage | null = null;

  /** @param maxBytes of all cached messages together */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(message: ObservedMessage): void {
    const { round } = message;
    if (round === this.#oversizedRound) return;
    let current = this.#rounds.at(-1);
    if (current?.round !== round) {
      current = { round, messages: [], bytes: 0 };
      this.#rounds.push(current);
    }
    current.messages.push(message);
    // A broadcast sends one packet to many receivers: its bytes are in memory once.
    const isSamePacket = message.packet === this.#last?.packet;
    this.#last = message;
    const bytes = isSamePacket ? 0 : message.before.byteLength + message.packet.byteLength;
    current.bytes += bytes;
    this.#bytes += bytes;
    while (this.#bytes > this.#maxBytes) {
      const oldest = this.#rounds.shift();
      if (!oldest) break;
      this.#bytes -= oldest.bytes;
      if (oldest === current) this.#oversizedRound = round;
    }
  }

  /** The messages that crossed a link in a round, in their order; null if the round is not cached. */
  find({ round, node, direction }: LinkRound): readonly ObservedMessage[] | null {
    const cached = this.#rounds.find((each) => each.round === round);
    return cached ? cached.messages.filter((each) => each.node === node && each.direction === direction) : null;
  }
}
