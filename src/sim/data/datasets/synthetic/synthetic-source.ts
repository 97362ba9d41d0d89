// Synthetic(α, β) of Li et al. 2020, "Federated Optimization in Heterogeneous Networks" (FedProx), section 5.1: device k draws x ~ N(v_k, Σ)
// with Σ diagonal, Σ_jj = j^−1.2, and v_k's elements from N(B_k, 1), B_k ~ N(0, β); its label is argmax softmax(W_k x + b_k). As in the
// authors' code, α and β are standard deviations (the second argument of numpy.random.normal).
//
// The paper lets W_k and b_k's elements be drawn from N(u_k, 1), u_k ~ N(0, α), "so α controls how much local models differ". It does not: u_k
// adds one number, u_k (Σ_j x_j + 1), to the scores of all classes, and softmax does not see it; every device has a wholly different model
// for any α, 0 among them. Here the models are drawn around one that all share, W_k = W + α N_k and b_k = b + α n_k with standard normal W, b, N_k
// and n_k, so that α does what the paper says; the published way is kept as a choice, and so is the paper's IID variant (one W and b, v = 0).
//
// The paper's amounts, 50 + a lognormal(4, 2) draw, have a mean of 450 and a tail up to tens of thousands: here amounts are a matter of
// the partition, and "unequal amounts" deals such a skew around the samples set.

import type { ValuesOf } from '../../../experiment/variants.ts';
import type { Rng } from '../../../random.ts';
import { classCounts } from '../../class-counts.ts';
import type { DataSource, DatasetContext, DeviceShare, LabelledData } from '../../dataset.ts';
import { type syntheticSettings, syntheticTask } from './synthetic-task.ts';

const { features: FEATURES, classes: CLASSES } = syntheticTask;
const TEST_SAMPLES = 1000;
/** Devices in the test set at most: beyond this, evenly spaced ids stand for the fleet. */
const TEST_DEVICES = 200;

type Settings = ValuesOf<typeof syntheticSettings>;

/** What one device draws its samples from. */
export interface Distribution {
  /** [classes, features], row after row. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** v_k. */
  readonly mean: Float32Array;
}

const normals = (count: number, rng: Rng, mean = 0): Float32Array =>
  Float32Array.from({ length: count }, () => mean + rng.normal());

/** Device k's distribution; the same for all in the IID variant. */
export function distributionOf(deviceId: number, settings: Settings, rng: Rng): Distribution {
  const { syntheticModels: models, syntheticAlpha: alpha, syntheticBeta: beta } = settings;
  const all = rng.split('shared');
  const shared = {
    weights: normals(CLASSES * FEATURES, all.split('weights')),
    bias: normals(CLASSES, all.split('bias')),
  };
  if (models === 'iid') return { ...shared, mean: new Float32Array(FEATURES) };
  const draws = rng.split('distribution', deviceId);
  const mean = normals(FEATURES, draws.split('mean'), beta * draws.split('offset').normal());
  const weights = normals(CLASSES * FEATURES, draws.split('weights'));
  const bias = normals(CLASSES, draws.split('bias'));
  if (models === 'published') return { weights, bias, mean };
  return {
    weights: weights.map((value, i) => shared.weights[i] + alpha * value),
    bias: bias.map((value, i) => shared.bias[i] + alpha * value),
    mean,
  };
}

/** argmax softmax(W x + b) is the argmax of the scores: the first of equals. */
export function labelOf({ weights, bias }: Distribution, features: Float32Array, at = 0): number {
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < CLASSES; label++) {
    let score = bias[label];
    for (let j = 0; j < FEATURES; j++) score += weights[label * FEATURES + j] * features[at + j];
    if (score > highest) [best, highest] = [label, score];
  }
  return best;
}

/** √Σ_jj. */
const deviations = Float64Array.from({ length: FEATURES }, (_, index) => (index + 1) ** -0.6);

/** One sample each of these distributions, in their order. */
function draw(distributions: readonly Distribution[], rng: Rng): LabelledData {
  const features = new Float32Array(distributions.length * FEATURES);
  const labels = new Uint8Array(distributions.length);
  for (const [sample, distribution] of distributions.entries()) {
    const at = sample * FEATURES;
    for (let j = 0; j < FEATURES; j++) features[at + j] = distribution.mean[j] + deviations[j] * rng.normal();
    labels[sample] = labelOf(distribution, features, at);
  }
  return { features, labels };
}

export async function open({ devices, rng, settings }: DatasetContext<typeof syntheticSettings>): Promise<DataSource> {
  const fleet = Math.max(1, devices);
  const known = new Map<number, Distribution>();
  const distribution = (id: number): Distribution => {
    const own = known.get(id) ?? distributionOf(id, settings, rng);
    known.set(id, own);
    return own;
  };
  const anyone = (count: number, draws: Rng): Distribution[] =>
    Array.from({ length: count }, () => distribution(1 + draws.integer(fleet)));

  const tested = Math.min(fleet, TEST_DEVICES);
  const test = draw(
    Array.from({ length: TEST_SAMPLES }, (_, i) => distribution(1 + Math.floor(((i % tested) * fleet) / tested))),
    rng.split('test'),
  );

  return {
    prior: Float64Array.from(classCounts(test, CLASSES), (count) => count / TEST_SAMPLES),
    samplesPerDeviceLimit: Number.POSITIVE_INFINITY,
    unlabelled(samples) {
      const draws = rng.split('public');
      return draw(anyone(samples, draws.split('devices')), draws).features;
    },
    take(deviceId, { samples, ownGroup }: DeviceShare) {
      const draws = rng.split('device', deviceId);
      const from = ownGroup
        ? new Array<Distribution>(samples).fill(distribution(deviceId))
        : anyone(samples, draws.split('devices'));
      return draw(from, draws);
    },
    test,
  };
}
