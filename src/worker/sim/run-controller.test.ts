import { describe, expect, it } from 'vitest';
import { run } from '../../sim/engine/run.ts';
import type { Change } from '../../sim/experiment/edits.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { trivialTrainer } from '../../sim/testing/trivial-trainer.ts';
import type { WorkerEvent } from '../protocol.ts';
import { Session, type SessionOptions } from './run-controller.ts';

/** A session over a small experiment, what it posted, and a way to wait for an event. */
function start(
  rounds: number,
  pace = 0,
  whilePaused?: (changes: readonly Change[]) => Promise<void>,
  resumed: Pick<SessionOptions, 'edits' | 'done' | 'onCaughtUp' | 'targetAccuracy'> = {},
) {
  const events: WorkerEvent[] = [];
  const waiting: { until: (event: WorkerEvent) => boolean; resolve: () => void }[] = [];
  const experiment = parseExperiment({ rounds, data: { dataset: 'tutorial-noise' }, fleet: { devicesPerGateway: 2 } });
  const session = new Session({
    run: 1,
    lastRound: rounds,
    pace,
    ...(whilePaused && { whilePaused }),
    ...resumed,
    post: (event) => {
      events.push(event);
      for (const each of waiting) if (each.until(event)) each.resolve();
    },
    rounds: (takeChanges) =>
      run(experiment, trivialTrainer, { readAsset: async () => '', takeChanges, edits: resumed.edits ?? [] }),
  });
  const seen = (until: (event: WorkerEvent) => boolean) =>
    new Promise<void>((resolve) => {
      if (events.some(until)) resolve();
      else waiting.push({ until, resolve });
    });
  const records = (): RoundRecord[] => events.flatMap((event) => (event.type === 'rounds' ? event.records : []));
  return { session, events, seen, records };
}

const stopped = (event: WorkerEvent) => event.type === 'stopped';
const finished = (event: WorkerEvent) => event.type === 'stopped' && event.finished;

describe('Session', () => {
  it('posts every round once, in order, and says when it has finished', async () => {
    const { session, seen, records } = start(30);
    session.play();
    await seen(finished);
    expect(records().map((record) => record.round)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  it('does one round a step', async () => {
    const { session, seen, records, events } = start(10);
    session.step();
    await seen(stopped);
    expect(records()).toHaveLength(1);
    events.length = 0;
    session.step();
    await seen(stopped);
    expect(records().map((record) => record.round)).toEqual([2]);
  });

  it('tells of changes made while it is paused, before the next round begins', async () => {
    const told: (readonly Change[])[] = [];
    let tell = () => {};
    const { session, seen } = start(10, 0, async (changes) => {
      told.push(changes);
      tell();
    });
    session.step();
    await seen(stopped);
    const change = { path: 'fleet.added', value: [{ id: 'device-7', parent: 'gateway-1' }] };
    const heard = new Promise<void>((resolve) => {
      tell = resolve;
    });
    session.edit([change]);
    await heard;
    expect(told).toEqual([[change]]);
  });

  it('makes changes at the next round, and the same records at any pace', async () => {
    const results = await Promise.all(
      [0, 5].map(async (pace) => {
        const { session, seen, records, events } = start(6, pace);
        session.step();
        await seen(stopped);
        const first = records();
        events.length = 0;
        session.edit([{ path: 'compression.device.quantise', value: 'int8' }]);
        session.play();
        await seen(finished);
        return [...first, ...records()];
      }),
    );
    expect(results[0].map((record) => record.changes.length)).toEqual([0, 1, 0, 0, 0, 0]);
    expect(results[1]).toEqual(results[0]);
  });

  it('goes on after its last round when more rounds are wanted', async () => {
    const { session, seen, records, events } = start(3);
    session.play();
    await seen(finished);
    events.length = 0;
    session.edit([{ path: 'rounds', value: 5 }]);
    session.play();
    await seen(finished);
    expect(records().map((record) => record.round)).toEqual([4, 5]);
  });

  it('ends at a target accuracy, and goes on when it is taken back', async () => {
    const { session, seen, records, events } = start(5);
    session.edit([{ path: 'targetAccuracy', value: 0.001 }]);
    session.play();
    await seen(finished);
    expect(records().map((record) => record.round)).toEqual([1]);
    events.length = 0;
    session.edit([{ path: 'targetAccuracy', value: 0 }]);
    session.play();
    await seen(finished);
    expect(records().map((record) => record.round)).toEqual([2, 3, 4, 5]);
  });

  it('ends at the target that the experiment has from the start', async () => {
    const { session, seen, records } = start(5, 0, undefined, { targetAccuracy: 0.001 });
    session.play();
    await seen(finished);
    expect(records()).toHaveLength(1);
  });

  it('shows every round that was made when it is paused at full speed', async () => {
    const { session, seen, records, events } = start(1000);
    session.play();
    await seen((event) => event.type === 'rounds');
    await new Promise((resolve) => setTimeout(resolve, 60));
    session.pause();
    await new Promise((resolve) => setTimeout(resolve, 60));
    const shown = records().length;
    events.length = 0;
    session.step();
    await seen(stopped);
    expect(records().map((record) => record.round)).toEqual([shown + 1]);
    session.close();
  });

  it('goes on after its end was moved before the present round and back', async () => {
    const { session, seen, records, events } = start(50, 1);
    session.step();
    await seen(stopped);
    session.edit([{ path: 'rounds', value: 1 }]);
    session.play();
    await seen(finished);
    session.edit([{ path: 'rounds', value: 4 }]);
    events.length = 0;
    session.play();
    await seen(finished);
    expect(records().map((record) => record.round)).toEqual([2, 3, 4]);
  });

  it('reports a failure in a sentence', async () => {
    const { session, seen, events } = start(6);
    session.edit([{ path: 'training.learningRate', value: -1 }]);
    session.play();
    await seen((event) => event.type === 'failed');
    expect(events.at(-1)).toMatchObject({
      message: 'training.learningRate must be a number from 0.0001 to 1, not -1.',
    });
  });

  it('says that it has paused when the round under way is done, not before', async () => {
    const { session, seen, events } = start(1000, 1);
    session.play();
    await seen((event) => event.type === 'rounds');
    session.pause();
    await seen(stopped);
    const last = events.findLastIndex((event) => event.type === 'rounds');
    expect(events.findIndex(stopped)).toBeGreaterThan(last);
    const count = events.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events).toHaveLength(count);
    session.close();
  });

  it('goes on after the rounds that the page has, with the records of a run that was never interrupted', async () => {
    const whole = start(6);
    whole.session.step();
    await whole.seen(stopped);
    whole.session.edit([{ path: 'compression.device.quantise', value: 'int8' }]);
    whole.session.play();
    await whole.seen(finished);

    const edits = [{ round: 2, changes: [{ path: 'compression.device.quantise', value: 'int8' }] }];
    let caughtUp = 0;
    const again = start(6, 0, undefined, { edits, done: 3, onCaughtUp: () => caughtUp++ });
    // Said while it catches up: it counts from the next round on, as it would have in the run before.
    again.session.edit([{ path: 'rounds', value: 5 }]);
    again.session.play();
    await again.seen(finished);
    expect(caughtUp).toBe(1);
    const [first, second] = again.records();
    expect(again.records().map((record) => record.round)).toEqual([4, 5]);
    expect(first.changes).toEqual([{ path: 'rounds', value: 5 }]);
    expect({ ...first, changes: [] }).toEqual(whole.records()[3]);
    expect(second).toEqual(whole.records()[4]);
  });

  it('posts nothing after it was closed', async () => {
    const { session, seen, events } = start(1000);
    session.play();
    await seen((event) => event.type === 'rounds');
    session.close();
    const count = events.length;
    const other = start(5);
    other.session.play();
    await other.seen(finished);
    expect(events.length).toBe(count);
  });
});
