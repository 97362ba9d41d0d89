import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import type { Measurement } from '../../sim/lab/efficiency/efficiency.ts';
import type { LabCommand, LabEvent } from '../protocol.ts';
import { startTask, type TaskEvent } from './lab-client.ts';
import { fakeWorkers } from './testing/fake-worker.ts';

const command = {
  type: 'measure',
  experiment: defaultExperiment,
  backend: 'wasm',
  rounds: 3,
  seeds: 1,
  measured: [],
} as const;
const row = { id: 'fp32' } as Measurement;

function start() {
  const { workers, startWorker, latest } = fakeWorkers<LabCommand, LabEvent>();
  const events: TaskEvent[] = [];
  const cancel = startTask(startWorker, command, (event) => events.push(event));
  const crash = () => {
    latest().crash('out of memory');
    vi.advanceTimersByTime(10_000);
  };
  return { workers, latest, events, cancel, crash };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a task whose worker fails', () => {
  it('is continued by another, with the measurements made so far', () => {
    const { latest, events, crash } = start();
    latest().emit({ type: 'measured', row });
    crash();
    expect(events.at(-1)).toMatchObject({ type: 'worker failed', isFinal: false });
    expect(latest().commands).toEqual([{ ...command, measured: [row] }]);
  });

  it('is continued by another when the first is unresponsive', () => {
    const { workers, latest, events } = start();
    latest().emit({ type: 'heartbeat' });
    vi.advanceTimersByTime(5000);
    expect(events).toMatchObject([{ type: 'worker failed', failure: { kind: 'unresponsive' } }]);
    expect(workers).toHaveLength(2);
  });

  it('continues on another backend when it fails twice in a row', () => {
    const { latest, crash } = start();
    crash();
    crash();
    expect(latest().commands[0]).toMatchObject({ backend: 'cpu' });
  });

  it('ends with a final failure after a few attempts', () => {
    const { workers, events, crash } = start();
    for (let time = 0; time < 4; time++) crash();
    expect(events.at(-1)).toMatchObject({ type: 'worker failed', isFinal: true });
    expect(workers).toHaveLength(4);
  });

  it('is over, and sends no more events, when it is cancelled', () => {
    const { workers, events, cancel } = start();
    cancel();
    workers[0].emit({ type: 'done' });
    vi.advanceTimersByTime(100_000);
    expect(events).toEqual([]);
    expect(workers).toHaveLength(1);
  });

  it('reports at once an experiment that cannot be run anywhere', () => {
    const { workers, latest, events } = start();
    latest().emit({ type: 'failed', kind: 'invalid experiment', message: 'No.' });
    expect(events).toEqual([{ type: 'failed', message: 'No.' }]);
    vi.advanceTimersByTime(100_000);
    expect(workers).toHaveLength(1);
  });
});
