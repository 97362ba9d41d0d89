// What policies do to learning, with real training, over five seeds each: where a paper promises an order, it is asserted of the
// paired differences, beyond their spread.

import { beforeAll, describe, expect, it } from 'vitest';
import { openFederation } from '../../sim/data/federation.ts';
import { run } from '../../sim/engine/run.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { exceedsSpread, sampleStatistics } from '../../sim/lab/efficiency/statistics.ts';
import { type RoundRecord, sum } from '../../sim/record/record.ts';
import type { LocalTrainer } from '../../sim/trainer.ts';
import { nodeWasmPaths } from '../node-wasm-paths.ts';
import { createTrainer } from '../trainer.ts';

const SEEDS = [1, 2, 3, 4, 5];
const readAsset = async () => '';
const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;

let trainer: LocalTrainer;
beforeAll(async () => {
  trainer = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
});

async function records(experiment: object, until: (record: RoundRecord) => boolean): Promise<RoundRecord[]> {
  const made: RoundRecord[] = [];
  for await (const record of run(parseExperiment(experiment), trainer, { readAsset })) {
    made.push(record);
    if (until(record)) break;
  }
  return made;
}

interface Reached {
  readonly rounds: number;
  readonly seconds: number;
  readonly steps: number;
}

/** What it takes to an accuracy; Infinity if it is not reached. */
async function toAccuracy(target: number, experiment: object): Promise<Reached> {
  const made = await records(experiment, ({ evaluation }) => evaluation.accuracy >= target);
  const last = made[made.length - 1];
  if (last.evaluation.accuracy < target) return { rounds: Infinity, seconds: Infinity, steps: Infinity };
  return {
    rounds: last.round,
    seconds: last.end,
    steps: made.reduce((total, { devices }) => total + sum(devices.steps), 0),
  };
}

const overSeeds = async (target: number, experiment: object): Promise<Reached[]> => {
  const reached: Reached[] = [];
  for (const seed of SEEDS) reached.push(await toAccuracy(target, { ...experiment, seed }));
  return reached;
};

const report = (what: string, reached: readonly Reached[]) =>
  console.log(
    `  ${what.padEnd(44)} rounds ${reached.map(({ rounds }) => rounds).join(' ')}; mean ${mean(reached.map(({ seconds }) => seconds)).toFixed(1)} s simulated`,
  );

describe('three stragglers among thirty', () => {
  const pis = { mix: ['raspberry-pi'] };
  const slow = { uplink: 50, downlink: 50 };
  const stragglers = { ...pis, figures: { 'device-5': slow, 'device-15': slow, 'device-25': slow } };
  const target = 0.75;
  const modes = {
    barrier: {},
    deadline: { selection: { closes: true, deadline: 0.5 } },
    FedBuff: { aggregation: { mode: 'fed-buff', buffer: 15 } },
  };

  it('hold the full barrier up; a deadline and FedBuff reach 75 % in half of its simulated time, beyond the spread over the seeds', async () => {
    const times: Record<string, number[]> = {};
    for (const [name, settings] of Object.entries(modes)) {
      const reached = await overSeeds(target, { rounds: 400, fleet: stragglers, ...settings });
      report(`stragglers, ${name}`, reached);
      times[name] = reached.map(({ seconds }) => seconds);
    }
    for (const quick of ['deadline', 'FedBuff'])
      expect(
        exceedsSpread(sampleStatistics(times[quick].map((seconds, seed) => times.barrier[seed] / 2 - seconds))),
      ).toBe(true);
  }, 180_000);

  it('are what the gap is about: with identical devices the deadline changes nothing', async () => {
    const same = { rounds: 200, fleet: pis, seed: 1 };
    const barrier = await toAccuracy(target, same);
    expect(await toAccuracy(target, { ...same, ...modes.deadline })).toEqual(barrier);
    const buffered = await toAccuracy(target, { ...same, aggregation: { mode: 'fed-buff', buffer: 30 } });
    expect(buffered.seconds / barrier.seconds).toBeGreaterThan(0.8);
    expect(buffered.seconds / barrier.seconds).toBeLessThan(1.25);
  }, 60_000);
});

describe('selection by speed alone', () => {
  it('loses the class that slow devices alone hold, which random selection keeps, beyond the spread over the seeds', async () => {
    const gains: number[] = [];
    for (const seed of SEEDS) {
      const data = { partition: 'classes', classesPerDevice: 1 };
      const base = { seed, rounds: 60, data, fleet: { mix: ['raspberry-pi'] } };
      const { data: held } = await openFederation(parseExperiment(base), readAsset);
      // Whoever holds the last class gets a slow link.
      const figures = Object.fromEntries(
        [...held]
          .filter(([, { labels }]) => labels[0] === 4)
          .map(([number]) => [`device-${number}`, { uplink: 50, downlink: 50 }]),
      );
      const fleet = { ...base.fleet, figures };
      const recall = async (policy: string) => {
        const made = await records(
          { ...base, fleet, selection: { policy, fraction: 0.5, requestFraction: 1 } },
          () => false,
        );
        const { confusion, accuracy } = made[made.length - 1].evaluation;
        return { ofClass: confusion[4 * 5 + 4] / sum(confusion.subarray(20, 25)), accuracy };
      };
      const [fast, random] = [await recall('fed-cs'), await recall('random')];
      expect(fast.ofClass).toBeLessThan(0.05);
      gains.push(random.ofClass - fast.ofClass);
    }
    expect(exceedsSpread(sampleStatistics(gains))).toBe(true);
    expect(mean(gains)).toBeGreaterThan(0.1);
  }, 180_000);
});

describe('HierFAVG', () => {
  it('with the same cadence of the cloud, more rounds at the gateways reach 75 % in fewer local steps, on average', async () => {
    const often = await overSeeds(0.75, { rounds: 60, aggregation: { gatewayRounds: 5 } });
    const seldom = await overSeeds(0.75, { rounds: 60, training: { localEpochs: 5 } });
    report('5 gateway rounds of 1 epoch', often);
    report('1 gateway round of 5 epochs', seldom);
    expect(mean(often.map(({ steps }) => steps))).toBeLessThanOrEqual(mean(seldom.map(({ steps }) => steps)));
  }, 180_000);

  it('needs the cloud more often where the gateways’ data differ, beyond the spread over the seeds', async () => {
    const more: number[] = [];
    for (const seed of SEEDS) {
      const base = {
        seed,
        rounds: 40,
        data: { partition: 'classes', classesPerDevice: 1 },
        aggregation: { gatewayRounds: 5 },
      };
      const fleet = { mix: ['raspberry-pi'], gatewaysPerFog: 5, devicesPerGateway: 6 };
      const { data } = await openFederation(parseExperiment({ ...base, fleet }), readAsset);
      const byClass = [...data].sort(([, a], [, b]) => a.labels[0] - b.labels[0]).map(([number]) => number);
      // Devices in the order of their class: blocks give each gateway one or two classes, dealing in turn gives it all.
      const under = (gatewayOf: (place: number) => number) =>
        Object.fromEntries(byClass.map((number, place) => [`device-${number}`, `gateway-${gatewayOf(place) + 1}`]));
      const alike = await toAccuracy(0.6, { ...base, fleet: { ...fleet, parents: under((place) => place % 5) } });
      const differ = await toAccuracy(0.6, {
        ...base,
        fleet: { ...fleet, parents: under((place) => Math.floor(place / 6)) },
      });
      more.push(differ.rounds - alike.rounds);
    }
    expect(exceedsSpread(sampleStatistics(more))).toBe(true);
  }, 180_000);
});
