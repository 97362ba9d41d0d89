import { expect, it } from 'vitest';
import { nodeWasmPaths } from '../node-wasm-paths.ts';
import { benchBackend } from './bench.ts';

it('a stacked cohort trains in less time than its devices one after another', async () => {
  const result = await benchBackend('wasm', { wasmPaths: nodeWasmPaths(), runs: 5 });
  expect(result).toMatchObject({ backend: 'wasm', model: 'TinyMLP', devices: 30, steps: 7 });
  // About 6 on a quiet machine; far less only when stacking itself is broken.
  expect(result.ratio).toBeGreaterThan(2);
});
