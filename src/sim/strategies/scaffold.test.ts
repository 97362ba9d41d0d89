import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WeightedUpdate } from '../aggregators/aggregator.ts';
import { sampleCount } from '../data/dataset.ts';
import { openFederation } from '../data/federation.ts';
import { localMacs } from '../engine/device/local-work.ts';
import { initialState } from '../engine/initial-state.ts';
import type { RunState } from '../engine/run-state.ts';
import { step } from '../engine/step.ts';
import { ExperimentError, parseExperiment } from '../experiment/parse-experiment.ts';
import { memoryOptionsOf, trainingMemory } from '../fleet/memory.ts';
import { storageInput } from '../fleet/storage.ts';
import { countWithStatus, type RoundRecord } from '../record/record.ts';
import { collect, noiseData } from '../testing/collect.ts';
import { tinyMlp } from '../testing/models.ts';
import { quadraticTrainer } from '../testing/quadratic-trainer.ts';
import { scaffold } from './scaffold.ts';

const data = { ...noiseData, samplesPerDevice: 20 };
const tiers = { fogs: 2, gatewaysPerFog: 2, devicesPerGateway: 2 };
const strategy = { strategy: 'scaffold' };
/** A packet of TinyMLP's weights in 32 bits. */
const VECTOR = 7085;

describe('SCAFFOLD’s algebra', () => {
  const tensors = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
  const exchange = scaffold.client?.exchange;
  if (!exchange) throw new Error('SCAFFOLD exchanges control variates.');

  it('is option II: cᵢ⁺ = cᵢ − c + (x − yᵢ) ÷ (K η), and c − cᵢ in each step', () => {
    const steps = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(tensors, tensors, tensors, steps, (own, all, moved, K) => {
        const clientState = { control: Float32Array.from(own) };
        const received = { control: Float32Array.from(all) };
        const update = Float32Array.from(moved);
        const sent = exchange.send(clientState, received, { update, steps: K, learningRate: 0.5 });
        const next = exchange.nextState(clientState, sent);
        next.control.forEach((value, i) => {
          expect(value).toBeCloseTo(own[i] - all[i] - moved[i] / (K * 0.5), 4);
        });
        expect([...exchange.offset(clientState, received)]).toEqual(own.map((value, i) => Math.fround(all[i] - value)));
      }),
    );
  });

  it('changes nothing for a device that took no step', () => {
    const clientState = { control: Float32Array.of(1, 2) };
    const trained = { update: new Float32Array(2), steps: 0, learningRate: 0.1 };
    expect([...exchange.send(clientState, clientState, trained).control]).toEqual([0, 0]);
    expect([...exchange.send(clientState, clientState, { ...trained, steps: 3, learningRate: 0 }).control]).toEqual([
      0, 0,
    ]);
  });

  it('renews c by the share of clients that took part, and x as FedAvg does', () => {
    const state = { control: Float32Array.of(1, 1) };
    const next = scaffold.serverStep(state, {
      weights: Float32Array.of(0, 0),
      update: Float32Array.of(2, 4),
      tensors: { control: Float32Array.of(4, -4) },
      participation: 0.25,
      settings: { serverLearningRate: 0.5, controlQuantise: 'fp32' },
    });
    expect([...next.weights]).toEqual([1, 2]);
    expect([...next.state.control]).toEqual([2, 0]);
  });
});

describe('what SCAFFOLD costs', () => {
  const model = tinyMlp();
  const plain = parseExperiment({});
  const own = parseExperiment({ aggregation: strategy });

  it('is two vectors of memory, one of storage, and a multiply-accumulate a weight and step and three a turn', () => {
    const need = trainingMemory(model, memoryOptionsOf(plain));
    expect(trainingMemory(model, memoryOptionsOf(own))).toBe(need + 2 * 4 * model.parameters);
    const held = { samples: 100, round: 1 };
    expect(storageInput('tiny-mlp', own, held).clientState).toBe(1);
    expect(storageInput('tiny-mlp', plain, held).clientState).toBe(0);
    const work = { epochs: 1, steps: 7, samples: 100 };
    expect(localMacs(model, work, own)).toBe(localMacs(model, work, plain) + (7 + 3) * model.parameters);
    expect(localMacs(model, { epochs: 0, steps: 0, samples: 0 }, own)).toBe(0);
  });

  it.each([true, false])('is a second vector on every link, in both directions (cache %s)', async (cache) => {
    const base = { data, fleet: { ...tiers, mix: ['smartphone'] }, network: { cache }, rounds: 2 };
    const avg = await collect(base);
    const second = await collect({ ...base, aggregation: strategy });
    second.forEach((record, round) => {
      for (const tier of ['devices', 'gateways', 'fogs'] as const) {
        for (const way of ['bytesUp', 'bytesDown', 'bytesUpRaw', 'bytesDownRaw'] as const) {
          const messages = [...avg[round][tier][way]].map(
            (bytes) => bytes / (way.endsWith('Raw') ? VECTOR - 25 : VECTOR),
          );
          expect(messages.every((count) => count >= 1 && Number.isInteger(count))).toBe(true);
          expect([...record[tier][way]]).toEqual([...avg[round][tier][way]].map((bytes) => 2 * bytes));
        }
      }
      expect(record.end - record.start).toBeGreaterThan(avg[round].end - avg[round].start);
    });
  });

  it('is fewer bytes where control variates travel in 8 bits; the model’s own codec does not touch them', async () => {
    const base = { data, fleet: { ...tiers, mix: ['smartphone'] }, rounds: 1 };
    const small = { compression: { device: { quantise: 'int8' }, down: { quantise: 'int8' } } };
    const [int8] = await collect({ ...base, ...small });
    const [both] = await collect({ ...base, ...small, aggregation: strategy });
    const [all] = await collect({ ...base, ...small, aggregation: { ...strategy, controlQuantise: 'int8' } });
    expect(both.devices.bytesUp[0]).toBe(int8.devices.bytesUp[0] + VECTOR);
    expect(both.devices.bytesDown[0]).toBe(int8.devices.bytesDown[0] + VECTOR);
    expect(all.devices.bytesUp[0]).toBe(2 * int8.devices.bytesUp[0]);
    expect(all.devices.bytesDown[0]).toBe(2 * int8.devices.bytesDown[0]);
  });

  it('leaves out a device whose memory would hold plain training only', async () => {
    const fleet = { fogs: 1, gatewaysPerFog: 1, devicesPerGateway: 2, mix: ['arduino'] };
    const base = { data, fleet, rounds: 1, training: { batchSize: 24 } };
    const [fits] = await collect(base);
    const [not] = await collect({ ...base, aggregation: strategy });
    expect([countWithStatus(fits, 'trained'), countWithStatus(not, 'out of memory')]).toEqual([2, 2]);
  });
});

/** Runs an experiment and looks at the state after each record. */
async function runWith(
  settings: object,
  edits: ReadonlyMap<number, unknown>,
  look: (state: RunState, record: RoundRecord) => void,
) {
  const experiment = parseExperiment(settings);
  const federation = await openFederation(experiment, async () => '');
  const numbers = new Map([...federation.data].map(([number, each]) => [each, number]));
  const trainer = quadraticTrainer((each) => {
    const number = numbers.get(each) ?? 0;
    return { a: 1 + (number % 3), b: Math.sin(number) };
  });
  const env = {
    trainer,
    data: federation.data,
    rng: federation.rng,
    test: federation.source.test,
    publicSamples: new Float32Array(0),
  };
  let state = initialState(experiment, env);
  for (let round = 1; round <= experiment.rounds; round++) {
    const off = edits.get(round);
    const record = await step(state, env, off === undefined ? [] : [{ path: 'fleet.off', value: off }]);
    if (!record) return;
    look(state, record);
    // A copy goes on as the state itself would.
    state = structuredClone(state);
  }
}

/** Updates that devices have been told are used, and that the cloud has not combined: at a gateway or fog, or on its way up. */
function underWay({ families: [family], messages, queue }: RunState): WeightedUpdate[] {
  const held = [...family.aggregators.values()].flatMap(({ arrivals, total }) => [
    ...arrivals.map(({ update }) => update),
    ...(total ? [total] : []),
  ]);
  const sent = [...messages.values()].flatMap((message) => (message.kind === 'update' ? [message.arrival.update] : []));
  const computed = queue.heap.flatMap(({ event }) => (event.kind === 'combined' ? [event.result] : []));
  return [...held, ...sent, ...computed];
}

/** c, and the mean of all cᵢ less what is not yet at the cloud. */
function controls(state: RunState, samples: ReadonlyMap<string, number>): [server: number[], clients: number[]] {
  const [{ clients, unreported, serverState }] = state.families;
  const { control } = serverState as { readonly control: Float32Array };
  const sums = new Float64Array(control.length);
  const add = (values: ArrayLike<number> | undefined, factor: number) => {
    for (let i = 0; i < sums.length; i++) sums[i] += factor * (values?.[i] ?? 0);
  };
  for (const [id, own] of clients) add(own.control, samples.get(id) ?? 0);
  for (const pending of unreported.values()) add(pending.control, -1);
  for (const update of underWay(state)) add(update.tensors?.control, -update.samples);
  const total = [...samples.values()].reduce((sum, each) => sum + each, 0);
  return [[...control], [...sums].map((sum) => sum / total)];
}

describe('c is the mean of all cᵢ', () => {
  const link = fc.constantFrom(
    'link:gateway-1',
    'link:gateway-3',
    'link:fog-1',
    'fog-2',
    'gateway-2',
    'device-3',
    'link:device-5',
  );
  const off = fc.uniqueArray(link, { maxLength: 3 });

  it('with everyone taking part or a share, deadlines, unequal samples, and links that come and go', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(1000),
          partition: fc.constantFrom('iid', 'quantity'),
          policy: fc.constantFrom('everyone', 'random'),
          closes: fc.boolean(),
          cache: fc.boolean(),
          edits: fc.array(fc.tuple(fc.integer({ min: 2, max: 6 }), off), { maxLength: 4 }),
        }),
        async ({ seed, partition, policy, closes, cache, edits }) => {
          const settings = {
            seed,
            rounds: 6,
            data: { ...data, partition },
            model: { hidden: 4 },
            training: { localSteps: 3, learningRate: 0.1 },
            fleet: { ...tiers, mix: ['smartphone', 'raspberry-pi'] },
            selection: { policy, fraction: 0.5, closes, deadline: 0.35 },
            network: { cache },
            aggregation: strategy,
          };
          const federation = await openFederation(parseExperiment(settings), async () => '');
          const samples = new Map(
            [...federation.data].map(([number, each]) => [`device-${number}`, sampleCount(each)]),
          );
          let largest = 0;
          await runWith(settings, new Map(edits), (state) => {
            const [server, clients] = controls(state, samples);
            server.forEach((value, i) => {
              largest = Math.max(largest, Math.abs(value));
              expect(Math.abs(value - clients[i])).toBeLessThan(1e-5);
            });
          });
          expect(largest).toBeGreaterThan(0);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('SCAFFOLD is refused in one sentence', () => {
  it.each([
    [{ aggregation: { mode: 'fed-buff' } }, 'aggregation.mode', 'fed-buff', 'sync'],
    [{ aggregation: { mode: 'fed-async' } }, 'aggregation.mode', 'fed-async', 'sync'],
    [{ aggregation: { mode: 'by-tier' } }, 'aggregation.mode', 'by-tier', 'sync'],
    [{ aggregation: { gatewayRounds: 2 } }, 'aggregation.gatewayRounds', '2', '1'],
    [{ aggregation: { fogRounds: 3 } }, 'aggregation.fogRounds', '3', '1'],
    [{ aggregation: { gatewayAggregator: 'uniform' } }, 'aggregation.gatewayAggregator', 'uniform', 'samples'],
    [{ aggregation: { upperAggregator: 'uniform' } }, 'aggregation.upperAggregator', 'uniform', 'samples'],
    [{ training: { optimiser: 'adam' } }, 'training.optimiser', 'adam', 'sgd'],
    [{ training: { momentum: 0.9 } }, 'training.momentum', '0.9', '0'],
    [{ families: { assignment: 'by-rule' } }, 'families.assignment', 'by-rule', 'one'],
    [{ subModels: { keep: 0.5 } }, 'subModels.keep', '0.5', '1'],
    [{ pruning: { sparsity: 0.5 } }, 'pruning.sparsity', '0.5', '0'],
  ])('with %j', (settings, path, value, right) => {
    const aggregation = 'aggregation' in settings ? settings.aggregation : {};
    const parse = () => parseExperiment({ ...settings, aggregation: { ...aggregation, ...strategy } });
    expect(parse).toThrow(ExperimentError);
    expect(parse).toThrow(
      new RegExp(`^${path} ${value} is not for aggregation.strategy scaffold, .*; it must be ${right}\\.$`),
    );
    expect(() => parseExperiment(settings)).not.toThrow();
  });

  it('but Adam’s momentum, which it does not use, is no reason to refuse others', () => {
    expect(() => parseExperiment({ training: { momentum: 0.9 }, aggregation: { strategy: 'fed-prox' } })).not.toThrow();
  });
});
