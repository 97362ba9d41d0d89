// A cohort for timing a trainer: by default 30 devices × 100 samples at batch 16. Random data, from which nothing can be learnt.

import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { modelSpecOf } from '../../sim/model/model-specs.ts';
import { initialWeights, type ModelKind } from '../../sim/model/models.ts';
import { Rng } from '../../sim/random.ts';
import type { Cohort, CohortMember } from '../../sim/trainer.ts';

export interface BenchCohortOptions {
  readonly model?: ModelKind;
  readonly devices?: number;
  readonly samples?: number;
}

/** All devices start from one model, as after a broadcast. */
export function benchCohort({ model = 'tiny-mlp', devices = 30, samples = 100 }: BenchCohortOptions = {}): Cohort {
  const spec = modelSpecOf(model, defaultExperiment);
  const rng = new Rng('bench');
  const start = initialWeights(spec, rng.split('model'));
  const members = Array.from({ length: devices }, (_, device): CohortMember => {
    const own = rng.split('device', device);
    const features = Float32Array.from({ length: samples * spec.features }, () => own.between(-1, 1));
    const labels = Uint8Array.from({ length: samples }, () => own.integer(spec.classes));
    return { data: { features, labels }, start, epochs: 1, rng: own };
  });
  return { model: spec, learningRate: 0.05, batchSize: 16, members };
}
