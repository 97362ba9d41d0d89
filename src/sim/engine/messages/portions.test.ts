// Pruning and sub-models through the whole hierarchy, with a learner whose updates can be computed by hand.

import { describe, expect, it } from 'vitest';
import { massOf } from '../../aggregators/aggregator.ts';
import { bySamples } from '../../aggregators/by-samples.ts';
import { sampleCount } from '../../data/dataset.ts';
import { openFederation } from '../../data/federation.ts';
import { parseExperiment } from '../../experiment/parse-experiment.ts';
import { trainingMemory } from '../../fleet/memory.ts';
import { countNonZero, masked } from '../../model/masks.ts';
import { modelSpecOf } from '../../model/model-specs.ts';
import { initialWeights } from '../../model/models.ts';
import { pruningMask } from '../../model/pruning.ts';
import { drawSubModel, subModelOf } from '../../model/sub-models.ts';
import { Rng } from '../../random.ts';
import { bytesDownOf, bytesDownRawOf, bytesUpOf, type RoundRecord, sum } from '../../record/record.ts';
import { collect, noiseData } from '../../testing/collect.ts';
import { tinyMlp } from '../../testing/models.ts';
import { trivialTrainer } from '../../testing/trivial-trainer.ts';
import { dryRun } from '../dry-run.ts';
import { normOf } from './encoding.ts';

const PARAMETERS = 1765;
/** Magic, version, stages, six shapes and the checksum of a dense packet of TinyMLP. */
const HEADER = 25;
const quick = { data: noiseData, rounds: 4 };
const fleet = { gatewaysPerFog: 2, devicesPerGateway: 3, mix: ['raspberry-pi'] };
const atOnce = (sparsity: number) => ({ sparsity, begin: 1, ramp: 0 });

/** Records, and the global model after each round. */
async function runWith(settings: object): Promise<{ records: RoundRecord[]; models: Float32Array[] }> {
  const models: Float32Array[] = [];
  const watching = {
    ...trivialTrainer,
    evaluate: async (...given: Parameters<typeof trivialTrainer.evaluate>) => {
      models.push(given[1]);
      return trivialTrainer.evaluate(...given);
    },
  };
  const records = await collect({ ...quick, fleet, ...settings }, {}, watching);
  return { records, models };
}

const zerosOf = (weights: Float32Array) => weights.reduce((count, weight) => count + (weight === 0 ? 1 : 0), 0);

/** Settings that a part of the model must pass through unharmed. */
const ways: [string, object][] = [
  ['plainly', {}],
  [
    'as weights in INT8',
    { compression: { payload: 'weights', device: { quantise: 'int8' }, down: { quantise: 'int8' } } },
  ],
  [
    'as the largest 10 % with error feedback',
    { compression: { device: { sparsify: 'top-k', feedback: true }, gateway: { sparsify: 'top-k', feedback: true } } },
  ],
  ['factored, by row', { compression: { device: { factor: 'low-rank', scales: 'row', quantise: 'int4' } } }],
  ['as differences', { compression: { down: { difference: true, quantise: 'int4' } } }],
  ['without a cache', { network: { cache: false } }],
  ['in several gateway and fog rounds', { aggregation: { gatewayRounds: 2, fogRounds: 2 } }],
  ['in a buffer', { aggregation: { mode: 'fed-buff', buffer: 4 } }],
  ['one after another', { aggregation: { mode: 'fed-async', buffer: 4 }, network: { cache: false } }],
  ['by the adaptive policy', { compression: { adapt: 'by-error' } }],
];

describe('pruning', () => {
  it('of nothing, or that has not begun, changes no record', async () => {
    const plain = await collect(quick);
    expect(await collect({ ...quick, pruning: { sparsity: 0, begin: 1, ramp: 1 } })).toEqual(plain);
    expect(await collect({ ...quick, pruning: { sparsity: 0.9, begin: 5 } })).toEqual(plain);
  });

  it('sends up what is kept without positions, and down its values with them', async () => {
    const plain = await runWith({});
    for (const [sparsity, pruned] of [
      [0.5, 256 + 512 + 80],
      [0.9, 460 + 921 + 144],
    ]) {
      const { records } = await runWith({ pruning: atOnce(sparsity) });
      const { devices, gateways, fogs } = records[0];
      const kept = PARAMETERS - pruned;
      for (const size of [...devices.bytesUp, ...gateways.bytesUp, ...fogs.bytesUp]) {
        expect(size - 4 * kept).toBeGreaterThan(0);
        expect(size - 4 * kept).toBeLessThan(HEADER + 3);
      }
      // A position costs at most a bit a weight.
      expect(devices.bytesDown[0]).toBeGreaterThan(devices.bytesUp[0]);
      expect(devices.bytesDown[0] - devices.bytesUp[0]).toBeLessThan(PARAMETERS / 8 + 25);
      expect(devices.bytesUpRaw).toEqual(plain.records[0].devices.bytesUpRaw);
      // Products stay dense: bytes are saved, computing and memory are not.
      expect(devices.macs).toEqual(plain.records[0].devices.macs);
      expect(devices.memory).toEqual(plain.records[0].devices.memory);
    }
  });

  it.each(ways)('keeps pruned weights at exactly zero, %s', async (_, settings) => {
    const { models } = await runWith({ ...settings, rounds: 6, pruning: { sparsity: 0.8, begin: 2, ramp: 2 } });
    const zeros = models.map((weights) => zerosOf(weights));
    expect(zeros.slice(0, 2)).toEqual([0, 0]);
    expect(zeros[2]).toBeGreaterThan(0);
    expect(zeros[3]).toBeGreaterThan(zeros[2]);
    // The whole share of 512, 1,024 and 160 weights.
    for (const count of zeros.slice(3)) expect(count).toBeGreaterThanOrEqual(409 + 819 + 128);
    expect(zeros[5]).toBe(zeros[4]);
  });

  it('moves the model that is left as if there were no other', async () => {
    const { models } = await runWith({ rounds: 1, pruning: atOnce(0.5) });
    const plain = await runWith({ rounds: 1 });
    const start = initialWeights(tinyMlp(), new Rng(1).split('model'));
    const mask = pruningMask(tinyMlp(), start, 0.5);
    // The trivial learner moves each weight by itself.
    expect(models[0]).toEqual(masked(plain.models[0], mask));
  });

  it('sends differences once the mask stays, and the whole model while it moves', async () => {
    const compression = { down: { difference: true, quantise: 'int4' } };
    const { records } = await runWith({ rounds: 6, compression, pruning: { sparsity: 0.8, begin: 2, ramp: 2 } });
    const ratios = records.map((record) => bytesDownRawOf(record) / bytesDownOf(record));
    expect(ratios[1]).toBeGreaterThan(7);
    expect(ratios[2]).toBeLessThan(5);
    expect(ratios[3]).toBeLessThan(5);
    // A fifth of the weights in 4 bits.
    for (const ratio of ratios.slice(4)) expect(ratio).toBeGreaterThan(20);
  });

  it('is rehearsed: fewer bytes, a shorter round', async () => {
    const { records } = await runWith({});
    const settings = (pruning: object) => parseExperiment({ ...quick, fleet, pruning });
    const [plain, pruned] = await Promise.all([{}, atOnce(0.9)].map((each) => dryRun(records[0], settings(each))));
    expect(pruned).toBeLessThan(plain);
  });

  it('can be edited: off again, all weights are trained and sent', async () => {
    const edits = [{ round: 3, changes: [{ path: 'pruning.sparsity', value: 0 }] }];
    const [first, , third] = await collect({ ...quick, fleet, pruning: atOnce(0.5) }, { edits });
    expect(first.devices.bytesUp[0]).toBeLessThan(0.6 * third.devices.bytesUp[0]);
    expect(third.devices.bytesUp[0]).toBe(4 * PARAMETERS + HEADER);
    expect(third.devices.bytesDown[0]).toBe(4 * PARAMETERS + HEADER);
  });
});

describe('sub-models', () => {
  const keep = 0.5;
  const small = subModelOf(tinyMlp(), keep);

  it('of all units are no sub-models', async () => {
    expect(await collect({ ...quick, subModels: { keep: 1 } })).toEqual(await collect(quick));
  });

  it('cost a device the bytes, memory and computing of the small model', async () => {
    const plain = await runWith({});
    const { records } = await runWith({ subModels: { keep } });
    const { devices } = records[0];
    const size = 4 * small.parameters + HEADER;
    expect([...devices.bytesUp, ...devices.bytesDown]).toEqual(new Array(12).fill(size));
    const share = small.forwardMacs / tinyMlp().forwardMacs;
    devices.macs.forEach((macs, row) => {
      expect(macs).toBeCloseTo(plain.records[0].devices.macs[row] * share, 6);
    });
    expect(devices.memory[0]).toBe(trainingMemory(small, { batchSize: 16 }));
  });

  it('let a device take part whose memory the whole model overflows', async () => {
    const tight = { ...fleet, figures: { 'device-1': { memory: 16 } } };
    const [whole] = (await runWith({ fleet: tight })).records;
    const [part] = (await runWith({ fleet: tight, subModels: { keep } })).records;
    expect(whole.gateways.received[0]).toBe(2);
    expect(part.gateways.received[0]).toBe(3);
  });

  it('cross to a gateway as one whole model with a cache, each by itself without', async () => {
    const [cached] = (await runWith({ subModels: { keep } })).records;
    expect(cached.gateways.bytesDown[0]).toBe(4 * PARAMETERS + HEADER);
    const [direct] = (await runWith({ subModels: { keep }, network: { cache: false } })).records;
    expect(direct.gateways.bytesDown[0]).toBe(sum(direct.devices.bytesDown.subarray(0, 3)));
    expect(direct.fogs.bytesDown[0]).toBe(sum(direct.devices.bytesDown));
  });

  it.each([
    ['', {}],
    [' of a pruned model', { pruning: atOnce(0.5) }],
  ])('%s averaged by tiers are flat FedAvg over the holders of each weight', async (_, more) => {
    const settings = { ...quick, fleet: { ...fleet, gatewaysPerFog: 3 }, rounds: 1, subModels: { keep }, ...more };
    const { models } = await runWith(settings);
    const experiment = parseExperiment(settings);
    const { data, rng } = await openFederation(experiment, async () => '');
    const model = modelSpecOf(experiment.model.kind, experiment);
    const all = initialWeights(model, rng.split('model'));
    const left = 'pruning' in more ? pruningMask(model, all, 0.5) : new Uint8Array(model.parameters).fill(1);
    const start = masked(all, left);
    const updates = [...data].map(([number, held]) => {
      const drawn = drawSubModel(model, keep, rng.split('sub-model', `device-${number}`, 1));
      const mask = drawn.mask.map((own, i) => own & left[i]);
      const values = start.map((weight, i) => (mask[i] ? (held.features[0] * Math.sin(i) - weight) / 2 : 0));
      return { values, samples: sampleCount(held), mass: massOf(mask, sampleCount(held)) };
    });
    const { values, mass } = bySamples.combine(updates, {});
    const gaps = models[0].map((weight, i) => Math.abs(weight - start[i] - values[i]));
    expect(Math.max(...gaps)).toBeLessThan(1e-5);
    // With nine devices a few weights are held by none: they stay.
    const unheld = [...models[0]].filter((_weight, i) => mass?.[i] === 0);
    expect(unheld).toEqual([...start].filter((_weight, i) => mass?.[i] === 0));
  });

  it.each(ways)('learn, %s', async (_, settings) => {
    const { records, models } = await runWith({ ...settings, subModels: { keep: 0.75 } });
    const again = await runWith({ ...settings, subModels: { keep: 0.75 } });
    expect(again.models).toEqual(models);
    const plain = await runWith(settings);
    expect(sum(records.map((record) => sum(record.devices.bytesUp)))).toBeLessThan(
      0.9 * sum(plain.records.map((record) => sum(record.devices.bytesUp))),
    );
    // They come nearer to where whole models lead.
    const start = initialWeights(tinyMlp(), new Rng(1).split('model'));
    const gapTo = (weights: Float32Array) => normOf(weights.map((weight, i) => weight - plain.models[3][i]));
    expect(gapTo(models[3])).toBeLessThan(gapTo(start));
    expect(models[3].every((weight) => Number.isFinite(weight))).toBe(true);
  });

  it.each(ways)('of a pruned model keep pruned weights at exactly zero, %s', async (_, settings) => {
    const { records, models } = await runWith({ ...settings, subModels: { keep: 0.75 }, pruning: atOnce(0.6) });
    for (const weights of models) expect(zerosOf(weights)).toBeGreaterThanOrEqual(307 + 614 + 96);
    expect(bytesUpOf(records[0])).toBeGreaterThan(0);
  });

  it('send up from a gateway only what its devices held', async () => {
    const one = { ...fleet, gatewaysPerFog: 1, devicesPerGateway: 1 };
    const [record] = (await runWith({ fleet: one, subModels: { keep: 0.25 } })).records;
    const drawn = drawSubModel(tinyMlp(), 0.25, new Rng(1).split('sub-model', 'device-1', 1));
    for (const size of [record.gateways.bytesUp[0], record.fogs.bytesUp[0]]) {
      expect(size - 4 * countNonZero(drawn.mask)).toBeGreaterThan(0);
      expect(size - 4 * countNonZero(drawn.mask)).toBeLessThan(HEADER);
    }
  });
});
