// A dry run: a round without training, with the same clock, links, batteries and codecs over random updates. It predicts what a change of
// settings would do to a round's time before anyone makes it.

import type { Experiment } from '../experiment/experiment.ts';
import { buildTopology } from '../fleet/topology.ts';
import { Rng } from '../random.ts';
import type { RoundRecord } from '../record/record.ts';
import type { LocalTrainer } from '../trainer.ts';
import { initialState } from './initial-state.ts';
import { step } from './step.ts';

/**
 * Changes without a pattern, so that codecs whose size depends on the values are not flattered. Made once: the page rehearses
 * while it draws a run.
 */
const changes = Float32Array.from({ length: 4096 }, (_, i) => 0.01 * Math.sin(12.9898 * i * i));
const disturbed = (weight: number, i: number): number => weight + changes[i % changes.length];

const idleTrainer: LocalTrainer = {
  backend: 'none',
  train: async ({ members }) =>
    members.map(({ start }) => ({
      weights: start.map(disturbed),
      loss: 0,
      accuracy: 0,
      steps: 0,
      stepLosses: new Float32Array(0),
    })),
  evaluate: async () => ({ loss: 0, accuracy: 0, confusion: new Uint32Array(0) }),
  predict: async () => new Float32Array(0),
  distil: async ({ start }) => ({ weights: start, loss: 0 }),
};

/** Modelled seconds that the record's round would have taken with this experiment's settings. */
export async function dryRun(record: RoundRecord, experiment: Experiment): Promise<number> {
  const { number, samples, batteryShare, offTimeUp, offTimeDown } = record.devices;
  const rng = new Rng(experiment.seed);
  const own: Experiment = {
    ...experiment,
    rounds: record.round,
    // The round alone: without the pause before it, and whatever accuracy ends the run.
    targetAccuracy: 0,
    power: { ...experiment.power, interval: 0 },
  };
  const state = initialState(own, { rng });
  state.round = record.round - 1;
  state.clock = record.start;
  const noSamples = { features: new Float32Array(0), labels: new Uint8Array(0) };
  const data = new Map(
    Array.from(number, (each, row) => [each, { ...noSamples, labels: new Uint8Array(samples[row]) }] as const),
  );
  const rows = new Map(Array.from(number, (each, row) => [`device-${each}`, row]));
  for (const { id } of buildTopology(experiment.fleet).devices) {
    const row = rows.get(id);
    if (row === undefined) continue;
    const fresh = { paidUntil: 0, mode: 'sleep', turn: null, hasDied: false, observed: null } as const;
    state.devices.set(id, { ...fresh, charge: batteryShare[row] });
    state.links.set(id, { up: offTimeUp[row], down: offTimeDown[row] });
  }
  const env = { trainer: idleTrainer, data, rng, test: noSamples, publicSamples: new Float32Array(0) };
  const made = await step(state, env);
  return made ? made.end - made.start : 0;
}
