// Synthetic(α, β) can be learnt: by the model that the paper trains on it, through the whole network.

import { expect, it } from 'vitest';
import { openFederation } from '../../sim/data/federation.ts';
import { runFederation } from '../../sim/engine/run.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { nodeWasmPaths } from '../node-wasm-paths.ts';
import { createTrainer } from '../trainer.ts';

it.each([
  ['around-one', 0.75],
  ['published', 0.65],
  ['iid', 0.45],
] as const)(
  'logistic regression learns Synthetic(1, 1), %s: 10 classes, chance is 10 %%',
  async (syntheticModels, least) => {
    const trainer = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
    const experiment = parseExperiment({
      rounds: 30,
      data: { dataset: 'synthetic', partition: 'group', syntheticModels },
      model: { kind: 'logistic-regression' },
    });
    const federation = await openFederation(experiment, async () => '');
    const accuracies: number[] = [];
    for await (const { evaluation } of runFederation(federation, trainer)) accuracies.push(evaluation.accuracy);
    expect(accuracies[0]).toBeLessThan(0.5);
    expect(accuracies.at(-1)).toBeGreaterThan(least);
  },
);
