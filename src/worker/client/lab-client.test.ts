import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import type { Measurement } from '../../sim/lab/efficiency.ts';
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
  const end = startTask(startWorker, command, (event) => events.push(event));
  const crash = () => {
    latest().crash('out of memory');
    vi.advanceTimersByTime(10_000);
  };
  return { workers, latest, events, end, crash };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a task whose worker is lost', () => {
  it('is given to another, with what is measured already', () => {
    const { latest, events, crash } = start();
    latest().say({ type: 'measured', row });
    crash();
    expect(events.at(-1)).toMatchObject({ type: 'lost', isLast: false });
    expect(latest().commands).toEqual([{ ...command, measured: [row] }]);
  });

  it('is given to one that is silent no longer than the first was', () => {
    const { workers, latest, events } = start();
    latest().say({ type: 'alive' });
    vi.advanceTimersByTime(5000);
    expect(events).toMatchObject([{ type: 'lost', loss: { kind: 'silent' } }]);
    expect(workers).toHaveLength(2);
  });

  it('does it on another backend when it is lost twice in a row', () => {
    const { latest, crash } = start();
    crash();
    crash();
    expect(latest().commands[0]).toMatchObject({ backend: 'cpu' });
  });

  it('ends with a last loss after a few attempts', () => {
    const { workers, events, crash } = start();
    for (let time = 0; time < 4; time++) crash();
    expect(events.at(-1)).toMatchObject({ type: 'lost', isLast: true });
    expect(workers).toHaveLength(4);
  });

  it('is over, and not heard of again, when it is called off', () => {
    const { workers, events, end } = start();
    end();
    workers[0].say({ type: 'done' });
    vi.advanceTimersByTime(100_000);
    expect(events).toEqual([]);
    expect(workers).toHaveLength(1);
  });

  it('tells at once of an experiment that cannot be run anywhere', () => {
    const { workers, latest, events } = start();
    latest().say({ type: 'failed', kind: 'impossible', message: 'No.' });
    expect(events).toEqual([{ type: 'failed', message: 'No.' }]);
    vi.advanceTimersByTime(100_000);
    expect(workers).toHaveLength(1);
  });
});
