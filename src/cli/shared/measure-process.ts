// A child process of measure-in-parallel.ts: it handles one request after another.

import { measurePipeline } from '../../sim/lab/efficiency/measure.ts';
import { pipelineOf } from '../../sim/lab/efficiency/pipelines.ts';
import type { LocalTrainer } from '../../sim/trainer.ts';
import { nodeWasmPaths } from '../../training/node-wasm-paths.ts';
import { createTrainer } from '../../training/trainer.ts';
import type { MeasureRequest, MeasureResponse } from './measure-in-parallel.ts';
import { readAsset } from './read-asset.ts';

let trainer: LocalTrainer | undefined;

async function handle({ experiment, pipeline, backend }: MeasureRequest): Promise<MeasureResponse> {
  try {
    trainer ??= await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
    return { measurement: await measurePipeline(experiment, pipelineOf(pipeline), { trainer, readAsset }) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', async (request: MeasureRequest) => {
  process.send?.(await handle(request));
});
