import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../sim/experiment/experiment.ts';
import type { Measurement } from '../sim/lab/efficiency/efficiency.ts';
import { fakeWorkers } from '../worker/client/testing/fake-worker.ts';
import type { LabCommand, LabEvent } from '../worker/protocol.ts';
import { createLabStore, type MessageQuery, type MessageQueryResult } from './lab-store.ts';

const query = (round: number): MessageQuery => ({ round, node: 'device-1', direction: 'up', index: 0 });
const shown: MessageQueryResult = { count: 1, report: null };
const notCached: MessageQueryResult = { count: null, report: null };
const edits = [{ round: 2, changes: [{ path: 'training.learningRate', value: 0.2 }] }];

/** A lab beside a run whose worker gives these answers. */
function start(answers: (query: MessageQuery) => Promise<MessageQueryResult | null> = async () => shown) {
  const { workers, startWorker } = fakeWorkers<LabCommand, LabEvent>();
  const store = createLabStore(
    () => ({
      initialExperiment: defaultExperiment,
      edits: () => edits,
      experiment: defaultExperiment,
      backend: 'wasm',
      inspect: answers,
    }),
    startWorker,
  );
  return { store, workers };
}

const row = (id: string): Measurement => ({
  id,
  seed: 1,
  rounds: 3,
  bytesUp: 1,
  bytesDown: 1,
  upload: 1,
  uploadRaw: 1,
  accuracy: 0.5,
  energy: 1,
  time: 1,
});

describe('inspecting a packet', () => {
  it('uses what is in the message cache of the run’s worker, without a second worker', async () => {
    const { store, workers } = start();
    await store.getState().inspect(query(3));
    expect(store.getState().packet).toMatchObject({ query: query(3), status: 'shown', result: shown });
    expect(workers).toHaveLength(0);
  });

  it('replays a round that is not cached, with the run’s edits, and terminates the worker', async () => {
    const { store, workers } = start(async () => notCached);
    await store.getState().inspect(query(3));
    const [worker] = workers;
    expect(worker.commands).toEqual([
      { type: 'replay', experiment: defaultExperiment, edits, backend: 'wasm', query: query(3) },
    ]);
    worker.emit({ type: 'progress', run: 1, runs: 1, round: 2, label: '' });
    expect(store.getState().packet).toMatchObject({ status: 'replaying', replayed: 2 });
    worker.emit({ type: 'replayed', result: shown });
    expect(store.getState().packet).toMatchObject({ status: 'shown', result: shown });
    expect(worker.isTerminated).toBe(true);
  });

  it('drops the answer to a query that is no longer the latest', async () => {
    const waiting: ((result: MessageQueryResult) => void)[] = [];
    const { store } = start(() => new Promise((resolve) => waiting.push(resolve)));
    const first = store.getState().inspect(query(1));
    const second = store.getState().inspect(query(2));
    waiting[1](shown);
    waiting[0](notCached);
    await Promise.all([first, second]);
    expect(store.getState().packet).toMatchObject({ query: query(2), status: 'shown' });
  });

  it('ends a replay when another round is wanted, or the packet is closed', async () => {
    const { store, workers } = start(async () => notCached);
    await store.getState().inspect(query(1));
    await store.getState().inspect(query(2));
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    workers[0].emit({ type: 'failed', kind: 'invalid experiment', message: 'too late' });
    expect(store.getState().packet?.status).toBe('replaying');
    store.getState().closePacket();
    expect(workers[1].isTerminated).toBe(true);
    expect(store.getState().packet).toBeNull();
  });

  it('says why a replay failed', async () => {
    const { store, workers } = start(async () => notCached);
    await store.getState().inspect(query(1));
    workers[0].emit({ type: 'failed', kind: 'invalid experiment', message: 'No room.' });
    expect(store.getState().packet).toMatchObject({ status: 'failed', failure: 'No room.' });
  });
});

describe('measuring the table', () => {
  it('adds row after row, and is done', () => {
    const { store, workers } = start();
    store.getState().measureTable(3, 1);
    expect(workers[0].commands).toEqual([
      { type: 'measure', experiment: defaultExperiment, backend: 'wasm', rounds: 3, seeds: 1, measured: [] },
    ]);
    workers[0].emit({ type: 'progress', run: 1, runs: 2, round: 1, label: 'FP32' });
    expect(store.getState().table).toMatchObject({ status: 'running', progress: { run: 1, runs: 2, round: 1 } });
    workers[0].emit({ type: 'measured', row: row('fp32') });
    workers[0].emit({ type: 'measured', row: row('int8') });
    workers[0].emit({ type: 'done' });
    expect(store.getState().table).toMatchObject({ status: 'done', rows: [row('fp32'), row('int8')], progress: null });
    expect(workers[0].isTerminated).toBe(true);
  });

  it('is cancelled by terminating its worker; the rows measured so far stay', () => {
    const { store, workers } = start();
    store.getState().measureTable(3, 1);
    workers[0].emit({ type: 'measured', row: row('fp32') });
    store.getState().cancelTable();
    expect(workers[0].isTerminated).toBe(true);
    workers[0].emit({ type: 'measured', row: row('int8') });
    expect(store.getState().table).toMatchObject({ status: 'cancelled', rows: [row('fp32')] });
  });

  it('starts again when it is asked again', () => {
    const { store, workers } = start();
    store.getState().measureTable(3, 1);
    store.getState().measureTable(5, 10);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    expect(store.getState().table).toMatchObject({ status: 'running', rounds: 5, seeds: 10, rows: [] });
  });
});
