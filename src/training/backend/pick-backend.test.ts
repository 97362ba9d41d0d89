import { describe, expect, it } from 'vitest';
import { benchCohort } from '../bench/bench-cohort.ts';
import { nodeWasmPaths } from '../node-wasm-paths.ts';
import { failureReason, fastestOf, isSoftware, pickBackend, timeTrainer } from './pick-backend.ts';

describe('picking a backend', () => {
  it('takes the fastest that runs and says why another does not', async () => {
    const { chosen, timings } = await pickBackend(['wasm', 'webgl', 'cpu'], { wasmPaths: nodeWasmPaths() });
    expect(timings.map((timing) => timing.backend)).toEqual(['wasm', 'webgl', 'cpu']);
    const times = new Map(
      timings.map((timing) => [timing.backend, 'milliseconds' in timing ? timing.milliseconds : Infinity]),
    );
    expect(Math.min(...times.values())).toBe(times.get(chosen));
    expect(chosen).toBe('wasm');
    expect(timings[1]).toEqual({ backend: 'webgl', error: 'WebGL is not available in a worker here.' });
  });

  it('fails in words when nothing runs', async () => {
    await expect(pickBackend(['webgl'])).rejects.toThrow('No backend of TensorFlow.js runs here. webgl: WebGL is not');
  });

  it('warms up, and counts the best of several passes: a hiccup of the machine is no reason to change', async () => {
    // The first passes compile; a later one is held up by something else.
    const passes = [900, 200, 30, 8, 60, 9, 10];
    let clock = 0;
    let pass = 0;
    const train = async () => {
      clock += passes[pass++];
      return [];
    };
    expect(await timeTrainer({ train }, benchCohort({ devices: 1, samples: 1 }), () => clock)).toBe(8);
    expect(pass).toBe(passes.length);
  });

  it('stays with the earlier one unless another is clearly faster', () => {
    const timings = (wasm: number, cpu: number) =>
      [
        { backend: 'wasm', milliseconds: wasm },
        { backend: 'cpu', milliseconds: cpu },
      ] as const;
    expect(fastestOf(timings(10, 9))).toBe('wasm');
    expect(fastestOf(timings(10, 5))).toBe('cpu');
  });

  it('says plainly that a backend did not come', () => {
    const words = 'It could not be loaded: the network or the site does not answer.';
    expect(failureReason(new TypeError('Failed to fetch dynamically imported module: a.js'))).toBe(words);
    expect(failureReason(new TypeError('error loading dynamically imported module: a.js'))).toBe(words);
    expect(failureReason(new TypeError('Importing a module script failed.'))).toBe(words);
    expect(failureReason(new Error('It has no SIMD.'))).toBe('It has no SIMD.');
  });

  it('knows an emulated GPU by its name', () => {
    expect(isSoftware('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)')).toBe(true);
    expect(isSoftware('llvmpipe (LLVM 15.0.7, 256 bits)')).toBe(true);
    expect(isSoftware('ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0)')).toBe(false);
  });
});
