// A run's state crosses to a fresh worker as a message, and the run goes on there with a trainer of its own: the same records as
// the run that was not interrupted.

import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { run } from '../../sim/engine/run.ts';
import type { RunState } from '../../sim/engine/run-state.ts';
import type { Edit } from '../../sim/experiment/edits.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { createTrainer } from '../trainer.ts';

/** What the worker runs: modules are loaded through tsx, as the commands load them. */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
(async () => {
  const { register } = await import('tsx/esm/api');
  register();
  const { run } = await import(workerData.run);
  const { createTrainer } = await import(workerData.trainer);
  const { experiment, from, edits } = workerData;
  const readAsset = async () => { throw new Error('This run reads no file.'); };
  const records = [];
  for await (const record of run(experiment, await createTrainer('cpu'), { from, edits, readAsset })) records.push(record);
  parentPort.postMessage(records);
})();
`;

const addressOf = (path: string): string => new URL(path, import.meta.url).href;

/** Goes on from a state in a worker that has nothing else. */
const inWorker = (data: { experiment: object; from: RunState; edits: readonly Edit[] }): Promise<RoundRecord[]> =>
  new Promise((resolve, reject) => {
    const workerData = { ...data, run: addressOf('../../sim/engine/run.ts'), trainer: addressOf('../trainer.ts') };
    const worker = new Worker(program, { eval: true, workerData });
    worker.once('message', (records: RoundRecord[]) => {
      resolve(records);
      void worker.terminate();
    });
    worker.once('error', reject);
  });

const edits: Edit[] = [
  { round: 2, changes: [{ path: 'fleet.added', value: [{ id: 'device-7', parent: 'gateway-1', profile: 'esp32' }] }] },
  { round: 4, changes: [{ path: 'fleet.off', value: ['link:gateway-2'] }] },
  { round: 5, changes: [{ path: 'compression.device.quantise', value: 'int4' }] },
];

it.each([
  ['sync', {}],
  ['fed-buff', {}],
  ['by-tier', { gatewayWaits: 'barrier', fogWaits: 'relay', cloudWaits: 'buffer' }],
])('%s: rounds 4 to 6 in a fresh worker are those of the run that went on here', async (mode, policies) => {
  const experiment = parseExperiment({
    seed: 1,
    rounds: 6,
    data: { dataset: 'tutorial-noise', samplesPerDevice: 40 },
    aggregation: { mode, buffer: 3, ...policies },
    compression: {
      down: { difference: true, quantise: 'int8' },
      device: { sparsify: 'top-k', keep: 0.2, feedback: true },
    },
    power: { charging: 'solar' },
    fleet: { fogs: 1, gatewaysPerFog: 2, devicesPerGateway: 3, mix: ['smartphone', 'esp32', 'arduino'] },
  });
  const readAsset = async () => {
    throw new Error('This run reads no file.');
  };
  const records: RoundRecord[] = [];
  let from: RunState | undefined;
  const onState = (state: RunState) => {
    if (state.round === 3) from = structuredClone(state);
  };
  for await (const record of run(experiment, await createTrainer('cpu'), { edits, onState, readAsset }))
    records.push(record);
  if (!from) throw new Error('The run did not get to its third round.');
  expect(await inWorker({ experiment, from, edits })).toEqual(records.slice(3));
});
