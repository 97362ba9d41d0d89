import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import type { Command, WorkerEvent } from '../protocol.ts';
import { type ClientEvent, connect } from './sim-client.ts';
import { fakeWorkers } from './testing/fake-worker.ts';

const record = (round: number, changes: RoundRecord['changes'] = []) => ({ round, changes }) as RoundRecord;
const change = (value: number) => ({ path: 'training.learningRate', value });

function start() {
  const { workers, startWorker, latest } = fakeWorkers<Command, WorkerEvent>();
  const events: ClientEvent[] = [];
  const client = connect(startWorker, (event) => events.push(event));
  const say = (event: WorkerEvent) => latest().say(event);
  const rounds = (records: readonly RoundRecord[], run = 1) =>
    say({ type: 'rounds', run, records, wallMilliseconds: 1 });
  const opened = (run = 1) => {
    say({ type: 'backend', chosen: 'wasm', timings: [] });
    say({ type: 'opened', run });
  };
  const crash = (message?: string) => {
    latest().crash(message);
    vi.advanceTimersByTime(10_000);
  };
  return { client, workers, latest, events, say, rounds, opened, crash };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a lost worker', () => {
  it('is replaced by one that opens the same run after the rounds that are there, and plays on', () => {
    const { client, latest, events, rounds, opened, crash } = start();
    client.pace(100);
    client.open(defaultExperiment, 'auto');
    opened();
    client.edit([change(0.2)]);
    client.play();
    rounds([record(1, [change(0.2)]), record(2)]);
    client.edit([change(0.3)]);
    crash('out of memory');
    expect(latest().commands).toEqual([
      { type: 'pace', milliseconds: 100 },
      {
        type: 'open',
        run: 1,
        experiment: defaultExperiment,
        edits: [{ round: 1, changes: [change(0.2)] }],
        done: 2,
        backend: 'auto',
        lost: [],
      },
      { type: 'edit', run: 1, changes: [change(0.3)] },
      { type: 'play', run: 1 },
    ]);
    expect(events.at(-1)).toEqual({
      type: 'lost',
      loss: { kind: 'crashed', message: 'out of memory' },
      without: null,
      isLast: false,
    });
    opened();
    expect(events.at(-1)).toEqual({ type: 'recovered', backend: null });
    rounds([record(3, [change(0.3)])]);
    crash('again');
    expect(latest().commands[1]).toMatchObject({
      done: 3,
      edits: [
        { round: 1, changes: [change(0.2)] },
        { round: 3, changes: [change(0.3)] },
      ],
    });
    expect(latest().commands.some(({ type }) => type === 'edit')).toBe(false);
  });

  it('leaves a paused run paused, and steps again when it was lost within a step', () => {
    const { client, latest, opened, crash } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    client.play();
    client.pause();
    crash();
    expect(latest().commands.map(({ type }) => type)).toEqual(['pace', 'open']);
    opened();
    client.step();
    crash();
    expect(latest().commands.map(({ type }) => type)).toEqual(['pace', 'open', 'step']);
  });

  it('drops records that the page has already', () => {
    const { client, events, rounds, opened } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    rounds([record(1), record(2)]);
    rounds([record(2), record(3)]);
    const seen = events.flatMap((event) => (event.type === 'rounds' ? event.records : []));
    expect(seen.map(({ round }) => round)).toEqual([1, 2, 3]);
  });

  it('never uses a backend again whose graphics card was lost, and says which one goes on', () => {
    const { client, latest, events, say } = start();
    client.open(defaultExperiment, 'webgl');
    say({ type: 'backend', chosen: 'webgl', timings: [] });
    say({ type: 'opened', run: 1 });
    say({ type: 'failed', run: 1, kind: 'backend lost', message: 'The context is gone.' });
    expect(events.at(-1)).toMatchObject({ type: 'lost', without: 'webgl' });
    vi.advanceTimersByTime(10);
    expect(latest().commands[1]).toMatchObject({ type: 'open', backend: 'webgl', lost: ['webgl'] });
    say({ type: 'backend', chosen: 'wasm', timings: [] });
    say({ type: 'opened', run: 1 });
    expect(events.at(-1)).toEqual({ type: 'recovered', backend: 'wasm' });
    // Unless the visitor asks for it once more.
    client.open(defaultExperiment, 'webgl');
    expect(latest().commands.at(-1)).toMatchObject({ backend: 'webgl', lost: [] });
  });

  it('puts the second failure of the same round down to the backend', () => {
    const { client, latest, events, say, opened } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    client.play();
    for (let time = 0; time < 2; time++) {
      say({ type: 'failed', run: 1, kind: 'error', message: 'memory access out of bounds' });
      vi.advanceTimersByTime(10_000);
      if (time === 0) opened();
    }
    expect(events.filter((event) => event.type === 'lost').map(({ without }) => without)).toEqual([null, 'wasm']);
    expect(latest().commands[1]).toMatchObject({ lost: ['wasm'] });
  });

  it('is given up after a few attempts; Play starts it again, with all that is there', () => {
    const { client, workers, latest, events, rounds, opened, crash } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    client.play();
    rounds([record(1)]);
    for (let time = 0; time < 4; time++) crash();
    expect(events.at(-1)).toMatchObject({ type: 'lost', isLast: true });
    const tried = workers.length;
    vi.advanceTimersByTime(600_000);
    expect(workers).toHaveLength(tried);
    client.play();
    expect(latest().commands.map(({ type }) => type)).toEqual(['pace', 'open', 'play']);
    expect(latest().commands[1]).toMatchObject({ done: 1 });
  });

  it('is no obstacle to a reset', () => {
    const { client, latest, opened, crash } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    for (let time = 0; time < 4; time++) crash();
    client.open(defaultExperiment, 'auto');
    expect(latest().commands[1]).toMatchObject({ type: 'open', run: 2, done: 0 });
  });

  it('answers what it was asked with nothing kept, so that the lab replays it', async () => {
    const { client, opened, crash } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    const found = client.inspect({ round: 1, node: 'device-1', direction: 'up', index: 0 });
    crash();
    expect(await found).toEqual({ count: null, report: null });
  });
});

describe('a run whose data cannot be fetched', () => {
  it('gives way to the run before, as it was', () => {
    const { client, latest, events, say, rounds, opened } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    client.play();
    rounds([record(1), record(2)]);
    client.open({ ...defaultExperiment, seed: 2 }, 'auto');
    say({ type: 'failed', run: 2, kind: 'not loaded', message: 'No weather.' });
    expect(events.at(-1)).toEqual({ type: 'failed', message: 'No weather.', isBack: true });
    expect(latest().commands.slice(-2)).toEqual([
      { type: 'open', run: 3, experiment: defaultExperiment, edits: [], done: 2, backend: 'auto', lost: [] },
      { type: 'play', run: 3 },
    ]);
  });

  it('is tried again when there is none before', () => {
    const { client, workers, events, say } = start();
    client.open(defaultExperiment, 'auto');
    say({ type: 'failed', run: 1, kind: 'not loaded', message: 'No weather.' });
    vi.advanceTimersByTime(10);
    expect(events.at(-1)).toMatchObject({ type: 'lost', loss: { kind: 'not loaded', message: 'No weather.' } });
    expect(workers).toHaveLength(2);
  });
});
