import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../../experiment/experiment.ts';
import { trainingMemory } from '../../fleet/memory.ts';
import { absencesOf, countWithStatus, durationOf, energyOfCause, type RoundRecord, sum } from '../../record/record.ts';
import { collect, noiseData } from '../../testing/collect.ts';
import { tinyMlp } from '../../testing/models.ts';
import { trivialTrainer } from '../../testing/trivial-trainer.ts';
import type { Cohort } from '../../trainer.ts';
import { dryRun } from '../dry-run.ts';
import type { RunOptions } from '../run.ts';
import { localMacs, localWork, sgdOptionsOf } from './local-work.ts';

const training = defaultExperiment.training;
const withTraining = (changes: object) => ({ ...defaultExperiment, training: { ...training, ...changes } });
const inSteps = (localSteps: number) => ({ ...training, localSteps });

const base = { data: { ...noiseData, samplesPerDevice: 100 }, rounds: 2 };
const fleet = { fogs: 1, gatewaysPerFog: 1, devicesPerGateway: 2, mix: ['esp32'] };

/** What the learner was asked for. */
async function cohortsOf(
  experiment: object,
  options: RunOptions = {},
): Promise<{ cohorts: Cohort[]; records: RoundRecord[] }> {
  const cohorts: Cohort[] = [];
  const train = (cohort: Cohort) => {
    cohorts.push(cohort);
    return trivialTrainer.train(cohort);
  };
  return { records: await collect(experiment, options, { ...trivialTrainer, train }), cohorts };
}

describe('local work', () => {
  it('of epochs is their steps and samples', () => {
    // 100 samples at 16: six mini-batches of 16, and one of 4.
    expect(localWork(3, 100, training)).toEqual({ epochs: 3, steps: 21, samples: 300 });
    expect(localWork(3, 0, training)).toEqual({ epochs: 3, steps: 0, samples: 0 });
  });

  it('of steps counts the samples of each mini-batch, the short ones too', () => {
    expect(localWork(1, 100, inSteps(1))).toEqual({ epochs: 1, steps: 1, samples: 16 });
    expect(localWork(7, 100, inSteps(7))).toEqual({ epochs: 1, steps: 7, samples: 100 });
    expect(localWork(20, 100, inSteps(20))).toEqual({ epochs: 3, steps: 20, samples: 296 });
    expect(localWork(5, 4, inSteps(5))).toEqual({ epochs: 5, steps: 5, samples: 20 });
    expect(localWork(5, 0, inSteps(5))).toEqual({ epochs: 0, steps: 0, samples: 0 });
  });

  it('costs a multiply-accumulate a weight and step for momentum, and for weight decay', () => {
    const model = tinyMlp();
    const work = localWork(1, 100, training);
    const plain = localMacs(model, work, defaultExperiment);
    expect(plain).toBe(3 * model.forwardMacs * 100);
    expect(localMacs(model, work, withTraining({ momentum: 0.9 }))).toBe(plain + 7 * model.parameters);
    expect(localMacs(model, work, withTraining({ momentum: 0.9, weightDecay: 0.01 }))).toBe(
      plain + 14 * model.parameters,
    );
  });

  it('costs nine a weight and step for Adam, which has no momentum', () => {
    const model = tinyMlp();
    const adam = withTraining({ optimiser: 'adam', momentum: 0.9 });
    const work = localWork(1, 100, training);
    expect(localMacs(model, work, adam)).toBe(localMacs(model, work, defaultExperiment) + 9 * 7 * model.parameters);
  });
});

describe('the local optimiser', () => {
  it('keeps a velocity for each weight with momentum, two means with Adam; weight decay keeps nothing', () => {
    const model = tinyMlp();
    const plain = trainingMemory(model, { batchSize: 16 });
    expect(trainingMemory(model, { batchSize: 16, momentum: 0.9 })).toBe(plain + 4 * model.parameters);
    expect(trainingMemory(model, { batchSize: 16, momentum: 0.9, optimiser: 'adam' })).toBe(
      plain + 8 * model.parameters,
    );
    expect(trainingMemory(model, Object.assign({}, training, { weightDecay: 0.1 }))).toBe(plain);
  });

  it('leaves a device out of memory that plain SGD would just fit', async () => {
    // An Arduino’s 32 kB: 23.7 kB of plain training, and 7 kB of velocity; at a batch of 24 only the first fits.
    const own = { ...base, fleet: { ...fleet, mix: ['arduino'] }, rounds: 1 };
    const [fits] = await collect({ ...own, training: { batchSize: 24 } });
    const [not] = await collect({ ...own, training: { batchSize: 24, momentum: 0.9 } });
    expect(countWithStatus(fits, 'trained')).toBe(2);
    expect(absencesOf(not).get('out of memory')).toBe(2);
  });
});

describe('the learning rate', () => {
  it('falls by the same factor each round', () => {
    const decaying = (learningRateDecay: number) => withTraining({ learningRate: 0.1, learningRateDecay });
    expect([1, 2, 3].map((round) => sgdOptionsOf(decaying(0.5), round).learningRate)).toEqual([0.1, 0.05, 0.025]);
    expect(sgdOptionsOf(decaying(0), 1).learningRate).toBe(0.1);
    expect(sgdOptionsOf(decaying(0), 2).learningRate).toBe(0);
    // Below the least number it is 0, and not less.
    expect(sgdOptionsOf(decaying(0.9), 10_000).learningRate).toBe(0);
  });

  it.each(['sync', 'fed-async', 'fed-buff'])('is the round’s in %s', async (mode) => {
    const { cohorts } = await cohortsOf({
      ...base,
      fleet,
      training: { learningRate: 0.2, learningRateDecay: 0.5, momentum: 0.5, weightDecay: 0.01 },
      aggregation: { mode, buffer: 2 },
      rounds: 3,
    });
    expect([...new Set(cohorts.map(({ learningRate }) => learningRate))]).toEqual([0.2, 0.1, 0.05]);
    expect(cohorts.every(({ weightDecay }) => weightDecay === 0.01)).toBe(true);
    for (const { optimiser } of cohorts) expect(optimiser).toEqual({ id: 'sgd', momentum: 0.5 });
  });
});

describe('local steps', () => {
  it.each(['sync', 'fed-async', 'fed-buff'])('are what devices train, pay and record in %s', async (mode) => {
    const own = { ...base, fleet, aggregation: { mode, buffer: 2 }, rounds: 1 };
    const { cohorts, records } = await cohortsOf({ ...own, training: { localEpochs: 9, localSteps: 20 } });
    expect(cohorts[0].members.map(({ steps, epochs }) => [steps, epochs])).toEqual([
      [20, 3],
      [20, 3],
    ]);
    const macs = 3 * tinyMlp().forwardMacs * 296;
    expect([...records[0].devices.macs]).toEqual([macs, macs]);
  });

  it('take the time and energy of their samples: seven are one epoch', async () => {
    const epoch = await collect({ ...base, fleet });
    const steps = await collect({ ...base, fleet, training: { localSteps: 7 } });
    const one = await collect({ ...base, fleet, training: { localSteps: 1 } });
    expect(durationOf(steps[0])).toBe(durationOf(epoch[0]));
    expect(energyOfCause(steps[0], 'compute')).toBe(energyOfCause(epoch[0], 'compute'));
    expect(energyOfCause(one[0], 'compute')).toBeCloseTo(0.16 * energyOfCause(epoch[0], 'compute'), 12);
  });

  it('are rehearsed as they would be', async () => {
    const [record] = await collect({ ...base, fleet, training: { localSteps: 70 }, rounds: 1 });
    const experiment = { ...defaultExperiment, data: { ...defaultExperiment.data, ...base.data } };
    const own = { ...experiment, fleet: { ...experiment.fleet, ...fleet } } as typeof experiment;
    const planned = await dryRun(record, { ...own, training: inSteps(70) });
    expect(planned).toBeCloseTo(durationOf(record), 6);
  });

  it('are what the energy schedules scale', async () => {
    const half = { batteryStart: 0.5, schedule: 'battery-scaled' };
    const { cohorts } = await cohortsOf({ ...base, fleet, training: { localSteps: 20 }, power: half, rounds: 1 });
    expect(cohorts[0].members.map(({ steps }) => steps)).toEqual([10, 10]);
    // A charge that pays for some of the steps of a round, and not for all.
    const little = { schedule: 'stretch', targetRounds: 10_000, batteryStart: 0.1 };
    const stretched = await cohortsOf({ ...base, fleet, training: { localSteps: 10_000 }, power: little, rounds: 1 });
    const planned = stretched.cohorts[0]?.members.map(({ steps = 0 }) => steps) ?? [0];
    expect(planned[0]).toBeGreaterThan(0);
    expect(planned[0]).toBeLessThan(10_000);
  });

  it('are what FedCS estimates: more of them miss the deadline', async () => {
    const own = { ...base, fleet, selection: { policy: 'fed-cs', fraction: 1, closes: true, deadline: 2 }, rounds: 1 };
    const [few] = await collect({ ...own, training: { localSteps: 1 } });
    const [many] = await collect({ ...own, training: { localSteps: 10_000 } });
    expect(countWithStatus(few, 'trained')).toBeGreaterThan(0);
    expect(countWithStatus(many, 'not selected')).toBe(2);
  });
});

describe('a number of devices asked', () => {
  const asked = (count: number, more: object = {}) => ({
    ...base,
    selection: { policy: 'random', fraction: 0.1, count },
    rounds: 2,
    ...more,
  });

  it('is asked in each round, whatever the share', async () => {
    for (const record of await collect(asked(7))) expect(countWithStatus(record, 'trained')).toBe(7);
    for (const record of await collect(asked(0))) expect(countWithStatus(record, 'trained')).toBe(3);
  });

  it('that is larger than the fleet is the fleet', async () => {
    for (const record of await collect(asked(1000))) expect(countWithStatus(record, 'trained')).toBe(30);
  });

  it('is at work at once in asynchronous learning', async () => {
    const records = await collect(asked(5, { aggregation: { mode: 'fed-buff', buffer: 5 } }));
    for (const { devices } of records) expect(sum(devices.macs)).toBeGreaterThan(0);
    const { cohorts } = await cohortsOf(asked(5, { aggregation: { mode: 'fed-buff', buffer: 5 } }));
    expect(cohorts[0].members).toHaveLength(5);
  });

  it('is shared by families by their devices', async () => {
    const fleetOfTwo = { mix: ['esp32', 'arduino'] };
    const families = { assignment: 'by-rule' };
    const [record] = await collect(asked(8, { fleet: fleetOfTwo, families }));
    expect(countWithStatus(record, 'trained')).toBe(8);
  });
});

describe('live edits', () => {
  it.each(['sync', 'fed-buff'])('of local training hold from their round on in %s', async (mode) => {
    const changes = Object.entries({
      'training.localSteps': 3,
      'training.momentum': 0.5,
      'training.weightDecay': 0.01,
      'training.learningRateDecay': 0.5,
    }).map(([path, value]) => ({ path, value }));
    const experiment = { ...base, fleet, aggregation: { mode, buffer: 2 }, training: { learningRate: 0.4 }, rounds: 2 };
    const { cohorts } = await cohortsOf(experiment, { edits: [{ round: 2, changes }] });
    const [first, last] = [cohorts[0], cohorts[cohorts.length - 1]];
    expect([first.learningRate, first.optimiser, first.weightDecay, first.members[0].steps]).toEqual([
      0.4,
      { id: 'sgd', momentum: 0 },
      0,
      undefined,
    ]);
    expect([last.learningRate, last.optimiser, last.weightDecay, last.members[0].steps]).toEqual([
      0.2,
      { id: 'sgd', momentum: 0.5 },
      0.01,
      3,
    ]);
  });

  it('of the number asked hold from their round on', async () => {
    const own = { ...base, selection: { policy: 'random', fraction: 1 }, rounds: 2 };
    const edits = [{ round: 2, changes: [{ path: 'selection.count', value: 4 }] }];
    const records = await collect(own, { edits });
    expect(records.map((record) => countWithStatus(record, 'trained'))).toEqual([30, 4]);
  });
});
