// A round without learning: the same clock, links, batteries and codecs over updates that mean nothing. It tells what a change of
// settings would do to a round's time before anyone makes it.

import { worldOf } from '../engine/world.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { buildTopology } from '../fleet/topology.ts';
import { masked } from '../model/masks.ts';
import { specOf } from '../model/model-specs.ts';
import { pruningMask, sparsityAt } from '../model/pruning.ts';
import { Rng } from '../random.ts';
import type { RoundRecord } from '../record/record.ts';
import type { LocalTrainer } from '../trainer.ts';
import { Receivers } from './courier.ts';
import { Senders } from './senders.ts';
import { syncRound } from './sync/sync-round.ts';

/**
 * Changes without a pattern, so that codecs whose size depends on the values are not flattered. Made once: the page rehearses
 * while it draws a run.
 */
const changes = Float32Array.from({ length: 4096 }, (_, i) => 0.01 * Math.sin(12.9898 * i * i));
const stirred = (weight: number, i: number): number => weight + changes[i % changes.length];

const stillTrainer: LocalTrainer = {
  backend: 'none',
  train: async ({ members }) =>
    members.map(({ start }) => ({
      weights: start.map(stirred),
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
export async function rehearse(record: RoundRecord, experiment: Experiment): Promise<number> {
  const { number, samples, batteryShare, offTimeUp, offTimeDown } = record.devices;
  const topology = buildTopology(experiment.fleet);
  const model = specOf(experiment.model.kind, experiment);
  const rng = new Rng(experiment.seed);
  const held = Array.from(
    number,
    (each, row) => [each, { features: new Float32Array(0), labels: new Uint8Array(samples[row]) }] as const,
  );
  const whole = Float32Array.from({ length: model.parameters }, (_, i) => Math.sin(i));
  const sparsity = sparsityAt(record.round, experiment.pruning);
  const mask = sparsity === 0 ? undefined : pruningMask(model, whole, sparsity);
  const { duration } = await syncRound({
    experiment,
    topology,
    world: worldOf(experiment, topology, rng.split('world')),
    model,
    weights: mask ? masked(whole, mask) : whole,
    mask,
    data: new Map(held),
    trainer: stillTrainer,
    charge: new Map(Array.from(number, (each, row) => [`device-${each}`, batteryShare[row]])),
    told: new Map(),
    cache: new Map(),
    senders: new Senders(),
    receivers: new Receivers(),
    freeAt: new Map(),
    offUntil: new Map(
      Array.from(number, (each, row) => [
        `device-${each}`,
        { up: record.start + offTimeUp[row], down: record.start + offTimeDown[row] },
      ]),
    ),
    rng,
    round: record.round,
    time: record.start,
  });
  return duration;
}
