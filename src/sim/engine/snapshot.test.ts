// A run's state is plain data: a structured clone of it at any round's end, gone on from with everything else made afresh from the
// experiment, gives the same records as the run that was not interrupted.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Edit } from '../experiment/edits.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import { buildTopology } from '../fleet/topology.ts';
import type { RoundRecord } from '../record/record.ts';
import { collect } from '../testing/collect.ts';
import { type AnyRun, anyRun } from '../testing/random-experiments.ts';
import { fleetOf, noise100 } from '../testing/small-fleet.ts';
import { trivialTrainer } from '../testing/trivial-trainer.ts';
import { nextTime } from './event-queue.ts';
import { run } from './run.ts';
import type { RunState } from './run-state.ts';

const ROUNDS = 22;
const SNAPSHOTS = [1, 7, 20];

/** A run of 22 rounds, its edits spread over all of them. */
const longer = ({ experiment, edits }: AnyRun): AnyRun => ({
  experiment: parseExperiment({ ...experiment, rounds: ROUNDS, targetAccuracy: 0 }),
  edits: edits.map(
    ({ round, changes }): Edit => ({
      round: 4 * round - 2,
      changes: changes.filter(({ path }) => path !== 'targetAccuracy'),
    }),
  ),
});

/** Only plain data: what structuredClone would lose (prototypes, private fields, functions) is not there. */
function checkPlain(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error(`The state holds a ${typeof value}.`);
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = [Object.prototype, Array.prototype, Map.prototype, Set.prototype, null].includes(prototype as null);
  if (!isPlain) throw new Error(`The state holds a ${(value as object).constructor.name}.`);
  const parts = value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.values(value);
  for (const part of parts) checkPlain(part, seen);
}

/** Nothing is to happen before now, and nobody has paid for what is to come. */
function checkState({ queue, messages, devices, experiment }: RunState): void {
  expect(nextTime(queue)).toBeGreaterThanOrEqual(-1e-9);
  for (const { end } of messages.values()) expect(end).toBeGreaterThanOrEqual(-1e-9);
  for (const { paidUntil } of devices.values()) expect(Math.abs(paidUntil)).toBeLessThan(1e-6);
  // Of devices that were removed nothing is left.
  const { byId } = buildTopology(experiment.fleet);
  for (const id of devices.keys()) expect(byId.has(id)).toBe(true);
}

const readAsset = async (): Promise<never> => {
  throw new Error('These runs read no file.');
};

async function interrupted({ experiment, edits }: AnyRun): Promise<RoundRecord[]> {
  const records: RoundRecord[] = [];
  let from: RunState | undefined;
  for (const until of [...SNAPSHOTS, ROUNDS]) {
    let kept: RunState | undefined;
    const onState = (state: RunState) => {
      if (state.round === until) kept = structuredClone(state);
    };
    // Everything but the state is made afresh from the experiment.
    const fresh: Experiment = parseExperiment(structuredClone(experiment));
    for await (const record of run(fresh, trivialTrainer, { edits, from, onState, readAsset })) {
      records.push(record);
      if (record.round === until) break;
    }
    from = kept;
  }
  return records;
}

async function checkSnapshots(given: AnyRun): Promise<void> {
  const whole = longer(given);
  const states: RunState[] = [];
  const records = await collect(whole.experiment, {
    edits: whole.edits,
    onState: (state) => {
      checkState(state);
      if (state.round === 7) states.push(state);
    },
  });
  for (const state of states) checkPlain(state);
  expect(records).toHaveLength(ROUNDS);
  expect(await interrupted(whole)).toEqual(records);
}

const often: readonly Change[] = [
  { path: 'compression.down.difference', value: true },
  { path: 'compression.device.feedback', value: true },
  { path: 'compression.device.sparsify', value: 'top-k' },
  { path: 'families.assignment', value: 'by-rule' },
  { path: 'pruning.sparsity', value: 0.5 },
  { path: 'subModels.keep', value: 0.5 },
  { path: 'network.cache', value: false },
  { path: 'network.availability', value: 'random' },
  { path: 'power.charging', value: 'solar' },
  { path: 'power.batteryStart', value: 0.01 },
  { path: 'selection.policy', value: 'oort' },
  { path: 'selection.closes', value: true },
  { path: 'aggregation.gatewayRounds', value: 2 },
];

describe('a snapshot after rounds 1, 7 and 20', () => {
  it.each(['sync', 'fed-async', 'fed-buff', 'by-tier'])(
    'of ten random experiments goes on as the run does: %s',
    async (mode) => {
      const ofMode = anyRun(often).map(({ experiment, edits }): AnyRun | null => {
        try {
          const aggregation = { ...experiment.aggregation, mode };
          return { experiment: parseExperiment({ ...experiment, aggregation }), edits };
        } catch {
          return null;
        }
      });
      const valid = ofMode.filter((run): run is AnyRun => run !== null);
      await fc.assert(fc.asyncProperty(valid, checkSnapshots), { numRuns: 10, endOnFailure: true });
    },
  );

  it('has updates and models on their way in it, and devices at work', async () => {
    let busiest = { messages: 0, turns: 0 };
    const figures = { 'gateway-1': { uplink: 100, downlink: 100 } };
    const experiment = parseExperiment({
      ...noise100,
      rounds: ROUNDS,
      aggregation: { mode: 'fed-buff', buffer: 3 },
      compression: { down: { difference: true, quantise: 'int8' }, device: { sparsify: 'top-k', feedback: true } },
      fleet: fleetOf(1, 1, 10, { mix: ['smartphone', 'esp32', 'lorawan'], figures }),
    });
    await collect(experiment, {
      onState: ({ messages, devices }) => {
        const turns = [...devices.values()].filter(({ turn }) => turn).length;
        busiest = { messages: Math.max(busiest.messages, messages.size), turns: Math.max(busiest.turns, turns) };
      },
    });
    expect(busiest.messages).toBeGreaterThan(2);
    expect(busiest.turns).toBeGreaterThan(4);
    await checkSnapshots({ experiment, edits: [] });
  });
});
