// At a record's end: families learn from each other, and each family's model is tried on the test set.

import { modelKinds } from '../model/models.ts';
import type { FamilyResult } from '../record/record.ts';
import type { Evaluation } from '../trainer.ts';
import { distilFamilies } from './aggregation/families.ts';
import type { Context, StepEnvironment } from './context.ts';

export async function evaluate(
  context: Context,
  env: StepEnvironment,
): Promise<{ evaluation: Evaluation; families: readonly FamilyResult[] }> {
  const { families, experiment, recorder } = context;
  const distilled =
    families.length > 1 && experiment.families.distil ? await distil(context, env) : families.map(() => Number.NaN);
  const results: { family: FamilyResult; evaluation: Evaluation }[] = [];
  for (const [index, { state, model, diverged }] of families.entries()) {
    const evaluation = await env.trainer.evaluate(model, state.weights, env.test);
    const devices = recorder.devices.model.reduce((sum, each) => sum + (modelKinds[each] === state.kind ? 1 : 0), 0);
    const { accuracy, loss } = evaluation;
    results.push({
      family: { kind: state.kind, devices, accuracy, loss, distillation: distilled[index], diverged },
      evaluation,
    });
  }
  const best = results.reduce((a, b) => (b.evaluation.accuracy > a.evaluation.accuracy ? b : a));
  return { evaluation: best.evaluation, families: results.map(({ family }) => family) };
}

/** The families learn from each other; returns their distillation losses. */
async function distil({ families, experiment, round }: Context, env: StepEnvironment): Promise<readonly number[]> {
  const students = families.map(({ state: { kind, weights, mask }, model }) => ({
    kind,
    model,
    weights,
    mask,
    diverged: false,
  }));
  const losses = await distilFamilies(
    students,
    env.publicSamples,
    experiment,
    env.trainer,
    env.rng.split('distil', round),
  );
  for (const [index, { weights, diverged }] of students.entries()) {
    families[index].state.weights = weights;
    if (diverged) families[index].diverged = true;
  }
  return losses;
}
