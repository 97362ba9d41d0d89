// Whom the last round waited for; and, where a milder codec would meet the target by the model, one click that sets it.

import { useEffect, useMemo, useState } from 'react';
import { durationOf } from '../../sim/record/record.ts';
import type { FoglineState } from '../../store/store.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { formatSeconds } from '../format.ts';
import { loadPart } from '../shared/load-part.ts';
import { toStory } from '../story/to-story.ts';
import type { Suggestion } from './prediction.ts';
import { summaryOf } from './round-summary.ts';
import { ROUND_TRIP_TARGET } from './targets.ts';

/** Links and batteries may change by themselves: look again now and then. */
const LOOKED_AT_EVERY = 20;

/** What a round took when it was last looked at, to three digits; '' before the first. */
function selectLookedAt({ history }: FoglineState): string {
  const last = history.at(LOOKED_AT_EVERY * Math.floor((history.length - 1) / LOOKED_AT_EVERY));
  return last ? durationOf(last).toPrecision(3) : '';
}

/** Rehearsed when the settings change, or when rounds have come to take another time: else the answer is the same. */
function useSuggestion(): Suggestion | null {
  const experiment = useFogline((state) => state.experiment);
  const lookedAt = useFogline(selectLookedAt);
  const [suggestion, setSuggestion] = useState<Suggestion | null>(null);
  useEffect(() => {
    const { history, topology } = foglineStore.getState();
    const last = history.at(-1);
    let current = lookedAt !== '';
    // A device that was added since has no samples yet to simulate.
    const numbers = new Set(last?.devices.number);
    const known = last && topology.devices.every(({ number }) => numbers.has(number));
    if (last && known) {
      // A round's whole arithmetic is needed for it, but not before the first paint.
      loadPart(() => import('./prediction.ts'))
        // Where it cannot be loaded nothing is suggested, and it is looked at again some rounds later.
        .then(
          ({ suggest }) => suggest(last, experiment),
          () => null,
        )
        .then((next) => {
          if (current) setSuggestion(next);
        });
    }
    return () => {
      current = false;
    };
  }, [experiment, lookedAt]);
  return suggestion;
}

function Suggest() {
  const change = useFogline((state) => state.change);
  const suggestion = useSuggestion();
  if (!suggestion) return null;
  return (
    <button
      type="button"
      className="wait-hint-try number"
      title={`By the model a round then takes ${formatSeconds(suggestion.seconds)}. From the next round on.`}
      onClick={() => change(suggestion.changes)}
    >
      {suggestion.label} <span className="wait-hint-then">→ {formatSeconds(suggestion.seconds)}</span>
    </button>
  );
}

export function WaitHint() {
  const last = useFogline((state) => state.history.at(-1));
  const topology = useFogline((state) => state.topology);
  const select = useFogline((state) => state.select);
  const story = useMemo(() => (last ? toStory(last, topology) : null), [last, topology]);
  const missed = last !== undefined && summaryOf(last).seconds >= ROUND_TRIP_TARGET;
  return (
    <div className={`wait-hint${missed ? ' wait-hint-missed' : ''}`}>
      <p className="wait-hint-text number">
        {!story?.waited ? (
          story ? (
            `${story.how[0].toUpperCase()}${story.how.slice(1)}.`
          ) : (
            'Here: which device the round waits for, and why.'
          )
        ) : (
          <>
            Waits for{' '}
            <span className="wait-hint-name">
              <button type="button" className="wait-hint-who" onClick={() => select(story.ids[0])}>
                {story.who}
              </button>
              :
            </span>{' '}
            <span className="wait-hint-name">{story.reason}</span>
          </>
        )}
      </p>
      {missed && <Suggest />}
    </div>
  );
}
