// The story of the last round: in a sentence whom it waited for and why, and below it who did what when, on the simulated
// clock. Selecting a row selects its node.

import { Suspense, useMemo } from 'react';
import { statusEntry } from '../../sim/record/statuses.ts';
import { firstRunReady, useFogline } from '../../store/use-fogline.ts';
import { formatCount, formatPart, formatSeconds, withUnits } from '../format.ts';
import { lazyPart } from '../shared/lazy-part.tsx';
import { Modelled } from '../tiles/modelled.tsx';
import { type Description, describeChanges, forEachChange } from './describe-changes.ts';
import { LessonLine } from './lesson-line.tsx';
import { type Story, toStory } from './to-story.ts';
import './round-story.css';

// The first paint does not wait for it: there is nothing to draw before the first round.
const Timeline = lazyPart(
  () => firstRunReady().then(() => import('./timeline-view.tsx')),
  (module) => module.Timeline,
);

// Made once: the story is drawn with every batch of rounds, its popover only when it is opened.
const badge = <Modelled what="The round’s time" formulas={['roundTrip']} />;

/** The live changes that took hold last, and in which round. */
function useLastChange(): { round: number; words: readonly Description[] } | null {
  const history = useFogline((state) => state.history);
  const initialExperiment = useFogline((state) => state.initialExperiment);
  const topology = useFogline((state) => state.topology);
  const index = history.findLastIndex(({ changes }) => changes.length > 0);
  if (index < 0) return null;
  let words: readonly Description[] = [];
  forEachChange(history.slice(0, index + 1), initialExperiment, (at, changes, before) => {
    if (at === index) words = describeChanges(changes, before, topology);
  });
  return { round: history[index].round, words };
}

function Who({ story: { trained, devices, satOut } }: { readonly story: Story }) {
  const others = satOut.map(
    ({ status, count, names }) =>
      `${formatCount(count)} ${statusEntry(status).label}${names.length > 0 ? ` (${names.join(', ')})` : ''}`,
  );
  const absent = others.length > 0 ? `; absent: ${others.join(', ')}` : '';
  const words = `${formatPart(trained, devices, 'device')} trained${absent}`;
  return (
    <span className="round-story-who" title={words}>
      {words}
    </span>
  );
}

function Changed() {
  const change = useLastChange();
  if (!change) return null;
  const words = change.words.map(({ long }) => long).join('; ');
  return (
    <span className="round-story-changed" title={words}>
      Since round {change.round}: {words}
    </span>
  );
}

/** Neither 'Arduino 2' nor '577 ms' is broken over two lines. */
const inOnePiece = ({ how, who }: Story): string =>
  withUnits(who ? how.replace(who, who.replaceAll(' ', '\u00a0')) : how);

function Sentence({ story }: { readonly story: Story }) {
  return (
    // No live region: a sentence a round would never stop talking. What changed is announced by announcer.tsx.
    <p className="round-story-sentence number">
      <strong>Round {story.round}</strong> took <strong>{formatSeconds(story.seconds)}</strong>: {inOnePiece(story)}.
    </p>
  );
}

export function RoundStory() {
  const last = useFogline((state) => state.history.at(-1));
  const topology = useFogline((state) => state.topology);
  const story = useMemo(() => (last ? toStory(last, topology) : null), [last, topology]);
  return (
    <div className="round-story">
      <LessonLine />
      <header className="round-story-head">
        {story ? (
          <Sentence story={story} />
        ) : (
          <p className="round-story-sentence">After each round: whom it waited for, and where its seconds went.</p>
        )}
        {badge}
      </header>
      <Suspense fallback={<div className="round-story-waiting" />}>
        <Timeline record={last ?? null} topology={topology} />
      </Suspense>
      <footer className="round-story-foot number">
        {story && <Who story={story} />}
        <Changed />
      </footer>
    </div>
  );
}
