// The bar above everything: what is run, the transport, the speed, how far the run is, and the choices of the page itself.

import { useState } from 'react';
import { createPart, usePart } from '../shared/use-part.ts';
import { BackendBadge } from './backend-badge.tsx';
import { ExperimentButton } from './experiment-button.tsx';
import { Logo } from './logo.tsx';
import { RunStatus } from './run-status.tsx';
import { Speed } from './speed.tsx';
import { ThemeButton } from './theme-button.tsx';
import { Transport } from './transport.tsx';
import './top-bar.css';

const menu = createPart(
  () => import('./experiment-menu.tsx'),
  (module) => module.ExperimentMenu,
);

/** The button is there from the start; the menu comes when the first run can begin, or when it is asked for. */
function Experiments() {
  const [opened, setOpened] = useState(false);
  const ExperimentMenu = usePart(menu, opened);
  if (!ExperimentMenu) return <ExperimentButton onClick={() => setOpened(!opened)} />;
  return <ExperimentMenu opened={opened} onChange={setOpened} />;
}

export function TopBar() {
  return (
    <header className="top-bar">
      <div className="top-bar-name">
        <Logo />
        <h1>Fogline</h1>
      </div>
      <Experiments />
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
