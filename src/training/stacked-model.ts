// A model for all devices at once, as the list of its layers says: the forward pass, and the way back.

import { mul, type Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerSpec } from '../sim/model/layers.ts';
import type { ModelSpec } from '../sim/model/models.ts';
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
 * @param masks dropout of each hidden layer, [1, samples, devices, units]; nothing where nothing is dropped out
 * @param scales what each hidden layer's outputs are multiplied by; 1 where it is missing
 */
export function forward(
  model: ModelSpec,
  weights: readonly LayerWeights[],
  features: Tensor4D,
  masks: readonly Tensor4D[],
  scales: readonly number[],
): ForwardPass {
  const last = model.layers.length - 1;
  /** A hidden layer's outputs on the way forward, or their gradients on the way back. */
  const dropOut = (values: Tensor4D, layer: number): Tensor4D =>
    scaled(masks.length > 0 ? mul(values, masks[layer]) : values, scales[layer]);
  const passes: LayerPass[] = [];
  let input = programs[model.layers[0].type].read(features);
  for (const [index, layer] of model.layers.entries()) {
    const pass = programs[layer.type].forward(layer, weights[index], input);
    passes.push(pass);
    if (index < last) input = pass.handOn(dropOut(pass.outputs, index));
  }
  return {
    logits: passes[last].outputs,
    backward(logitsGradient) {
      const gradients = new Array<LayerWeights>(passes.length);
      let gradient = logitsGradient;
      for (let index = last; index >= 0; index--) {
        gradients[index] = passes[index].weightGradients(gradient);
        if (index === 0) break;
        gradient = dropOut(passes[index - 1].handBack(passes[index].inputGradient(gradient)), index - 1);
      }
      return gradients;
    },
  };
}

const scaled = (values: Tensor4D, scale = 1): Tensor4D => (scale === 1 ? values : mul(values, scale));
