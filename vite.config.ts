// The page and its workers: a static site that works from any folder of any server and asks for no special headers.

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * The frame in index.html is painted before the style sheet has come: it is fetched as early, and holds nothing back. It keeps
 * its place in the head, before those of the parts that are loaded later. main.tsx waits for it.
 */
const styleSheetHoldsNothingBack = (): Plugin => ({
  name: 'style-sheet-holds-nothing-back',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replace(/<link rel="stylesheet"/g, `<link rel="preload" as="style" onload="this.rel = 'stylesheet'"`),
  },
});

export default defineConfig({
  base: './',
  plugins: [react(), styleSheetHoldsNothingBack()],
  worker: { format: 'es' },
  build: {
    modulePreload: { polyfill: false }, // what a browser without it fetches a little later is not worth a larger first load
    chunkSizeWarningLimit: 1000, // kB; what is loaded first is held by .size-limit.js, compressed
    // tfjs fetches its WebAssembly by address, so that must stay a file; the rest follows Vite's default.
    assetsInlineLimit: (path) => (path.endsWith('.wasm') ? false : undefined),
    rolldownOptions: {
      checks: { pluginTimings: false }, // the worker's build takes most of the time, and that is no news
      // What the first paint needs is one file: cut up by what the later parts share with it, it would be forty, each compressed by itself.
      output: { codeSplitting: { groups: [{ name: 'first-load', tags: ['$initial'] }] } },
    },
  },
  optimizeDeps: {
    // Without the worker here, the first start in dev mode finds tfjs late and loads the page twice.
    entries: ['index.html', 'src/worker/sim/sim.worker.ts', 'src/worker/lab/lab.worker.ts'],
  },
});
