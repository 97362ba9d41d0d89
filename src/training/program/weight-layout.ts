// Conversion between a model's flat PyTorch weights, one array per device, and the tensors of the stacked program. A PyTorch weight is
// [out, in (, kernel)] and a bias [out]; stacked, both are [inputs, devices, outputs], where `inputs` counts all that one
// output unit reads (in, in × kernel, or 1 for a bias).

import { type ModelSpec, sizeOf } from '../../sim/model/models.ts';

interface Block {
  readonly inputs: number;
  readonly outputs: number;
  /** Where the tensor starts in the flat weights. */
  readonly offset: number;
}

function blocksOf(model: ModelSpec): Block[] {
  let offset = 0;
  return model.tensors.map(({ shape }) => {
    const block = { inputs: sizeOf(shape.slice(1)), outputs: shape[0], offset };
    offset += sizeOf(shape);
    return block;
  });
}

/** The stacked values of each weight tensor of the model, in its order. */
export function stackWeights(model: ModelSpec, starts: readonly Float32Array[]): Float32Array[] {
  return blocksOf(model).map((block) => {
    const { inputs, outputs } = block;
    const values = new Float32Array(inputs * starts.length * outputs);
    // Most cohorts start from one broadcast model: an array that several devices share is transposed once.
    const transposed = new Map<Float32Array, Float32Array>();
    starts.forEach((start, device) => {
      let rows = transposed.get(start);
      if (!rows) {
        rows = transposeBlock(start, block);
        transposed.set(start, rows);
      }
      for (let input = 0; input < inputs; input++) {
        const row = rows.subarray(input * outputs, (input + 1) * outputs);
        values.set(row, (input * starts.length + device) * outputs);
      }
    });
    return values;
  });
}

/** [out, inputs] → [inputs, out]. */
function transposeBlock(flat: Float32Array, { inputs, outputs, offset }: Block): Float32Array {
  const rows = new Float32Array(inputs * outputs);
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++)
      rows[input * outputs + output] = flat[offset + output * inputs + input];
  }
  return rows;
}

/** The inverse of `stackWeights`: each device's flat weights. `stacked` holds the values of each tensor, in the model's order. */
export function unstackWeights(model: ModelSpec, stacked: readonly Float32Array[], devices: number): Float32Array[] {
  const all = Array.from({ length: devices }, () => new Float32Array(model.parameters));
  blocksOf(model).forEach(({ inputs, outputs, offset }, index) => {
    const values = stacked[index];
    for (let device = 0; device < devices; device++) {
      const flat = all[device];
      for (let input = 0; input < inputs; input++) {
        const from = (input * devices + device) * outputs;
        for (let output = 0; output < outputs; output++) flat[offset + output * inputs + input] = values[from + output];
      }
    }
  });
  return all;
}
