// Which backend a worker trains on. WebAssembly is the fastest for models of this size nearly everywhere, so only that is loaded
// and tried before the first round; the others are loaded when it does not run, or when the visitor asks for their timings.

import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { LocalTrainer } from '../sim/trainer.ts';
import { type BackendName, backendNames } from '../training/backend/backend.ts';
import { fastestOf, type BackendTiming as Timed, timeBackend } from '../training/backend/pick-backend.ts';
import { createTrainer } from '../training/trainer.ts';
import { messageOf } from './failure-kind.ts';
import { type BackendId, type BackendTiming, backendDisplayNames } from './protocol.ts';

/** Addresses of tfjs's WebAssembly binaries in the built site. */
const wasmPaths = {
  'tfjs-backend-wasm.wasm': plainWasm,
  'tfjs-backend-wasm-simd.wasm': simdWasm,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedWasm,
};

export interface ChosenTrainer {
  readonly trainer: LocalTrainer;
  readonly backend: BackendId;
  /** Why it is not the wanted one, or not the usual one; null if it is. */
  readonly fallback: string | null;
}

const timings = new Map<BackendName, Timed>();

/** The timings made so far, for the page. */
export const knownTimings = (): BackendTiming[] =>
  backendNames.flatMap((backend): BackendTiming[] => {
    const known = timings.get(backend);
    if (!known) return [];
    return ['error' in known ? { backend, reason: known.error } : { backend, milliseconds: known.milliseconds }];
  });

async function time(backend: BackendName): Promise<Timed> {
  const known = timings.get(backend);
  // A failure may have been one of the network, so it is tried again.
  if (known && 'milliseconds' in known) return known;
  const timed = await timeBackend(backend, { wasmPaths });
  timings.set(backend, timed);
  return timed;
}

/** Times every backend that has no timing yet. */
export async function timeBackends(): Promise<void> {
  for (const backend of backendNames) await time(backend);
}

/**
 * Opens the wanted backend, or else another one that runs here.
 * @param lostBackends backends that failed in this visit and are not used again
 * @throws {Error} with every backend's reason, if none runs
 */
export async function chooseTrainer(
  wanted: BackendId | 'auto',
  lostBackends: readonly BackendId[] = [],
): Promise<ChosenTrainer> {
  if (wanted !== 'auto' && !lostBackends.includes(wanted)) {
    try {
      return { trainer: await createTrainer(wanted, { wasmPaths }), backend: wanted, fallback: null };
    } catch (error) {
      const { trainer, backend } = await chooseTrainer('auto', [...lostBackends, wanted]);
      const fallback = `${backendDisplayNames[wanted]} does not run here (${messageOf(error)}). Training on ${backendDisplayNames[backend]} instead.`;
      return { trainer, backend, fallback };
    }
  }
  const candidates = backendNames.filter((backend) => !lostBackends.includes(backend));
  const results: Timed[] = [];
  for (const backend of candidates) {
    const isTimed = timings.has(backend);
    // Once one runs, others are compared with it only if they have been timed already: loading them would delay the first round.
    if (!isTimed && results.some((each) => 'milliseconds' in each)) continue;
    results.push(await time(backend));
  }
  const backend = fastestOf(results);
  const trainer = await createTrainer(backend, { wasmPaths });
  const failed = results.find((each) => each.backend === 'wasm' && 'error' in each);
  const fallback =
    failed && 'error' in failed
      ? `WebAssembly is not used: ${failed.error.replace(/\.?$/, '.')} Training on ${backendDisplayNames[backend]} instead, which is slower.`
      : null;
  return { trainer, backend, fallback };
}
