import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../sim/experiment.ts';
import type { RoundRecord } from '../sim/record.ts';
import { collect, noise } from '../sim/testing/collect.ts';
import type { Command, WorkerEvent } from '../worker/protocol.ts';
import { connect } from '../worker/sim-client.ts';
import { createFoglineStore } from './store.ts';

/** A store on a worker that only notes its commands. */
function start() {
  const commands: Command[] = [];
  let deliver: (event: WorkerEvent) => void = () => {};
  const worker = {
    postMessage: (command: Command) => commands.push(command),
    addEventListener: (type: string, listener: unknown) => {
      if (type === 'message') deliver = (data) => (listener as (message: { data: WorkerEvent }) => void)({ data });
    },
  };
  const store = createFoglineStore((receive) => connect(worker as unknown as Worker, receive));
  const send = (event: WorkerEvent) => deliver(event);
  const rounds = (records: readonly RoundRecord[], run = 1) =>
    send({ type: 'rounds', run, records, wallMilliseconds: 10 });
  return { store, commands, send, rounds };
}

const records = await collect({ data: noise, rounds: 3 });

describe('the store', () => {
  it('opens the default experiment, plays, pauses and steps', () => {
    const { store, commands } = start();
    expect(commands[0]).toMatchObject({ type: 'open', run: 1, experiment: defaultExperiment });
    store.getState().play();
    expect(store.getState().phase).toBe('running');
    store.getState().pause();
    expect(store.getState().phase).toBe('paused');
    store.getState().step();
    expect(commands.slice(2).map((command) => command.type)).toEqual(['play', 'pause', 'step']);
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

  it('sends a live change on and keeps the records', () => {
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

  it('refuses an impossible change whole, with a sentence', () => {
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

  it('lets go of a selected node that was removed', () => {
    const { store } = start();
    store.getState().select('link:device-3');
    store.getState().set('fleet.removed', ['device-3']);
    expect(store.getState().selected).toBeNull();
  });

  it('begins anew when a finished run is played, and goes on when more rounds were asked for', () => {
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
    send({ type: 'failed', run: 1, message: 'The wasm backend could not be loaded.' });
    expect(store.getState().phase).toBe('failed');
    expect(store.getState().notice?.text).toBe('The wasm backend could not be loaded.');
    store.getState().reset();
    expect(store.getState().phase).toBe('loading');
  });
});
