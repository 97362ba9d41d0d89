// What kind of failure an exception in a worker is: the page handles each kind differently.

import { ExperimentError } from '../sim/experiment/parse-experiment.ts';
import { BackendLostError } from '../training/backend/backend.ts';
import { AssetLoadError } from './fetch-asset.ts';
import type { FailureKind } from './protocol.ts';

export function failureKindOf(error: unknown): FailureKind {
  if (error instanceof ExperimentError) return 'invalid experiment';
  if (error instanceof AssetLoadError) return 'load failed';
  // A new worker has a new WebAssembly memory, but the same graphics card.
  if (error instanceof BackendLostError && error.backend === 'webgl') return 'backend lost';
  return 'error';
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
