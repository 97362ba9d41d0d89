// A model for all devices at once, built from the list of its layers: the forward and the backward pass.

import { mul, type Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerSpec } from '../../sim/model/layers.ts';
import type { ModelSpec } from '../../sim/model/models.ts';
import type { LayerWeights } from './layer-weights.ts';
import { conv1d } from './layers/conv1d.ts';
import { dense } from './layers/dense.ts';
import type { LayerPass, LayerProgram } from './layers/layer-program.ts';

const programs: Readonly<Record<LayerSpec['type'], LayerProgram>> = { dense, conv1d };

interface ForwardPass {
  /** [1, samples, devices, classes]. */
  readonly logits: Tensor4D;
  /** Every layer's gradients, from the gradient of the logits. */
  readonly backward: (logitsGradient: Tensor4D) => LayerWeights[];
}

/**
 * @param features [1, samples, features, devices]
 * @param masks dropout masks of each hidden layer, [1, samples, devices, units]; empty without dropout
 * @param scales factors of each hidden layer's outputs; 1 where one is missing
 */
export function forward(
  model: ModelSpec,
  weights: readonly LayerWeights[],
  features: Tensor4D,
  masks: readonly Tensor4D[],
  scales: readonly number[],
): ForwardPass {
  const last = model.layers.length - 1;
  /** Applied to a hidden layer's outputs in the forward pass, and to their gradients in the backward pass. */
  const dropOut = (values: Tensor4D, layer: number): Tensor4D =>
    scaled(masks.length > 0 ? mul(values, masks[layer]) : values, scales[layer]);
  const passes: LayerPass[] = [];
  let input = programs[model.layers[0].type].fromFeatures(features);
  for (const [index, layer] of model.layers.entries()) {
    const pass = programs[layer.type].forward(layer, weights[index], input);
    passes.push(pass);
    if (index < last) input = pass.toNextLayer(dropOut(pass.outputs, index));
  }
  return {
    logits: passes[last].outputs,
    backward(logitsGradient) {
      const gradients = new Array<LayerWeights>(passes.length);
      let gradient = logitsGradient;
      for (let index = last; index >= 0; index--) {
        gradients[index] = passes[index].weightGradients(gradient);
        if (index === 0) break;
        gradient = dropOut(passes[index - 1].outputGradient(passes[index].inputGradient(gradient)), index - 1);
      }
      return gradients;
    },
  };
}

const scaled = (values: Tensor4D, scale = 1): Tensor4D => (scale === 1 ? values : mul(values, scale));
