// What a worker tells of an error: which kind it is decides what the page does about it.

import { ExperimentError } from '../sim/experiment/parse-experiment.ts';
import { BackendLostError } from '../training/backend.ts';
import { NotLoadedError } from './fetch-asset.ts';
import type { FailureKind } from './protocol.ts';

export function kindOfFailure(error: unknown): FailureKind {
  if (error instanceof ExperimentError) return 'impossible';
  if (error instanceof NotLoadedError) return 'not loaded';
  // A new worker has a new WebAssembly memory, but the same graphics card.
  if (error instanceof BackendLostError && error.backend === 'webgl') return 'backend lost';
  return 'error';
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
