// The location of the WASM backend's binaries in Node: the installed package. For the command line and the tests; in the browser the
// worker gets their URLs from Vite instead. Plain file paths, because Emscripten's loader reads them with fs.

import { createRequire } from 'node:module';
import type { WasmPaths } from './backend/backend.ts';

export function nodeWasmPaths(): WasmPaths {
  const file = (name: string): string =>
    createRequire(import.meta.url).resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`);
  return {
    'tfjs-backend-wasm.wasm': file('tfjs-backend-wasm.wasm'),
    'tfjs-backend-wasm-simd.wasm': file('tfjs-backend-wasm-simd.wasm'),
    'tfjs-backend-wasm-threaded-simd.wasm': file('tfjs-backend-wasm-threaded-simd.wasm'),
  };
}
