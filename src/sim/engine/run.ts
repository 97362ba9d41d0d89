// Runs an experiment: one record a round. It is handed its learner, so that the whole hierarchy, its energy and its bytes run
// in a unit test with a trivial one. Same experiment, edits and backend: the same records, whatever the pace.

import { codecsOf } from '../compression/codecs-in-use.ts';
import type { ReadAsset } from '../data/dataset.ts';
import type { DealtData } from '../data/dealt.ts';
import { dealToNew, dealtData, type Federation, openFederation, type Rest } from '../data/federation.ts';
import { applyChanges, type Change, changesBetween, type Edit } from '../experiment/edits.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { OwnSettings } from '../experiment/variants.ts';
import { buildTopology, type DeviceNode } from '../fleet/topology.ts';
import { masked } from '../model/masks.ts';
import { specOf } from '../model/model-specs.ts';
import { initialWeights, type ModelSpec, modelKinds } from '../model/models.ts';
import { sparsityAt } from '../model/pruning.ts';
import type { OffUntil } from '../network/lora.ts';
import type { FamilyResult, RoundRecord } from '../record/record.ts';
import { isLastRound } from '../record/run-end.ts';
import { AsyncState } from '../round/async/async-state.ts';
import { asyncWindow } from '../round/async/async-window.ts';
import { Batteries } from '../round/batteries.ts';
import { Receivers } from '../round/courier.ts';
import { mergeRounds } from '../round/merge.ts';
import { pruneFamily } from '../round/pruned.ts';
import type { RoundOutcome } from '../round/round-input.ts';
import { Senders } from '../round/senders.ts';
import { syncRound } from '../round/sync/sync-round.ts';
import type { Told } from '../selection/selection.ts';
import { strategies } from '../strategies/index.ts';
import type { Strategy } from '../strategies/strategy.ts';
import type { Evaluation, LocalTrainer } from '../trainer.ts';
import { assignModels, distilFamilies, type Family, kindsOf, takeOver } from './families.ts';
import type { Watch } from './watch.ts';
import { worldOf } from './world.ts';

export interface RunOptions {
  /** Live changes recorded earlier, to be replayed at their rounds. */
  readonly edits?: readonly Edit[];
  /** Asked at each round's start for live changes made since. */
  readonly takeChanges?: () => readonly Change[];
  /** Told each family's global model at each round's end. */
  readonly onModels?: (models: readonly { readonly model: ModelSpec; readonly weights: Float32Array }[]) => void;
  /** Told what the devices hold when devices were added. */
  readonly onDealt?: (data: DealtData) => void;
  /** Told of every message that crosses a link. */
  readonly watch?: Watch;
}

/** Opens and runs an experiment. */
export async function* run(
  experiment: Experiment,
  trainer: LocalTrainer,
  options: RunOptions & { readonly readAsset: ReadAsset; readonly rest?: Rest },
): AsyncGenerator<RoundRecord> {
  yield* runFederation(await openFederation(experiment, options.readAsset, options.rest), trainer, options);
}

/** Runs an opened federation, once. */
export async function* runFederation(
  federation: Federation,
  trainer: LocalTrainer,
  options: RunOptions = {},
): AsyncGenerator<RoundRecord> {
  const { experiment, rng, data, source } = federation;
  const strategy: Strategy<unknown, OwnSettings> = strategies[experiment.aggregation.strategy];
  const batteries = new Batteries();
  const told = new Map<string, Told>();
  const freeAt = new Map<string, number>();
  const offUntil = new Map<string, OffUntil>();
  const asyncState = new AsyncState();
  const families = kindsOf(experiment).map((kind): Family => {
    const model = specOf(kind, experiment);
    const weights = initialWeights(model, rng.split('model'));
    return {
      kind,
      model,
      weights,
      mask: undefined,
      memory: strategy.init(model.parameters),
      diverged: false,
      cache: new Map(),
      senders: new Senders(),
      receivers: new Receivers(),
    };
  });
  const publicSamples = families.length > 1 ? source.unlabelled(experiment.families.samples) : new Float32Array(0);
  let current = experiment;
  let clock = 0;
  let last: Pick<RoundRecord, 'round' | 'evaluation'> | null = null;
  /** When the last round began: an interval counts from there. */
  let began = Number.NEGATIVE_INFINITY;

  for (let round = 1; ; round++) {
    const replayed = (options.edits ?? []).filter((edit) => edit.round === round).flatMap((edit) => edit.changes);
    const made = [...replayed, ...(options.takeChanges?.() ?? [])];
    const changed = made.length > 0 ? applyChanges(current, made) : current;
    // Only what the round begins with is kept: neither the steps of a drag, nor what was switched off and on again.
    const changes = changesBetween(current, changed);
    if (changes.length > 0) {
      current = changed;
      for (const family of families) family.model = specOf(family.kind, current);
      if (await dealToNew(federation, current)) options.onDealt?.(dealtData(federation));
    }
    // A change made since may have moved the end.
    if (round > current.rounds || (last && isLastRound(last, current))) return;
    const topology = buildTopology(current.fleet);
    const world = worldOf(current, topology, rng.split('world'));
    const isSync = current.aggregation.mode === 'sync';
    const start = isSync ? Math.max(clock, began + current.power.interval) : clock;
    began = start;
    const slept = batteries.sleep(topology, world, current.power.batteryStart, clock, start);
    const shared = {
      experiment: current,
      topology,
      world,
      data,
      trainer,
      charge: batteries.charge,
      told,
      freeAt,
      offUntil,
      round,
      time: start,
      watch: options.watch,
    };
    const sparsity = sparsityAt(round, current.pruning);
    for (const family of families) {
      family.diverged = false;
      pruneFamily(family, sparsity);
    }
    const settings = current.aggregation;
    const stepOf = (family: Family) => (weights: Float32Array, update: Float32Array) => {
      const next = strategy.apply(family.memory, { weights, update, settings });
      if (!takeOver(family, family.mask ? masked(next.weights, family.mask) : next.weights)) return weights;
      family.memory = next.memory;
      return family.weights;
    };
    let outcome: Omit<RoundOutcome, 'update' | 'busy'>;
    if (isSync) {
      const models = assignModels(topology, batteries.charge, current, data, round);
      const outcomes: RoundOutcome[] = [];
      for (const [index, family] of families.entries()) {
        const { model, weights, mask, cache, kind, senders, receivers } = family;
        const members = (device: DeviceNode) => models.get(device.id) === kind;
        const own = index === 0 ? rng : rng.split('family', kind);
        const done = await syncRound({ ...shared, model, weights, mask, cache, senders, receivers, members, rng: own });
        if (done.update) stepOf(family)(weights, done.update);
        outcomes.push(done);
      }
      const familyOf = topology.devices.map(({ id }) => families.findIndex(({ kind }) => kind === models.get(id)));
      const { busy, ...merged } = mergeRounds(outcomes, familyOf);
      merged.devices.energySleep.set(slept);
      batteries.pay(topology, world, merged.devices, busy, current.power.batteryStart, start, start + merged.duration);
      outcome = merged;
    } else {
      const [family] = families;
      const { model, weights, mask, cache, senders, receivers } = family;
      const window = await asyncWindow(
        { ...shared, model, weights, mask, cache, senders, receivers, rng },
        asyncState,
        batteries,
        stepOf(family),
      );
      takeOver(family, window.weights);
      if (window.diverged) family.diverged = true;
      outcome = window;
    }
    const distilled =
      families.length > 1 && current.families.distil
        ? await distilFamilies(families, publicSamples, current, trainer, rng.split('distil', round))
        : families.map(() => Number.NaN);
    const results: { family: FamilyResult; evaluation: Evaluation }[] = [];
    for (const [index, { kind, model, weights, diverged }] of families.entries()) {
      const evaluation = await trainer.evaluate(model, weights, source.test);
      const devices = outcome.devices.model.reduce((sum, each) => sum + (modelKinds[each] === kind ? 1 : 0), 0);
      const { accuracy, loss } = evaluation;
      const distillation = distilled[index];
      results.push({ family: { kind, devices, accuracy, loss, distillation, diverged }, evaluation });
    }
    options.onModels?.(families);
    const best = results.reduce((a, b) => (b.evaluation.accuracy > a.evaluation.accuracy ? b : a));
    clock = start + outcome.duration;
    last = { round, evaluation: best.evaluation };
    const { devices, gateways, fogs, timeline, cloudLastArrival, staleMean, straggler } = outcome;
    yield {
      round,
      start,
      end: clock,
      devices,
      gateways,
      fogs,
      timeline,
      cloudLastArrival,
      staleMean,
      straggler,
      codecs: codecsOf(current, round),
      evaluation: best.evaluation,
      families: results.map(({ family }) => family),
      changes,
    };
  }
}
