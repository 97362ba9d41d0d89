// Chooses a backend by timing one small cohort on each, and returns the timings so that the page can show the choice and its reason.
// A backend that cannot run here, or would certainly be slower, has a reason instead of a time.

import { env } from '@tensorflow/tfjs-core';
import type { Cohort, LocalTrainer } from '../../sim/trainer.ts';
import { benchCohort } from '../bench/bench-cohort.ts';
import { createTrainer } from '../trainer.ts';
import { type BackendName, type BackendOptions, backendNames } from './backend.ts';

export type BackendTiming =
  | { readonly backend: BackendName; readonly milliseconds: number }
  | { readonly backend: BackendName; readonly error: string };

export interface BackendChoice {
  readonly chosen: BackendName;
  /** In the order they were tried. */
  readonly timings: readonly BackendTiming[];
}

/** Large enough to distinguish the backends, small enough for plain JavaScript to finish in a few tens of milliseconds. */
const PROBE = { devices: 10, samples: 32 };
/** The first passes compile; after them the minimum of several is taken, because other load on the machine only adds time. */
const WARM_UPS = 2;
const SAMPLES = 5;
/** Milliseconds for all samples: a slow backend gets fewer. */
const SAMPLING_TIME = 400;
/** Backends of about the same speed must not alternate from visit to visit, because the last digits of their results differ. */
const CLEARLY_FASTER = 0.8;

/** Times the candidates one after another. @throws {Error} if none of them runs */
export async function pickBackend(
  candidates: readonly BackendName[] = backendNames,
  options: BackendOptions = {},
): Promise<BackendChoice> {
  const timings: BackendTiming[] = [];
  for (const backend of candidates) timings.push(await timeBackend(backend, options));
  return { chosen: fastestOf(timings), timings };
}

/** Browsers' messages for a part of the program that could not be fetched; none of them helps a visitor. */
const isImportError = /dynamically imported module|importing a module script failed/i;

/** Why a backend was not timed, as a sentence for the visitor. */
export function failureReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return isImportError.test(message) ? 'It could not be loaded: the network or the site does not answer.' : message;
}

/** The first backend that no other is clearly faster than. @throws {Error} with every reason, if none was timed */
export function fastestOf(timings: readonly BackendTiming[]): BackendName {
  const timed = timings.filter((timing) => 'milliseconds' in timing);
  if (timed.length === 0) {
    const reasons = timings.map((timing) => `${timing.backend}: ${'error' in timing ? timing.error : ''}`);
    throw new Error(`No backend of TensorFlow.js runs here. ${reasons.join(' ')}`);
  }
  return timed.reduce((best, next) => (next.milliseconds < CLEARLY_FASTER * best.milliseconds ? next : best)).backend;
}

/** Milliseconds of one small cohort, or why there are none. */
export async function timeBackend(backend: BackendName, options: BackendOptions = {}): Promise<BackendTiming> {
  try {
    const obstacle = backend === 'webgl' ? webglObstacle() : undefined;
    if (obstacle) return { backend, error: obstacle };
    const trainer = await createTrainer(backend, options);
    if (backend === 'webgl' && !env().getBool('WEBGL_RENDER_FLOAT32_CAPABLE')) {
      return { backend, error: 'This graphics chip computes in 16 bits only, too coarse to train with.' };
    }
    return { backend, milliseconds: await timeTrainer(trainer, benchCohort(PROBE)) };
  } catch (error) {
    return { backend, error: failureReason(error) };
  }
}

/** @param now the clock, in milliseconds */
export async function timeTrainer(
  trainer: Pick<LocalTrainer, 'train'>,
  cohort: Cohort,
  now: () => number = () => performance.now(),
): Promise<number> {
  for (let pass = 0; pass < WARM_UPS; pass++) await trainer.train(cohort);
  const start = now();
  let best = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const started = now();
    await trainer.train(cohort);
    const ended = now();
    best = Math.min(best, ended - started);
    if (ended - start > SAMPLING_TIME) break;
  }
  return best;
}

/** Why WebGL is not started; undefined if it is. Emulated in software it takes seconds to compile and is slower than WASM. */
function webglObstacle(): string | undefined {
  if (typeof OffscreenCanvas === 'undefined') return 'WebGL is not available in a worker here.';
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return 'WebGL 2 is not available here.';
  const renderer = rendererName(gl);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return isSoftware(renderer) ? `WebGL is emulated in software here (${renderer}).` : undefined;
}

function rendererName(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

/** True for the software rasterisers of Chromium, Mesa and Windows. */
export const isSoftware = (renderer: string): boolean =>
  /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
