// The bar above everything: what is run, the transport, the speed, how far the run is, and the choices of the page itself.

import { Suspense } from 'react';
import { lazyPart } from '../shared/lazy-part.tsx';
import { BackendBadge } from './backend-badge.tsx';
import { ExperimentButton } from './experiment-button.tsx';
import { Logo } from './logo.tsx';
import { RunStatus } from './run-status.tsx';
import { Speed } from './speed.tsx';
import { ThemeButton } from './theme-button.tsx';
import { Transport } from './transport.tsx';
import './top-bar.css';

// The menu comes just after the first paint; its button is there from the start.
const ExperimentMenu = lazyPart(
  () => import('./experiment-menu.tsx'),
  (module) => module.ExperimentMenu,
);

export function TopBar() {
  return (
    <header className="top-bar">
      <div className="top-bar-name">
        <Logo />
        <h1>Fogline</h1>
      </div>
      <Suspense fallback={<ExperimentButton />}>
        <ExperimentMenu />
      </Suspense>
      <Transport />
      <Speed />
      <RunStatus />
      <div className="top-bar-page">
        <BackendBadge />
        <ThemeButton />
      </div>
    </header>
  );
}
