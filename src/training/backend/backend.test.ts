import { getBackend } from '@tensorflow/tfjs-core';
import { afterEach, expect, it, vi } from 'vitest';
import { nodeWasmPaths } from '../node-wasm-paths.ts';
import { BackendLostError, openBackend, throwWhenOutOfMemory, useBackend } from './backend.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('says that the wasm files are not named', async () => {
  await expect(openBackend('wasm')).rejects.toThrow('The wasm backend needs the paths of its .wasm files.');
});

it('says that a backend does not run here', async () => {
  await expect(openBackend('webgl')).rejects.toThrow('The webgl backend of TensorFlow.js could not start here.');
});

it('opens backends that are asked for at once, and switches between them', async () => {
  const listeners = process.listenerCount('uncaughtException');
  await Promise.all([openBackend('cpu'), openBackend('wasm', { wasmPaths: nodeWasmPaths() }), openBackend('cpu')]);
  expect(process.listenerCount('uncaughtException')).toBe(listeners);
  for (const name of ['cpu', 'wasm', 'cpu'] as const) {
    await useBackend(name);
    expect(getBackend()).toBe(name);
  }
});

it('fails when the WebAssembly memory is full, instead of computing on its null address', () => {
  const wasm = { _malloc: (bytes: number) => (bytes > 100 ? 0 : 16) };
  throwWhenOutOfMemory(wasm);
  expect(wasm._malloc(50)).toBe(16);
  expect(() => wasm._malloc(200)).toThrow(BackendLostError);
  // Nothing was asked for, so nothing is missing.
  expect(wasm._malloc(0)).toBe(16);
});
