// A transpose for plain JavaScript. TensorFlow.js's own computes the location of every element, which takes as long as all matrix
// products of a training step; this one advances through memory by strides. It handles tensors of four axes, as the program's are,
// and leaves others to TensorFlow.js.

import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { getKernel, type KernelFunc, registerKernel, type TensorInfo, unregisterKernel } from '@tensorflow/tfjs-core';

function transpose(backend: MathBackendCPU, x: TensorInfo, perm: readonly number[]): TensorInfo {
  const strides = x.shape.map((_, axis) => x.shape.slice(axis + 1).reduce((size, length) => size * length, 1));
  const shape = perm.map((axis) => x.shape[axis]);
  const [lengthA, lengthB, lengthC, lengthD] = shape;
  const [strideA, strideB, strideC, strideD] = perm.map((axis) => strides[axis]);
  const values = backend.data.get(x.dataId).values as Float32Array;
  const out = new Float32Array(values.length);
  let to = 0;
  for (let a = 0; a < lengthA; a++) {
    for (let b = 0; b < lengthB; b++) {
      for (let c = 0; c < lengthC; c++) {
        const from = a * strideA + b * strideB + c * strideC;
        for (let d = 0; d < lengthD; d++) out[to++] = values[from + d * strideD];
      }
    }
  }
  return backend.makeTensorInfo(shape, 'float32', out);
}

/** To be called once, after TensorFlow.js has registered its own kernel. */
export function registerFastTranspose(): void {
  const own = getKernel('Transpose', 'cpu').kernelFunc;
  const kernelFunc: KernelFunc = (call) => {
    const { x } = call.inputs;
    const perm = call.attrs?.perm as number[];
    if (x?.shape.length !== 4 || x.dtype !== 'float32') return own(call);
    return transpose(call.backend as MathBackendCPU, x, perm);
  };
  unregisterKernel('Transpose', 'cpu');
  registerKernel({ kernelName: 'Transpose', backendName: 'cpu', kernelFunc });
}
