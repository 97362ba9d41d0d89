// The latest rounds' messages, kept for the packet inspector within a bound. A round is kept whole or not at all, so that what
// is found of it is all there was.

import type { Direction, WatchedMessage } from '../../sim/engine/watch.ts';

export interface LinkRound {
  readonly round: number;
  /** Id of the node at the lower end of the link. */
  readonly node: string;
  readonly direction: Direction;
}

interface KeptRound {
  readonly round: number;
  readonly messages: WatchedMessage[];
  bytes: number;
}

export class MessageRing {
  readonly #limit: number;
  readonly #rounds: KeptRound[] = [];
  #bytes = 0;
  /** A round that alone is over the limit. */
  #dropped = 0;
  #last: WatchedMessage | null = null;

  /** @param limit bytes of messages that are kept */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(message: WatchedMessage): void {
    const { round } = message;
    if (round === this.#dropped) return;
    let kept = this.#rounds.at(-1);
    if (kept?.round !== round) {
      kept = { round, messages: [], bytes: 0 };
      this.#rounds.push(kept);
    }
    kept.messages.push(message);
    // One packet may go to many: its bytes are there once.
    const isCopy = message.packet === this.#last?.packet;
    this.#last = message;
    const bytes = isCopy ? 0 : message.before.byteLength + message.packet.byteLength;
    kept.bytes += bytes;
    this.#bytes += bytes;
    while (this.#bytes > this.#limit) {
      const oldest = this.#rounds.shift();
      if (!oldest) break;
      this.#bytes -= oldest.bytes;
      if (oldest === kept) this.#dropped = round;
    }
  }

  /** The messages that crossed a link in a round, in their order; null if the round is not kept. */
  find({ round, node, direction }: LinkRound): readonly WatchedMessage[] | null {
    const kept = this.#rounds.find((each) => each.round === round);
    return kept ? kept.messages.filter((each) => each.node === node && each.direction === direction) : null;
  }
}
