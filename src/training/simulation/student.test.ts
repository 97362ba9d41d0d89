import { beforeAll, expect, it } from 'vitest';
import { openFederation } from '../../sim/data/federation.ts';
import { type RunOptions, runFederation } from '../../sim/engine/run.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { distilStudent, type StudentRequest } from '../../sim/lab/efficiency/student.ts';
import { modelSpecOf } from '../../sim/model/model-specs.ts';
import { Rng } from '../../sim/random.ts';
import { tinyMlp } from '../../sim/testing/models.ts';
import type { LocalTrainer } from '../../sim/trainer.ts';
import { nodeWasmPaths } from '../node-wasm-paths.ts';
import { createTrainer } from '../trainer.ts';

let trainer: LocalTrainer;
let request: StudentRequest;

beforeAll(async () => {
  trainer = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
  const experiment = parseExperiment({ rounds: 60 });
  const federation = await openFederation(experiment, async () => '');
  let weights = new Float32Array(0);
  const onModels: RunOptions['onModels'] = ([global]) => {
    weights = Float32Array.from(global.weights);
  };
  for await (const { round } of runFederation(federation, trainer, { onModels })) expect(round).toBeGreaterThan(0);
  request = {
    teacher: { model: modelSpecOf(experiment.model.kind, experiment), weights },
    hidden: 8,
    features: federation.source.unlabelled(experiment.families.publicSamples),
    test: federation.source.test,
    rng: new Rng('student'),
  };
}, 60_000);

it('a student of a quarter of the width comes within 3 points of its teacher, in a sixth of the bytes', async () => {
  const student = await distilStudent(trainer, request);
  expect(student.parameters).toBe(tinyMlp(8).parameters);
  expect(student.macs).toBe(tinyMlp(8).forwardMacs);
  expect(student.bytes).toBe(4 * student.parameters + 25);
  expect(student.teacherBytes / student.bytes).toBeGreaterThan(6);
  expect(student.teacherAccuracy).toBeGreaterThan(0.85);
  expect(student.accuracy).toBeGreaterThan(student.teacherAccuracy - 0.03);
});

it('learns from its teacher alone: one that is taught nothing knows nothing', async () => {
  const untaught = await distilStudent(trainer, { ...request, epochs: 0 });
  expect(untaught.accuracy).toBeLessThan(0.5);
  expect(untaught.loss).toBeNaN();
});

it('is the same for the same generator, and of another start another', async () => {
  const quick = { ...request, epochs: 3 };
  const first = await distilStudent(trainer, quick);
  expect(await distilStudent(trainer, quick)).toEqual(first);
  expect((await distilStudent(trainer, { ...quick, rng: new Rng('other') })).weights).not.toEqual(first.weights);
});
