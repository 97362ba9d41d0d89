// The panel of settings. Its sections come when the first run can begin: the first paint shows the network and Play.

import { Suspense } from 'react';
import { firstRunReady } from '../../store/use-fogline.ts';
import { lazyPart } from '../shared/lazy-part.tsx';
import './controls-panel.css';
import '../shared/scroll-shadows.css';

const Sections = lazyPart(
  () => firstRunReady().then(() => import('./sections.tsx')),
  (module) => module.Sections,
);

export function ControlsPanel() {
  return (
    <div className="controls-panel">
      <Suspense fallback={null}>
        <Sections />
      </Suspense>
    </div>
  );
}
