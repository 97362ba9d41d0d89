import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import type { SimCommand, SimEvent } from '../protocol.ts';
import { type ClientEvent, createSimClient } from './sim-client.ts';
import { fakeWorkers } from './testing/fake-worker.ts';

const record = (round: number, changes: RoundRecord['changes'] = []) => ({ round, changes }) as RoundRecord;
const change = (value: number) => ({ path: 'training.learningRate', value });

function start() {
  const { workers, startWorker, latest } = fakeWorkers<SimCommand, SimEvent>();
  const events: ClientEvent[] = [];
  const client = createSimClient(startWorker, (event) => events.push(event));
  const emit = (event: SimEvent) => latest().emit(event);
  const rounds = (records: readonly RoundRecord[], run = 1) =>
    emit({ type: 'rounds', run, records, wallMilliseconds: 1 });
  const opened = (run = 1) => {
    emit({ type: 'backend', chosen: 'wasm', timings: [] });
    emit({ type: 'opened', run });
  };
  const crash = (message?: string) => {
    latest().crash(message);
    vi.advanceTimersByTime(10_000);
  };
  return { client, workers, latest, events, emit, rounds, opened, crash };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a worker that fails', () => {
  it('is replaced by one that opens the same run after the completed rounds, and plays on', () => {
    const { client, latest, events, rounds, opened, crash } = start();
    client.setPace(100);
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
        completedRounds: 2,
        backend: 'auto',
        lostBackends: [],
      },
      { type: 'edit', run: 1, changes: [change(0.3)] },
      { type: 'play', run: 1 },
    ]);
    expect(events.at(-1)).toEqual({
      type: 'worker failed',
      failure: { kind: 'crashed', message: 'out of memory' },
      excludedBackend: null,
      isFinal: false,
    });
    opened();
    expect(events.at(-1)).toEqual({ type: 'recovered', backend: null });
    rounds([record(3, [change(0.3)])]);
    crash('again');
    expect(latest().commands[1]).toMatchObject({
      completedRounds: 3,
      edits: [
        { round: 1, changes: [change(0.2)] },
        { round: 3, changes: [change(0.3)] },
      ],
    });
    expect(latest().commands.some(({ type }) => type === 'edit')).toBe(false);
  });

  it('leaves a paused run paused, and steps again when it failed within a step', () => {
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

  it('never uses a backend again whose graphics card was lost, and names the one that continues', () => {
    const { client, latest, events, emit } = start();
    client.open(defaultExperiment, 'webgl');
    emit({ type: 'backend', chosen: 'webgl', timings: [] });
    emit({ type: 'opened', run: 1 });
    emit({ type: 'failed', run: 1, kind: 'backend lost', message: 'The context is gone.' });
    expect(events.at(-1)).toMatchObject({ type: 'worker failed', excludedBackend: 'webgl' });
    vi.advanceTimersByTime(10);
    expect(latest().commands[1]).toMatchObject({ type: 'open', backend: 'webgl', lostBackends: ['webgl'] });
    emit({ type: 'backend', chosen: 'wasm', timings: [] });
    emit({ type: 'opened', run: 1 });
    expect(events.at(-1)).toEqual({ type: 'recovered', backend: 'wasm' });
    // Unless the visitor selects it again.
    client.open(defaultExperiment, 'webgl');
    expect(latest().commands.at(-1)).toMatchObject({ backend: 'webgl', lostBackends: [] });
  });

  it('uses another backend after the second failure at the same round', () => {
    const { client, latest, events, emit, opened } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    client.play();
    for (let time = 0; time < 2; time++) {
      emit({ type: 'failed', run: 1, kind: 'error', message: 'memory access out of bounds' });
      vi.advanceTimersByTime(10_000);
      if (time === 0) opened();
    }
    expect(
      events.filter((event) => event.type === 'worker failed').map(({ excludedBackend }) => excludedBackend),
    ).toEqual([null, 'wasm']);
    expect(latest().commands[1]).toMatchObject({ lostBackends: ['wasm'] });
  });

  it('is not restarted after a few attempts; Play starts it again, with the completed rounds', () => {
    const { client, workers, latest, events, rounds, opened, crash } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    client.play();
    rounds([record(1)]);
    for (let time = 0; time < 4; time++) crash();
    expect(events.at(-1)).toMatchObject({ type: 'worker failed', isFinal: true });
    const attempts = workers.length;
    vi.advanceTimersByTime(600_000);
    expect(workers).toHaveLength(attempts);
    client.play();
    expect(latest().commands.map(({ type }) => type)).toEqual(['pace', 'open', 'play']);
    expect(latest().commands[1]).toMatchObject({ completedRounds: 1 });
  });

  it('does not prevent a reset', () => {
    const { client, latest, opened, crash } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    for (let time = 0; time < 4; time++) crash();
    client.open(defaultExperiment, 'auto');
    expect(latest().commands[1]).toMatchObject({ type: 'open', run: 2, completedRounds: 0 });
  });

  it('answers pending queries as not cached, so that the lab replays them', async () => {
    const { client, opened, crash } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    const result = client.inspect({ round: 1, node: 'device-1', direction: 'up', index: 0 });
    crash();
    expect(await result).toEqual({ count: null, report: null });
  });
});

describe('a run whose data cannot be fetched', () => {
  it('is replaced by the previous run, as it was', () => {
    const { client, latest, events, emit, rounds, opened } = start();
    client.open(defaultExperiment, 'auto');
    opened();
    client.play();
    rounds([record(1), record(2)]);
    client.open({ ...defaultExperiment, seed: 2 }, 'auto');
    emit({ type: 'failed', run: 2, kind: 'load failed', message: 'No weather.' });
    expect(events.at(-1)).toEqual({ type: 'failed', message: 'No weather.', restoresPrevious: true });
    expect(latest().commands.slice(-2)).toEqual([
      {
        type: 'open',
        run: 3,
        experiment: defaultExperiment,
        edits: [],
        completedRounds: 2,
        backend: 'auto',
        lostBackends: [],
      },
      { type: 'play', run: 3 },
    ]);
  });

  it('is tried again when there is no previous run', () => {
    const { client, workers, events, emit } = start();
    client.open(defaultExperiment, 'auto');
    emit({ type: 'failed', run: 1, kind: 'load failed', message: 'No weather.' });
    vi.advanceTimersByTime(10);
    expect(events.at(-1)).toMatchObject({
      type: 'worker failed',
      failure: { kind: 'load failed', message: 'No weather.' },
    });
    expect(workers).toHaveLength(2);
  });
});
