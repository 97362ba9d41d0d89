// Random valid experiments, small enough to run in milliseconds: any of the schema's settings at any of its values, the ends of its
// range above all, on a small fleet that is edited while it runs. New settings are included without a change here.

import fc from 'fast-check';
import { applyChanges, type Change, type Edit } from '../experiment/edits.ts';
import { type Experiment, settings } from '../experiment/experiment.ts';
import { ExperimentError, parseExperiment } from '../experiment/parse-experiment.ts';
import type { Setting } from '../experiment/settings.ts';

/** What would only make a run long. */
const atMost: Readonly<Record<string, number>> = {
  rounds: 5,
  'data.samplesPerDevice': 30,
  'families.publicSamples': 64,
  'families.epochs': 2,
  'training.localEpochs': 3,
  'training.localSteps': 4,
  'aggregation.gatewayRounds': 4,
  'aggregation.fogRounds': 3,
  'aggregation.buffer': 9,
  'model.hidden': 16,
};

function valueFor(path: string, setting: Setting): fc.Arbitrary<unknown> | null {
  switch (setting.kind) {
    case 'number': {
      const { min, integer } = setting;
      const max = Math.max(min, Math.min(setting.max, atMost[path] ?? Number.POSITIVE_INFINITY));
      const between = integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
      return fc.oneof({ arbitrary: between, weight: 2 }, fc.constantFrom(min, max));
    }
    case 'choice': {
      // Weather needs a file.
      const ids = setting.choices.map(({ id }) => id).filter((id) => id !== 'weather-stations');
      return fc.constantFrom(...ids);
    }
    case 'toggle':
      return fc.boolean();
    case 'structure':
      return null;
  }
}

const paths = [...settings].filter(([path]) => !path.startsWith('fleet.'));
const changeOf = (isLive: boolean): fc.Arbitrary<Change> => {
  const able = paths.flatMap(([path, setting]) => {
    const value = (!isLive || setting.live) && path !== 'rounds' ? valueFor(path, setting) : null;
    return value ? [value.map((each): Change => ({ path, value: each }))] : [];
  });
  return fc.oneof(...able);
};

const nodes = ['device-1', 'device-2', 'device-3', 'gateway-1', 'gateway-2', 'fog-1'];
const offOf = fc.uniqueArray(fc.constantFrom(...nodes.flatMap((id) => [id, `link:${id}`])), { maxLength: 3 });
const profiles = ['esp32', 'arduino', 'raspberry-pi', 'smartphone', 'lorawan', 'uno'];
const figuresOf = fc.dictionary(
  fc.constantFrom('device-1', 'device-2', 'device-3'),
  fc.record(
    {
      battery: fc.constantFrom(0, 1, 2000),
      uplink: fc.constantFrom(0.3, 100, 1_000_000),
      loss: fc.constantFrom(0, 30),
      memory: fc.constantFrom(2, 520, 1_000_000),
      storage: fc.constantFrom(16, 100_000),
    },
    { requiredKeys: [] },
  ),
  { maxKeys: 3 },
);

const fleetChange: fc.Arbitrary<Change> = fc.oneof(
  offOf.map((value) => ({ path: 'fleet.off', value })),
  figuresOf.map((value) => ({ path: 'fleet.figures', value })),
  fc.constantFrom(
    { path: 'fleet.added', value: [{ id: 'device-90', parent: 'gateway-1', profile: 'esp32' }] },
    { path: 'fleet.removed', value: ['device-1'] },
    { path: 'fleet.removed', value: ['device-2', 'gateway-2'] },
    { path: 'fleet.parents', value: { 'device-1': 'gateway-2' } },
    { path: 'fleet.parents', value: { 'gateway-2': 'fog-2' } },
    { path: 'fleet.removed', value: [] },
    { path: 'fleet.off', value: [] },
    { path: 'fleet.models', value: { 'device-2': 'micro-cnn', 'device-3': 'tiny-mlp' } },
  ),
);

const fleetOf = fc.record({
  fogs: fc.integer({ min: 1, max: 2 }),
  gatewaysPerFog: fc.constant(2),
  devicesPerGateway: fc.integer({ min: 1, max: 2 }),
  mix: fc.array(fc.constantFrom(...profiles), { minLength: 1, maxLength: 3 }),
});

/** What is changed at a round's start, if the experiment is still a valid one with it. */
function validEdits(experiment: Experiment, edits: readonly Edit[]): Edit[] {
  let current = experiment;
  return edits.filter(({ changes }) => {
    const next = orNull(() => applyChanges(current, changes));
    current = next ?? current;
    return next !== null;
  });
}

/** Null where settings that are each valid do not go together. */
function orNull(make: () => Experiment): Experiment | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof ExperimentError) return null;
    throw error;
  }
}

export interface AnyRun {
  readonly experiment: Experiment;
  /** In the order of their rounds. */
  readonly edits: readonly Edit[];
}

const base = { data: { dataset: 'tutorial-noise', samplesPerDevice: 12 }, training: { batchSize: 4 } };

/** @param often changes that are made often, such as those that make training diverge */
export const anyRun = (often: readonly Change[] = []): fc.Arbitrary<AnyRun> =>
  fc
    .record({
      seed: fc.nat(1000),
      rounds: fc.integer({ min: 2, max: atMost.rounds }),
      fleet: fleetOf,
      changes: fc.array(
        often.length > 0
          ? fc.oneof({ arbitrary: changeOf(false), weight: 3 }, fc.constantFrom(...often))
          : changeOf(false),
        { maxLength: 14 },
      ),
      start: fc.array(fleetChange, { maxLength: 2 }),
      edits: fc.array(fc.array(fc.oneof(changeOf(true), fleetChange), { maxLength: 3 }), { maxLength: atMost.rounds }),
    })
    .map(({ seed, rounds, fleet, changes, start, edits }) => {
      let experiment = parseExperiment({ ...base, seed, rounds, fleet });
      for (const change of [...changes, ...start])
        experiment = orNull(() => applyChanges(experiment, [change])) ?? experiment;
      const all = edits.map((own, index): Edit => ({ round: index + 1, changes: own }));
      return { experiment, edits: validEdits(experiment, all) };
    });
