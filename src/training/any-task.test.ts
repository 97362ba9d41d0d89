// Tasks of any shape: data sets of one feature and two classes, of three and two, and of 256 and 32 run through the whole network with
// every model, with sub-models, pruning and low rank, with families and their distillation; packets, confusion and storage follow.

import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type DataDistribution, samplesIn } from '../sim/data/data-distribution.ts';
import { dataDistribution, openFederation } from '../sim/data/federation.ts';
import type { ObservedMessage } from '../sim/engine/messages/message-observer.ts';
import { run } from '../sim/engine/run.ts';
import { parseExperiment } from '../sim/experiment/parse-experiment.ts';
import { storageInput } from '../sim/fleet/storage.ts';
import { distilStudent } from '../sim/lab/efficiency/student.ts';
import { reportPacket } from '../sim/lab/packet/packet-report.ts';
import { modelSpecOf } from '../sim/model/model-specs.ts';
import { initialWeights, modelKinds, modelKindsFor, models } from '../sim/model/models.ts';
import { Rng } from '../sim/random.ts';
import type { RoundRecord } from '../sim/record/record.ts';
import type { LocalTrainer } from '../sim/trainer.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import { createTrainer } from './trainer.ts';

const shapes = {
  'one-feature': { features: 1, classes: 2 },
  'three-features': { features: 3, classes: 2 },
  'many-features': { features: 256, classes: 32 },
} as const;
type Shape = keyof typeof shapes;
const names = Object.keys(shapes) as [Shape, ...Shape[]];

vi.mock('../sim/data/datasets/index.ts', async (importOriginal) => {
  const original = await importOriginal<{ datasets: Record<string, unknown> }>();
  const { madeUpDataset } = await import('../sim/testing/made-up-dataset.ts');
  original.datasets['one-feature'] = madeUpDataset('one-feature', { features: 1, classes: 2 });
  original.datasets['three-features'] = madeUpDataset('three-features', { features: 3, classes: 2 });
  original.datasets['many-features'] = madeUpDataset('many-features', { features: 256, classes: 32 });
  return original;
});

let trainer: LocalTrainer;
beforeAll(async () => {
  trainer = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
});

const readAsset = async () => '';
const fleet = { fogs: 1, gatewaysPerFog: 2, devicesPerGateway: 2, mix: ['raspberry-pi'] };
const settingsOf = (dataset: Shape, more: object = {}) => ({
  rounds: 2,
  fleet,
  ...more,
  data: { dataset, partition: 'iid', samplesPerDevice: 64 },
});

async function collect(settings: object): Promise<{ records: RoundRecord[]; messages: ObservedMessage[] }> {
  const records: RoundRecord[] = [];
  const messages: ObservedMessage[] = [];
  const onMessage = (message: ObservedMessage) => messages.push(message);
  for await (const record of run(parseExperiment(settings), trainer, { readAsset, onMessage })) records.push(record);
  return { records, messages };
}

const pairs = names.flatMap((name) => modelKindsFor(shapes[name]).map((kind) => [name, kind] as const));

describe.each(pairs)('%s, %s', (dataset, kind) => {
  const { features, classes } = shapes[dataset];

  it('trains, evaluates on all classes and sends packets of its shapes', async () => {
    const settings = settingsOf(dataset, { model: { kind }, training: { learningRate: 0.05 } });
    const { records, messages } = await collect(settings);
    const spec = modelSpecOf(kind, parseExperiment(settings));
    expect(spec).toMatchObject({ features, classes });
    expect(records).toHaveLength(2);
    for (const { evaluation, devices } of records) {
      expect(evaluation.confusion).toHaveLength(classes ** 2);
      expect(evaluation.confusion.reduce((sum, count) => sum + count, 0)).toBe(200);
      expect(evaluation.accuracy).toBeGreaterThan(0);
      expect([...devices.samples]).toEqual([64, 64, 64, 64]);
      expect(devices.bytesUp.every((bytes) => bytes > 4 * spec.parameters)).toBe(true);
    }
    const report = reportPacket(messages[0]);
    expect(report.tensors.map(({ shape }) => shape)).toEqual(spec.tensors.map(({ shape }) => shape));
    expect(report.rawBytes).toBe(4 * spec.parameters);
  });

  it('learns better than guessing', async () => {
    const { records } = await collect({
      ...settingsOf(dataset, { model: { kind, dropout: 0 }, training: { learningRate: 0.1, localEpochs: 3 } }),
      rounds: 12,
    });
    const [first, last] = [records[0], records[records.length - 1]].map(({ evaluation }) => evaluation);
    expect(last.loss).toBeLessThan(first.loss);
    expect(last.accuracy).toBeGreaterThan(1.5 / classes);
  });

  it('teaches a student', async () => {
    const experiment = parseExperiment(settingsOf(dataset, { model: { kind } }));
    const { source } = await openFederation(experiment, readAsset);
    const model = modelSpecOf(kind, experiment);
    const weights = initialWeights(model, new Rng('teacher'));
    const request = { teacher: { model, weights }, hidden: 4, features: source.unlabelled(40), test: source.test };
    const student = await distilStudent(trainer, { ...request, epochs: 2, rng: new Rng('student') });
    expect(student.model).toMatchObject({ features, classes, units: [4, 4] });
    expect(Number.isFinite(student.loss)).toBe(true);
  });
});

it('runs with any shape, model, sub-model, pruning, rank, codec and family, and gives finite numbers', async () => {
  const anySettings = fc.record({
    dataset: fc.constantFrom(...names),
    kinds: fc.tuple(fc.nat(2), fc.nat(2)),
    hasFamilies: fc.boolean(),
    model: fc.record({
      hiddenLayers: fc.integer({ min: 1, max: 4 }),
      hidden: fc.integer({ min: 4, max: 40 }),
      hidden2: fc.integer({ min: 0, max: 12 }),
      hidden3: fc.integer({ min: 0, max: 12 }),
      rank: fc.constantFrom(0, 1, 3),
      dropout: fc.constantFrom(0, 0.3),
    }),
    keep: fc.constantFrom(0.25, 0.6, 1),
    sparsity: fc.constantFrom(0, 0.5),
    device: fc.constantFrom({}, { sparsify: 'top-k', keep: 0.3, quantise: 'int8' }, { factor: 'low-rank', rank: 2 }),
    partition: fc.constantFrom('iid', 'dirichlet', 'classes', 'similarity', 'quantity', 'group'),
  });
  await fc.assert(
    fc.asyncProperty(anySettings, async ({ dataset, kinds, hasFamilies, model, keep, sparsity, device, partition }) => {
      const possible = modelKindsFor(shapes[dataset]);
      const [large, small] = kinds.map((place) => possible[place % possible.length]);
      const { records } = await collect({
        rounds: 2,
        fleet,
        data: { dataset, partition, classesPerDevice: 32, samplesPerDevice: 40 },
        model: { ...model, kind: large },
        families: { assignment: hasFamilies ? 'by-rule' : 'one', large, small, publicSamples: 32 },
        subModels: { keep },
        pruning: { sparsity, begin: 1, ramp: 0 },
        compression: { device },
      });
      for (const { evaluation, families } of records) {
        expect(Number.isFinite(evaluation.loss)).toBe(true);
        expect(evaluation.confusion).toHaveLength(shapes[dataset].classes ** 2);
        expect(families.map(({ kind }) => kind)).toEqual(
          modelKinds.filter((kind) => kind === large || (hasFamilies && kind === small)),
        );
      }
    }),
    { numRuns: 25, seed: 5 },
  );
}, 60_000);

it('what devices hold, and their storage, are of the task', async () => {
  for (const dataset of names) {
    const experiment = parseExperiment(settingsOf(dataset));
    const dealt: DataDistribution = dataDistribution(await openFederation(experiment, readAsset));
    expect(dealt.classes).toBe(shapes[dataset].classes);
    expect(samplesIn(dealt, 0)).toBe(64);
    expect(storageInput('tiny-mlp', experiment, { samples: 64, round: 1 }).features).toBe(shapes[dataset].features);
  }
});

it('a model that needs more features than there are is refused in one sentence', () => {
  expect(() => parseExperiment(settingsOf('one-feature', { model: { kind: 'micro-cnn' } }))).toThrow(
    'model.kind: micro-cnn needs at least 3 features, and data.dataset one-feature has 1; possible are tiny-mlp, logistic-regression.',
  );
  expect(() => parseExperiment(settingsOf('one-feature', { families: { assignment: 'by-rule' } }))).toThrow(
    'families.large: micro-cnn needs at least 3 features',
  );
  expect(models['micro-cnn'].minFeatures).toBe(3);
});
