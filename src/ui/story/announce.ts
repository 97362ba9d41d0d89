// What a screen reader hears of a run: what has changed since it last heard something, at most every five seconds while rounds come
// by themselves, and at once after a step, a pause or the end.

import type { FoglineStore } from '../../store/store.ts';
import { formatPart, formatSeconds, formatShare } from '../format.ts';
import { type Story, toStory } from './to-story.ts';

/** What was last said, as it was said: a part that would sound the same is not said again. */
interface Heard {
  readonly round: number;
  readonly accuracy: number;
  readonly took: string;
  readonly why: string;
  readonly present: string;
}

/** Changes of accuracy below this are not worth a word. */
const POINT = 0.01;

const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);

/** Why the round took so long, without the figures that change a little with every round. */
const whyOf = ({ who, how }: Story): string => `${who}: ${how.replace(/\d[\d.,]*/g, '#')}`;

function accuracyWords(accuracy: number, before: number | undefined): string[] {
  const now = formatShare(accuracy);
  if (before === undefined) return [`accuracy ${now}`];
  const change = accuracy - before;
  if (Math.abs(change) < POINT) return [];
  return [`accuracy ${now}, ${change > 0 ? 'up' : 'down'} ${(Math.abs(change) * 100).toFixed(1)} points`];
}

/** The words for a round after what was heard before it; null if nothing but its number is new. */
function toAnnouncement(
  story: Story,
  accuracy: number,
  heard: Heard | null,
): { readonly text: string; readonly heard: Heard } | null {
  const took = formatSeconds(story.seconds);
  const why = whyOf(story);
  const present = formatPart(story.trained, story.devices, 'device');
  const accurate = accuracyWords(accuracy, heard?.accuracy);
  const parts = [
    ...accurate,
    ...(took === heard?.took ? [] : [`it took ${took}`]),
    ...(why === heard?.why ? [] : [story.how]),
    ...(present === heard?.present ? [] : [`${present} took part`]),
  ];
  if (parts.length === 0) return null;
  return {
    text: `Round ${story.round}: ${parts.join('; ')}.`,
    // A slow climb is said once it has become a point.
    heard: {
      round: story.round,
      accuracy: accurate.length > 0 || !heard ? accuracy : heard.accuracy,
      took,
      why,
      present,
    },
  };
}

const EVERY_MILLISECONDS = 5000;

/** Follows the store and calls `say` with each announcement; returns the way to stop. */
export function announce(store: Pick<FoglineStore, 'getState' | 'subscribe'>, say: (text: string) => void): () => void {
  let heard: Heard | null = null;
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const speak = () => {
    stop();
    const { history, topology } = store.getState();
    const record = history.at(-1);
    const next = record && toAnnouncement(toStory(record, topology), record.evaluation.accuracy, heard);
    if (!next) return;
    heard = next.heard;
    last = Date.now();
    say(capital(next.text));
  };
  const unsubscribe = store.subscribe((state, before) => {
    if (state.history === before.history && state.phase === before.phase) return;
    if (state.history.length === 0) {
      stop();
      heard = null;
      return;
    }
    const comesByItself = state.phase === 'running' || state.phase === 'pausing';
    const wait = comesByItself ? last + EVERY_MILLISECONDS - Date.now() : 0;
    if (wait <= 0) speak();
    else timer ??= setTimeout(speak, wait);
  });
  return () => {
    stop();
    unsubscribe();
  };
}
