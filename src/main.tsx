// Mounts the page.

import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/mantine.css';
import './ui/theme.css';
import './ui/shared/mantine-overrides.css';
import { App } from './app.tsx';
import { cssVariablesResolver, theme } from './ui/theme.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root.');

// Where the system forces its colours, Fogline's own few (pies, bars, links) are those for its background.
const isForced = window.matchMedia('(forced-colors: active)').matches;
const isDark = window.matchMedia('(prefers-color-scheme: dark)').matches;
const forced = isForced ? { forceColorScheme: isDark ? ('dark' as const) : ('light' as const) } : {};

/**
 * Resolves when a style sheet of the page has come, which index.html fetches without waiting for it: loaded twice, as a file and
 * as a style. Where one does not come index.html says so, and nothing is drawn.
 */
const applied = (sheet: HTMLLinkElement): Promise<void> =>
  new Promise((resolve) => {
    if (sheet.sheet) resolve();
    else sheet.addEventListener('load', () => sheet.sheet && resolve());
  });
await Promise.all([...document.querySelectorAll<HTMLLinkElement>('link[as="style"]')].map(applied));

createRoot(root, {
  onUncaughtError: (error) => {
    console.error(error);
    document.dispatchEvent(
      new CustomEvent('fogline-failed', { detail: error instanceof Error ? error.message : String(error) }),
    );
  },
}).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto" {...forced}>
      <App />
    </MantineProvider>
  </StrictMode>,
);
