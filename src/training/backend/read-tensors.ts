// Reads tensors back to JavaScript and disposes them. On WebGL every read waits for the GPU, so there they are concatenated and read
// at once; elsewhere that would only be one more copy.

import { concat, dispose, reshape, type Tensor, type Tensor1D, tidy } from '@tensorflow/tfjs-core';
import { type BackendName, checkBackend } from './backend.ts';

/** To be called before the next await, because it computes on the current backend. */
export async function readTensors(backend: BackendName, tensors: readonly Tensor[]): Promise<Float32Array[]> {
  const all = [...tensors];
  try {
    const values =
      backend === 'webgl' ? await readConcatenated(all) : await Promise.all(all.map((one) => one.data<'float32'>()));
    checkBackend(backend);
    return values;
  } finally {
    dispose(all);
  }
}

async function readConcatenated(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  const joined = tidy(() => concat(tensors.map((one): Tensor1D => reshape(one, [one.size]))));
  try {
    const values = await joined.data<'float32'>();
    let from = 0;
    return tensors.map(({ size }) => {
      from += size;
      return values.subarray(from - size, from);
    });
  } finally {
    joined.dispose();
  }
}
