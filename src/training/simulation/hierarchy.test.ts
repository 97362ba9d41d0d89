import { beforeAll, describe, expect, it } from 'vitest';
import type { LabelledData } from '../../sim/data/dataset.ts';
import { initialState } from '../../sim/engine/initial-state.ts';
import { step } from '../../sim/engine/step.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { Rng } from '../../sim/random.ts';
import type { LocalTrainer } from '../../sim/trainer.ts';
import { nodeWasmPaths } from '../node-wasm-paths.ts';
import reference from '../reference/devices.json';
import hierarchy from '../reference/hierarchy.json';
import { createTrainer } from '../trainer.ts';

// PyTorch's aggregates of six devices under three gateways: trained there once, averaged as the tutorial does and as
// FedAvg does. Here the whole path is ours: training, codecs, gateways, fog, cloud.

/** Devices under each gateway in the reference. */
const gateways = [[0, 1], [2, 3, 4], [5]];
const all = gateways.flat();
/** The same as a fleet: two devices built under each of three gateways, the fifth moved to the second. */
const threeGateways = { gatewaysPerFog: 3, devicesPerGateway: 2, parents: { 'device-5': 'gateway-2' } };

const initial = Float32Array.from(reference.initial);
const held = (index: number): LabelledData => ({
  features: Float32Array.from(reference.devices[index].features),
  labels: Uint8Array.from(reference.devices[index].labels),
});

const worstGap = (ours: ArrayLike<number>, theirs: readonly number[]): number => {
  expect(ours.length).toBe(theirs.length);
  return Math.max(...theirs.map((value, index) => Math.abs(value - ours[index])));
};

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  let trainer: LocalTrainer;
  beforeAll(async () => {
    trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
  });

  /** The global model after one round of the given devices from the reference's start. */
  async function afterRound(settings: object, fleet: object, devices: readonly number[]): Promise<Float32Array> {
    const experiment = parseExperiment({
      model: { dropout: 0 },
      training: { learningRate: reference.learningRate, batchSize: reference.batchSize },
      fleet: { devicesPerGateway: devices.length, mix: ['raspberry-pi'], ...fleet },
      ...settings,
    });
    const rng = new Rng('reference');
    const state = initialState(experiment, { rng });
    state.families[0].weights = initial;
    const data = new Map(devices.map((index, k) => [k + 1, held(index)]));
    await step(state, { trainer, data, rng, shuffle: false, test: held(0), publicSamples: new Float32Array(0) });
    return state.families[0].weights;
  }

  it('averages each gateway’s devices by samples as PyTorch does', async () => {
    for (const [gateway, expected] of hierarchy.gatewayAggregates.entries()) {
      expect(worstGap(await afterRound({}, { gatewaysPerFog: 1 }, gateways[gateway]), expected)).toBeLessThan(1e-4);
    }
  });

  it('gives the tutorial’s global model: weights in its 8-bit quantiser, averaged uniformly at the fog', async () => {
    const tutorial = {
      compression: { payload: 'weights', gateway: { quantise: 'tutorial-int8' } },
      aggregation: { upperAggregator: 'uniform' },
    };
    expect(
      worstGap(await afterRound(tutorial, threeGateways, all), hierarchy.fogUniformMeanOfInt8Gateways),
    ).toBeLessThan(1e-4);
  });

  it('gives flat FedAvg with a lossless codec and weights by samples', async () => {
    const model = await afterRound({}, threeGateways, all);
    expect(worstGap(model, hierarchy.fogSampleWeightedLossless)).toBeLessThan(1e-5);
    expect(worstGap(model, hierarchy.flatFedAvg)).toBeLessThan(1e-5);
  });
});
