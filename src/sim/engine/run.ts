// Runs an experiment: one record a round. It receives its trainer as an argument, so that the whole hierarchy, its energy and its bytes run
// in a unit test with a trivial one. Same experiment, edits and backend: the same records, whatever the pace.

import type { DataDistribution } from '../data/data-distribution.ts';
import type { ReadAsset } from '../data/dataset.ts';
import {
  dataDistribution,
  type Federation,
  openFederation,
  partitionForNewDevices,
  type YieldControl,
} from '../data/federation.ts';
import { applyChanges, type Change, changesBetween, type Edit } from '../experiment/edits.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { modelSpecOf } from '../model/model-specs.ts';
import type { ModelSpec } from '../model/models.ts';
import type { RoundRecord } from '../record/record.ts';
import type { LocalTrainer } from '../trainer.ts';
import { initialState } from './initial-state.ts';
import type { MessageObserver } from './messages/message-observer.ts';
import type { RunState } from './run-state.ts';
import { step } from './step.ts';

export interface RunOptions {
  /** Live changes recorded earlier, to be replayed at their rounds. */
  readonly edits?: readonly Edit[];
  /** Asked at each round's start for live changes made since. */
  readonly takeChanges?: () => readonly Change[];
  /** Told each family's global model at each round's end. */
  readonly onModels?: (models: readonly { readonly model: ModelSpec; readonly weights: Float32Array }[]) => void;
  /** Told what the devices hold when devices were added. */
  readonly onDataDistribution?: (data: DataDistribution) => void;
  /** Told of every message that crosses a link. */
  readonly onMessage?: MessageObserver;
  /** A state of a run of this experiment to go on from; it is written to. The run begins at its first round if left out. */
  readonly from?: RunState | undefined;
  /** Called with the run's state at each round's end: a structuredClone of it can be resumed, here or in another worker. */
  readonly onState?: (state: RunState) => void;
}

/** Opens and runs an experiment. */
export async function* run(
  experiment: Experiment,
  trainer: LocalTrainer,
  options: RunOptions & { readonly readAsset: ReadAsset; readonly yieldControl?: YieldControl },
): AsyncGenerator<RoundRecord> {
  yield* runFederation(await openFederation(experiment, options.readAsset, options.yieldControl), trainer, options);
}

/** Runs an opened federation, once. */
export async function* runFederation(
  federation: Federation,
  trainer: LocalTrainer,
  options: RunOptions = {},
): AsyncGenerator<RoundRecord> {
  const { experiment, rng, data, source } = federation;
  const state = options.from ?? initialState(experiment, { rng });
  if (options.from) await partitionForNewDevices(federation, state.experiment);
  const publicSamples =
    state.families.length > 1 ? source.unlabelled(experiment.families.publicSamples) : new Float32Array(0);
  const env = { trainer, data, rng, test: source.test, publicSamples, onMessage: options.onMessage };
  for (let round = state.round + 1; ; round++) {
    const replayed = (options.edits ?? []).filter((edit) => edit.round === round).flatMap((edit) => edit.changes);
    const made = [...replayed, ...(options.takeChanges?.() ?? [])];
    const changed = made.length > 0 ? applyChanges(state.experiment, made) : state.experiment;
    // Only what the round begins with is kept: neither the steps of a drag, nor what was switched off and on again.
    const changes = changesBetween(state.experiment, changed);
    if (changes.length > 0 && (await partitionForNewDevices(federation, changed)))
      options.onDataDistribution?.(dataDistribution(federation));
    const record = await step(state, env, changes);
    if (!record) return;
    options.onModels?.(
      state.families.map(({ kind, weights }) => ({ model: modelSpecOf(kind, state.experiment), weights })),
    );
    options.onState?.(state);
    yield record;
  }
}
