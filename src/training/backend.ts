// Opens a TensorFlow.js backend and makes it the current one. A backend is loaded when it is first asked for, so that the
// page's worker downloads only what it uses.

import { backend, enableProdMode, env, findBackendFactory, getBackend, setBackend } from '@tensorflow/tfjs-core';
import { registerFastTranspose } from './cpu-transpose.ts';

export const backendNames = ['wasm', 'webgl', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** Where each binary of the WASM backend lies: a URL in the browser, a file's path in Node. */
export interface WasmPaths {
  readonly 'tfjs-backend-wasm.wasm': string;
  readonly 'tfjs-backend-wasm-simd.wasm': string;
  readonly 'tfjs-backend-wasm-threaded-simd.wasm': string;
}

export interface BackendOptions {
  /** Needed for 'wasm' only. */
  readonly wasmPaths?: WasmPaths;
}

/** Runs one after another: tfjs mixes two backends up when one is set while another still starts. */
let queue: Promise<unknown> = Promise.resolve();

function inTurn<T>(job: () => Promise<T>): Promise<T> {
  const done = queue.then(job);
  queue = done.catch(() => undefined);
  return done;
}

const opened = new Set<BackendName>();

/** What a backend computed on is gone: nothing that it returns may be used, and only a new thread can open it again. */
export class BackendLostError extends Error {
  readonly backend: BackendName;

  constructor(backend: BackendName, message: string) {
    super(message);
    this.name = 'BackendLostError';
    this.backend = backend;
  }
}

let onLost: (error: BackendLostError) => void = () => {};

/** Told when a backend is lost while nothing is computed. Replaces the listener before. */
export function onBackendLost(listener: (error: BackendLostError) => void): void {
  onLost = listener;
}

const LOST_CONTEXT = 'The graphics card took its WebGL context away.';

/** The context that TensorFlow.js draws with; only its WebGL backend has one. */
const webglContext = (): WebGL2RenderingContext =>
  (backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } }).gpgpu.gl;

/**
 * Fails if the current backend’s results can no longer be trusted: after a lost context TensorFlow.js goes on, and reads zeros or old
 * numbers (tfjs issue 756).
 */
export function checkBackend(name: BackendName): void {
  if (name === 'webgl' && webglContext().isContextLost()) throw new BackendLostError('webgl', LOST_CONTEXT);
}

/** TensorFlow.js takes the null address of a full WebAssembly memory for a good one, and overwrites what lies there. */
export function failWhenFull(wasm: { _malloc: (bytes: number) => number }): void {
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0) throw new BackendLostError('wasm', 'WebAssembly’s memory is full.');
    return address;
  };
}

/** Listens, once a backend has started, for what ends it. */
const watchOver: Partial<Record<BackendName, () => void>> = {
  wasm: () => failWhenFull((backend() as unknown as { wasm: { _malloc: (bytes: number) => number } }).wasm),
  webgl: () =>
    webglContext().canvas.addEventListener('webglcontextlost', () =>
      onLost(new BackendLostError('webgl', LOST_CONTEXT)),
    ),
};

async function loadWasm({ wasmPaths }: BackendOptions): Promise<void> {
  if (!wasmPaths) throw new Error('The wasm backend needs the paths of its .wasm files.');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  // The threaded build breaks when it is bundled and gains nothing at this size; SIMD alone is the fast one.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({ ...wasmPaths });
}

const load: Record<BackendName, (options: BackendOptions) => Promise<unknown>> = {
  wasm: loadWasm,
  webgl: async () => {
    await import('@tensorflow/tfjs-backend-webgl');
    // Whoever chooses WebGL gets it, even where it is emulated in software; it is never picked there.
    env().set('SOFTWARE_WEBGL_ENABLED', true);
  },
  cpu: () => import('@tensorflow/tfjs-backend-cpu').then(registerFastTranspose),
};

/** Emscripten's loader listens for a Node process's uncaught errors and prints its own minified source above each of them. */
async function withoutEmscriptenListeners<T>(start: () => Promise<T>): Promise<T> {
  if (typeof process === 'undefined' || typeof process.listeners !== 'function') return start();
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = events.map((event) => new Set(process.rawListeners(event)));
  try {
    return await start();
  } finally {
    events.forEach((event, index) => {
      for (const listener of process.rawListeners(event)) {
        if (!before[index].has(listener)) process.removeListener(event, listener as () => void);
      }
    });
  }
}

/** Starts a backend once; later calls return at once. Fails with one sentence when it cannot run here. */
export function openBackend(name: BackendName, options: BackendOptions = {}): Promise<void> {
  return inTurn(async () => {
    if (opened.has(name)) return;
    enableProdMode();
    await load[name](options);
    const started = findBackendFactory(name) !== null && (await withoutEmscriptenListeners(() => setBackend(name)));
    if (!started) throw new Error(`The ${name} backend of TensorFlow.js could not start here.`);
    watchOver[name]?.();
    opened.add(name);
  });
}

/** Makes an opened backend current. What follows the await, up to the next one, runs on it. */
export async function useBackend(name: BackendName): Promise<void> {
  while (getBackend() !== name) await inTurn(() => setBackend(name));
}
