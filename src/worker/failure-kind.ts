// What kind of failure an exception in a worker is: the page handles each kind differently.

import { ExperimentError } from '../sim/experiment/parse-experiment.ts';
import { BackendLostError } from '../training/backend/backend.ts';
import { AssetLoadError } from './fetch-asset.ts';
import type { FailureKind } from './protocol.ts';

export function failureKindOf(error: unknown): FailureKind {
  if (error instanceof ExperimentError) return 'invalid experiment';
  if (error instanceof AssetLoadError || isModuleLoadError(error)) return 'load failed';
  // A new worker has a new WebAssembly memory, but the same graphics card.
  if (error instanceof BackendLostError && error.backend === 'webgl') return 'backend lost';
  return 'error';
}

/** A part of the program that is loaded when a run needs it did not come: Chromium's, Firefox's and Safari's words for it. */
const isModuleLoadError = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|importing a module script failed/i.test(error.message);

export function messageOf(error: unknown): string {
  if (isModuleLoadError(error)) return 'A part of the program could not be loaded (no connection).';
  return error instanceof Error ? error.message : String(error);
}
