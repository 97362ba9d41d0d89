// A look at every message that crosses a link. Only references are handed over: nobody pays for a message that nobody watches.

import type { EncodedMessage } from '../compression/encoded-message.ts';
import type { WeightSubset } from '../model/masks.ts';
import type { ModelSpec } from '../model/models.ts';

export type Direction = 'up' | 'down';

export interface WatchedMessage {
  readonly round: number;
  /** Id of the node at the lower end of the link. */
  readonly node: string;
  readonly direction: Direction;
  readonly model: ModelSpec;
  /** What was encoded, and into what. */
  readonly before: Float32Array;
  readonly packet: Uint8Array;
  /** What of the model is in the packet; all, if left out. */
  readonly subset?: WeightSubset | undefined;
  /** The codec's label: adaptive compression may have picked another than the tier's. */
  readonly codec: string;
  /** Whether the sender keeps what the codec loses. */
  readonly feedback: boolean;
}

export type Watch = (message: WatchedMessage) => void;

/** What of a round's input it takes to tell of its messages. */
export interface Watching {
  readonly watch?: Watch | undefined;
  readonly round: number;
  readonly model: ModelSpec;
}

interface Place {
  readonly node: string;
  readonly direction: Direction;
}

/** Tells the watcher, if there is one, of a message. */
export function watched(
  { watch, round, model }: Watching,
  place: Place,
  { before, packet, subset, codec, feedback = false }: EncodedMessage & { readonly feedback?: boolean },
): void {
  watch?.({ ...place, round, model, before, packet, subset, codec, feedback });
}
