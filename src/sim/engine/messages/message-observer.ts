// Observing the messages that pass over links, as the packet inspector does. Only references are passed, so that it costs nothing
// where there is no observer.

import type { EncodedMessage } from '../../compression/encoded-message.ts';
import type { WeightSubset } from '../../model/masks.ts';
import type { ModelSpec } from '../../model/models.ts';

export type Direction = 'up' | 'down';

export interface ObservedMessage {
  readonly round: number;
  /** Id of the node at the lower end of the link. */
  readonly node: string;
  readonly direction: Direction;
  readonly model: ModelSpec;
  /** What was encoded, and into what. */
  readonly before: Float32Array;
  readonly packet: Uint8Array;
  /** The weights that the packet contains; all, if left out. */
  readonly subset?: WeightSubset | undefined;
  /** The codec's label: adaptive compression may have picked another than the tier's. */
  readonly codec: string;
  /** Whether the sender uses error feedback. */
  readonly feedback: boolean;
}

export type MessageObserver = (message: ObservedMessage) => void;

/** The observer, and what it learns of the round in which a message is sent. */
export interface ObservedRound {
  readonly onMessage?: MessageObserver | undefined;
  readonly round: number;
  readonly model: ModelSpec;
}

interface LinkEnd {
  readonly node: string;
  readonly direction: Direction;
}

/** Passes a message to the observer, if there is one. */
export function notifyObserver(
  { onMessage, round, model }: ObservedRound,
  place: LinkEnd,
  { before, packet, subset, codec, feedback = false }: EncodedMessage & { readonly feedback?: boolean },
): void {
  onMessage?.({ ...place, round, model, before, packet, subset, codec, feedback });
}
