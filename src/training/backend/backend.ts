// Opens a TensorFlow.js backend and makes it the current one. A backend is loaded when it is first used, so that the page's worker
// downloads no other.

import { backend, enableProdMode, env, findBackendFactory, getBackend, setBackend } from '@tensorflow/tfjs-core';
import { registerFastTranspose } from './cpu-transpose.ts';

export const backendNames = ['wasm', 'webgl', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** The location of each binary of the WASM backend: a URL in the browser, a file's path in Node. */
export interface WasmPaths {
  readonly 'tfjs-backend-wasm.wasm': string;
  readonly 'tfjs-backend-wasm-simd.wasm': string;
  readonly 'tfjs-backend-wasm-threaded-simd.wasm': string;
}

export interface BackendOptions {
  /** Needed for 'wasm' only. */
  readonly wasmPaths?: WasmPaths;
}

/** Jobs run one after another: tfjs confuses two backends when one is set while another is still starting. */
let queue: Promise<unknown> = Promise.resolve();

function enqueue<T>(job: () => Promise<T>): Promise<T> {
  const done = queue.then(job);
  queue = done.catch(() => undefined);
  return done;
}

const opened = new Set<BackendName>();

/** A backend's memory or graphics context is lost: its results must not be used, and only a new thread can open it again. */
export class BackendLostError extends Error {
  readonly backend: BackendName;

  constructor(backend: BackendName, message: string) {
    super(message);
    this.name = 'BackendLostError';
    this.backend = backend;
  }
}

let onLost: (error: BackendLostError) => void = () => {};

/** Sets the listener for a backend that is lost while nothing is computed. */
export function onBackendLost(listener: (error: BackendLostError) => void): void {
  onLost = listener;
}

const LOST_CONTEXT = 'The graphics card took its WebGL context away.';

/** TensorFlow.js's WebGL context; only its WebGL backend has one. */
const webglContext = (): WebGL2RenderingContext =>
  (backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } }).gpgpu.gl;

/**
 * After a lost context TensorFlow.js continues, and reads zeros or old numbers (tfjs issue 756).
 * @throws {BackendLostError} if the current backend’s results can no longer be trusted
 */
export function checkBackend(name: BackendName): void {
  if (name === 'webgl' && webglContext().isContextLost()) throw new BackendLostError('webgl', LOST_CONTEXT);
}

/** TensorFlow.js treats the null address of a full WebAssembly memory as valid, and overwrites the memory there: this throws instead. */
export function throwWhenOutOfMemory(wasm: { _malloc: (bytes: number) => number }): void {
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0) throw new BackendLostError('wasm', 'WebAssembly’s memory is full.');
    return address;
  };
}

/** Called once a backend has started: they detect its loss. */
const failureListeners: Partial<Record<BackendName, () => void>> = {
  wasm: () => throwWhenOutOfMemory((backend() as unknown as { wasm: { _malloc: (bytes: number) => number } }).wasm),
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
    // WebGL runs when the visitor selects it, even where it is emulated in software; it is never picked automatically there.
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

/** Starts a backend once; later calls return at once. @throws {Error} one sentence, if it cannot run here */
export function openBackend(name: BackendName, options: BackendOptions = {}): Promise<void> {
  return enqueue(async () => {
    if (opened.has(name)) return;
    enableProdMode();
    await load[name](options);
    const started = findBackendFactory(name) !== null && (await withoutEmscriptenListeners(() => setBackend(name)));
    if (!started) throw new Error(`The ${name} backend of TensorFlow.js could not start here.`);
    failureListeners[name]?.();
    opened.add(name);
  });
}

/** Makes an opened backend current. Code after the await, up to the next await, runs on it. */
export async function useBackend(name: BackendName): Promise<void> {
  while (getBackend() !== name) await enqueue(() => setBackend(name));
}
