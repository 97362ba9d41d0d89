import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../sim/experiment/experiment.ts';
import type { RoundRecord } from '../sim/record/record.ts';
import { collect, noiseData } from '../sim/testing/collect.ts';
import { createSimClient } from '../worker/client/sim-client.ts';
import { fakeWorkers } from '../worker/client/testing/fake-worker.ts';
import type { SimCommand, SimEvent } from '../worker/protocol.ts';
import { createFoglineStore } from './store.ts';

/** A store with fake workers; one that crashes is replaced after the wait. */
function start() {
  const { startWorker, latest, workers } = fakeWorkers<SimCommand, SimEvent>();
  const commands: SimCommand[] = [];
  const store = createFoglineStore((onEvent) =>
    createSimClient(() => {
      const worker = startWorker();
      workers[workers.length - 1].commands = commands;
      return worker;
    }, onEvent),
  );
  const send = (event: SimEvent) => latest().emit(event);
  const rounds = (made: readonly RoundRecord[], run = 1) =>
    send({ type: 'rounds', run, records: made, wallMilliseconds: 10 });
  const crash = (message?: string) => {
    latest().crash(message);
    vi.advanceTimersByTime(10_000);
  };
  return { store, commands, send, rounds, crash };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const records = await collect({ data: noiseData, rounds: 3 });

describe('the store', () => {
  it('opens the default experiment, plays, pauses and steps', () => {
    const { store, commands, send } = start();
    expect(commands[1]).toMatchObject({ type: 'open', run: 1, experiment: defaultExperiment });
    store.getState().play();
    expect(store.getState().phase).toBe('running');
    store.getState().pause();
    // It has paused when the worker says so.
    expect(store.getState().phase).toBe('pausing');
    send({ type: 'stopped', run: 1, finished: false });
    expect(store.getState().phase).toBe('paused');
    store.getState().step();
    expect(commands.slice(3).map((command) => command.type)).toEqual(['play', 'pause', 'step']);
  });

  it('appends records, and drops those of an old run', () => {
    const { store, rounds } = start();
    rounds(records.slice(0, 2));
    expect(store.getState().history).toEqual(records.slice(0, 2));
    store.getState().reset();
    expect(store.getState().history).toEqual([]);
    rounds(records, 1);
    expect(store.getState().history).toEqual([]);
    rounds(records, 2);
    expect(store.getState().history).toHaveLength(3);
  });

  it('says when the target accuracy has ended a run; Play then starts a new run, or continues if the target was raised', () => {
    const { store, commands, rounds, send } = start();
    store.getState().set('targetAccuracy', 0.001);
    store.getState().play();
    rounds(records.slice(0, 1));
    send({ type: 'stopped', run: 1, finished: true });
    expect(store.getState()).toMatchObject({ phase: 'finished', notice: { tone: 'info' } });
    const percent = Math.round(1000 * records[0].evaluation.accuracy) / 10;
    expect(store.getState().notice?.text).toBe(
      `Round 1 reached the target accuracy of 0.1 % with ${percent} %: the run ends.`,
    );
    store.getState().set('targetAccuracy', 1);
    store.getState().play();
    expect(commands.at(-1)).toEqual({ type: 'play', run: 1 });
    send({ type: 'stopped', run: 1, finished: true });
    store.getState().set('targetAccuracy', 0.001);
    store.getState().play();
    expect(commands.at(-2)).toMatchObject({ type: 'open', run: 2 });
  });

  it('keeps a lesson until it is closed or another experiment is loaded', () => {
    const { store } = start();
    store.getState().load(defaultExperiment, 'stragglers');
    store.getState().set('training.batchSize', 8);
    store.getState().reset();
    expect(store.getState().lesson).toBe('stragglers');
    store.getState().load(defaultExperiment);
    expect(store.getState().lesson).toBeNull();
    store.getState().load(defaultExperiment, 'year');
    store.getState().closeLesson();
    expect(store.getState().lesson).toBeNull();
  });

  it('sends a live change to the worker and keeps the records', () => {
    const { store, commands, rounds } = start();
    rounds(records);
    store.getState().set('training.learningRate', 0.2);
    expect(store.getState().experiment.training.learningRate).toBe(0.2);
    expect(commands.at(-1)).toEqual({ type: 'edit', run: 1, changes: [{ path: 'training.learningRate', value: 0.2 }] });
    expect(store.getState().history).toHaveLength(3);
  });

  it('restarts for a change that cannot be live, and says so', () => {
    const { store, commands, rounds } = start();
    rounds(records);
    store.getState().set('model.hidden', 64);
    expect(store.getState().history).toEqual([]);
    expect(commands.at(-1)).toMatchObject({ type: 'open', run: 2 });
    expect(store.getState().notice?.text).toBe(
      'Hidden units cannot change during a run: it starts again from round 1.',
    );
  });

  it('rejects all changes if one is invalid, with a sentence', () => {
    const { store, commands } = start();
    const before = store.getState().experiment;
    const sent = commands.length;
    const made = store.getState().change([
      { path: 'training.learningRate', value: 0.2 },
      { path: 'fleet.removed', value: ['gateway-1'] },
    ]);
    expect(made).toBe(false);
    expect(store.getState().experiment).toBe(before);
    expect(commands).toHaveLength(sent);
    expect(store.getState().notice).toMatchObject({ tone: 'error', text: expect.stringContaining('gateway-1') });
  });

  it('deselects a node that was removed', () => {
    const { store } = start();
    store.getState().select('link:device-3');
    store.getState().set('fleet.removed', ['device-3']);
    expect(store.getState().selection).toEqual([]);
  });

  it('keeps those of several selected devices that are still in the network', () => {
    const { store } = start();
    store.getState().selectAll(['device-3', 'device-1', 'device-2']);
    store.getState().set('fleet.removed', ['device-3']);
    expect(store.getState().selection).toEqual(['device-1', 'device-2']);
  });

  it('starts a new run when a finished one is played, and continues when its rounds were raised', () => {
    const { store, commands, rounds, send } = start();
    store.getState().set('rounds', 3);
    rounds(records);
    send({ type: 'stopped', run: 1, finished: true });
    store.getState().set('rounds', 10);
    store.getState().play();
    expect(commands.at(-1)).toEqual({ type: 'play', run: 1 });
    store.getState().set('rounds', 3);
    send({ type: 'stopped', run: 1, finished: true });
    store.getState().play();
    expect(commands.at(-2)).toMatchObject({ type: 'open', run: 2 });
    expect(store.getState().history).toEqual([]);
  });

  it('shows a failure', () => {
    const { store, send } = start();
    send({ type: 'failed', run: 1, kind: 'invalid experiment', message: 'The wasm backend could not be loaded.' });
    expect(store.getState().phase).toBe('failed');
    expect(store.getState().notice?.text).toBe('The wasm backend could not be loaded.');
    store.getState().reset();
    expect(store.getState().phase).toBe('loading');
  });

  it('keeps the records when the worker fails, says so, and continues as it was', () => {
    const { store, send, rounds, crash } = start();
    rounds(records.slice(0, 2));
    store.getState().play();
    crash('out of memory');
    expect(store.getState()).toMatchObject({
      phase: 'running',
      recovery: { rounds: 2, hasFailed: false },
      notice: {
        tone: 'error',
        text: 'The training broke off: out of memory. It is started again. Rounds 1 to 2 are kept.',
      },
    });
    send({ type: 'replay progress', run: 1, round: 1, rounds: 2 });
    expect(store.getState().recovery).toMatchObject({ round: 1, rounds: 2 });
    send({ type: 'opened', run: 1 });
    expect(store.getState()).toMatchObject({
      phase: 'running',
      recovery: null,
      notice: { tone: 'info', text: 'The training goes on after round 2; no round is lost.' },
    });
    rounds(records);
    expect(store.getState().history).toEqual(records);
  });

  it('has not paused while the worker is being replaced', () => {
    const { store, send, rounds, crash } = start();
    rounds(records);
    store.getState().play();
    store.getState().pause();
    crash();
    expect(store.getState().phase).toBe('pausing');
    send({ type: 'opened', run: 1 });
    expect(store.getState().phase).toBe('paused');
  });

  it('offers to try again when all restarts have failed, and continues from there', () => {
    const { store, commands, send, rounds, crash } = start();
    rounds(records);
    store.getState().play();
    for (let time = 0; time < 4; time++) crash();
    const { phase, notice, history } = store.getState();
    expect(phase).toBe('failed');
    expect(history).toEqual(records);
    expect(notice?.text).toContain('Rounds 1 to 3 are kept.');
    expect(notice?.action?.label).toBe('Try again');
    commands.length = 0;
    notice?.action?.act();
    expect(store.getState()).toMatchObject({ phase: 'running', notice: null, recovery: { hasFailed: false } });
    expect(commands.map(({ type }) => type)).toEqual(['pace', 'open', 'play']);
    send({ type: 'opened', run: 1 });
    expect(store.getState().recovery).toBeNull();
  });

  it('restores the previous run, as it was, when the next one’s data cannot be fetched', () => {
    const { store, send, rounds } = start();
    send({ type: 'opened', run: 1 });
    rounds(records);
    store.getState().play();
    const { experiment, initialExperiment } = store.getState();
    store.getState().set('data.dataset', 'weather-stations');
    expect(store.getState().history).toEqual([]);
    send({ type: 'failed', run: 2, kind: 'load failed', message: 'The weather could not be loaded.' });
    expect(store.getState()).toMatchObject({
      experiment,
      initialExperiment,
      phase: 'running',
      notice: { tone: 'error', text: 'The weather could not be loaded. The run before goes on.' },
    });
    expect(store.getState().history).toEqual(records);
  });

  it('says why it trains on another backend than usual', () => {
    const { store, send } = start();
    send({ type: 'backend', chosen: 'cpu', timings: [], fallback: 'WebAssembly could not be loaded.' });
    expect(store.getState().backend?.chosen).toBe('cpu');
    expect(store.getState().notice?.text).toBe('WebAssembly could not be loaded.');
  });
});
