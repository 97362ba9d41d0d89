// The page: the bar above, the controls left, the network over the round's story in the middle, tiles and curves right. On
// a narrow screen one column: the bar, the tiles, then one of network, curves and settings.

import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Suspense, useEffect, useState } from 'react';
import './app.css';
import { closeLab, useLabView } from './store/lab-view.ts';
import type { FoglineState } from './store/store.ts';
import { firstRunReady, foglineStore, useFogline } from './store/use-fogline.ts';
import { ControlsPanel } from './ui/controls/controls-panel.tsx';
import { NetworkGraph } from './ui/graph/network-graph.tsx';
import { NoticeBar } from './ui/notice/notice-bar.tsx';
import { Welcome } from './ui/notice/welcome.tsx';
import { lazyPart } from './ui/shared/lazy-part.tsx';
import { NARROW } from './ui/shared/media.ts';
import { Announcer } from './ui/story/announcer.tsx';
import { RoundStory } from './ui/story/round-story.tsx';
import { Tiles } from './ui/tiles/tiles.tsx';
import './ui/shared/touch.css';
import { TopBar } from './ui/top-bar/top-bar.tsx';
import './ui/print/print.css';
import './ui/forced-colours.css';

// Recharts is as large as half the page, and nothing is selected at first: the first paint does not wait for these, and over a
// thin line the first round does not wait for the charts.
const ChartsPanel = lazyPart(
  () => firstRunReady().then(() => import('./ui/charts/charts-panel.tsx')),
  (module) => module.ChartsPanel,
);
const Inspector = lazyPart(
  () => import('./ui/inspector/inspector.tsx'),
  (module) => module.Inspector,
);

const PrintHead = lazyPart(
  () => import('./ui/print/print-head.tsx'),
  (module) => module.PrintHead,
  // On the screen it has no place of its own where a sentence could stand.
  () =>
    foglineStore
      .getState()
      .notify('error', 'The head of a printed page could not be loaded: the network or the site does not answer.', {
        label: 'Load the page again',
        act: () => location.reload(),
      }),
);

// The packet inspector and the efficiency table: loaded when the first of them is opened.
const Lab = lazyPart(
  () => import('./ui/lab/lab.tsx'),
  (module) => module.Lab,
  () => {
    const { view, opener } = useLabView.getState();
    closeLab();
    foglineStore.getState().notify('error', 'The lab could not be loaded: the network or the site does not answer.', {
      label: 'Try again',
      act: () => {
        foglineStore.getState().dismissNotice();
        useLabView.setState({ view, opener });
      },
    });
  },
);

/** Until the lab is there, Escape calls it off and the page stays usable. */
function LabOnItsWay() {
  useEffect(() => {
    const close = ({ key }: KeyboardEvent) => key === 'Escape' && closeLab();
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, []);
  return null;
}

/** A run that has records and is not finished would be lost with the page. */
const isUnderWay = ({ history, phase }: FoglineState): boolean => history.length > 0 && phase !== 'finished';

function useQuestionBeforeLeaving() {
  const asks = useFogline(isUnderWay);
  useEffect(() => {
    if (!asks) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [asks]);
}

const views = [
  { value: 'network', label: 'Network' },
  { value: 'curves', label: 'Curves' },
  { value: 'settings', label: 'Settings' },
] as const;
type View = (typeof views)[number]['value'];

function SelectedNode() {
  const hasSelection = useFogline((state) => state.selection.length > 0);
  return <Suspense fallback={null}>{hasSelection && <Inspector />}</Suspense>;
}

export function App() {
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const [view, setView] = useState<View>('network');
  const labIsOpen = useLabView((state) => state.view !== null);
  const labIsShown = useLabView((state) => state.isShown);
  useQuestionBeforeLeaving();
  const shows = (each: View) => !narrow || view === each;
  return (
    <div className="app" data-narrow={narrow || undefined}>
      <TopBar />
      <main className="app-main">
        {narrow && (
          <>
            <div className="app-tiles">
              <h2 className="visually-hidden">Targets</h2>
              <Tiles />
            </div>
            <SegmentedControl<View>
              className="app-views"
              fullWidth
              aria-label="View"
              data={[...views]}
              value={view}
              onChange={setView}
            />
          </>
        )}
        {shows('settings') && (
          <section className="app-controls" aria-label="Settings">
            <ControlsPanel />
          </section>
        )}
        {shows('network') && (
          <div className="app-centre" inert={labIsShown}>
            <section className="app-graph" aria-label="Network">
              <NetworkGraph />
              <SelectedNode />
            </section>
            <section className="app-story" aria-label="The round’s story">
              <RoundStory />
            </section>
          </div>
        )}
        {shows('curves') && (
          <section className="app-results" aria-label="Results" inert={labIsShown}>
            <h2 className="visually-hidden">Results</h2>
            {!narrow && <Tiles />}
            <Suspense fallback={<div className="app-charts-waiting" />}>
              <ChartsPanel />
            </Suspense>
          </section>
        )}
        <Welcome />
        <Suspense fallback={null}>
          <PrintHead />
        </Suspense>
        <Suspense fallback={<LabOnItsWay />}>{labIsOpen && <Lab />}</Suspense>
      </main>
      <NoticeBar />
      <Announcer />
    </div>
  );
}
