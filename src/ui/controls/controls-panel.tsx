// The panel of settings. Its sections come just after the first paint, which shows the network and Play.

import { Suspense } from 'react';
import { lazyPart } from '../shared/lazy-part.tsx';
import './controls-panel.css';
import '../shared/scroll-shades.css';

const Sections = lazyPart(
  () => import('./sections.tsx'),
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
