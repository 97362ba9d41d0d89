import { describe, expect, it } from 'vitest';
import { run } from '../../sim/engine/run.ts';
import type { Change } from '../../sim/experiment/edits.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { trivialTrainer } from '../../sim/testing/trivial-trainer.ts';
import type { SimEvent } from '../protocol.ts';
import { RunController, type RunControllerOptions } from './run-controller.ts';

/** A controller of a small experiment, the events that it posted, and a function that waits for an event. */
function start(
  rounds: number,
  pace = 0,
  onEditWhilePaused?: (changes: readonly Change[]) => Promise<void>,
  resumed: Pick<RunControllerOptions, 'edits' | 'completedRounds' | 'onReplayed' | 'targetAccuracy'> = {},
) {
  const events: SimEvent[] = [];
  const waiting: { until: (event: SimEvent) => boolean; resolve: () => void }[] = [];
  const experiment = parseExperiment({ rounds, data: { dataset: 'tutorial-noise' }, fleet: { devicesPerGateway: 2 } });
  const controller = new RunController({
    run: 1,
    lastRound: rounds,
    pace,
    ...(onEditWhilePaused && { onEditWhilePaused }),
    ...resumed,
    post: (event) => {
      events.push(event);
      for (const each of waiting) if (each.until(event)) each.resolve();
    },
    rounds: (takeChanges) =>
      run(experiment, trivialTrainer, { readAsset: async () => '', takeChanges, edits: resumed.edits ?? [] }),
  });
  const seen = (until: (event: SimEvent) => boolean) =>
    new Promise<void>((resolve) => {
      if (events.some(until)) resolve();
      else waiting.push({ until, resolve });
    });
  const records = (): RoundRecord[] => events.flatMap((event) => (event.type === 'rounds' ? event.records : []));
  return { controller, events, seen, records };
}

const stopped = (event: SimEvent) => event.type === 'stopped';
const finished = (event: SimEvent) => event.type === 'stopped' && event.finished;

describe('the run controller', () => {
  it('posts every round once, in order, and says when it has finished', async () => {
    const { controller, seen, records } = start(30);
    controller.play();
    await seen(finished);
    expect(records().map((record) => record.round)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  it('does one round a step', async () => {
    const { controller, seen, records, events } = start(10);
    controller.step();
    await seen(stopped);
    expect(records()).toHaveLength(1);
    events.length = 0;
    controller.step();
    await seen(stopped);
    expect(records().map((record) => record.round)).toEqual([2]);
  });

  it('reports changes made while it is paused, before the next round starts', async () => {
    const reported: (readonly Change[])[] = [];
    let onReported = () => {};
    const { controller, seen } = start(10, 0, async (changes) => {
      reported.push(changes);
      onReported();
    });
    controller.step();
    await seen(stopped);
    const change = { path: 'fleet.added', value: [{ id: 'device-7', parent: 'gateway-1' }] };
    const isReported = new Promise<void>((resolve) => {
      onReported = resolve;
    });
    controller.edit([change]);
    await isReported;
    expect(reported).toEqual([[change]]);
  });

  it('makes changes at the next round, and the same records at any pace', async () => {
    const results = await Promise.all(
      [0, 5].map(async (pace) => {
        const { controller, seen, records, events } = start(6, pace);
        controller.step();
        await seen(stopped);
        const first = records();
        events.length = 0;
        controller.edit([{ path: 'compression.device.quantise', value: 'int8' }]);
        controller.play();
        await seen(finished);
        return [...first, ...records()];
      }),
    );
    expect(results[0].map((record) => record.changes.length)).toEqual([0, 1, 0, 0, 0, 0]);
    expect(results[1]).toEqual(results[0]);
  });

  it('goes on after its last round when more rounds are wanted', async () => {
    const { controller, seen, records, events } = start(3);
    controller.play();
    await seen(finished);
    events.length = 0;
    controller.edit([{ path: 'rounds', value: 5 }]);
    controller.play();
    await seen(finished);
    expect(records().map((record) => record.round)).toEqual([4, 5]);
  });

  it('ends at a target accuracy, and goes on when it is taken back', async () => {
    const { controller, seen, records, events } = start(5);
    controller.edit([{ path: 'targetAccuracy', value: 0.001 }]);
    controller.play();
    await seen(finished);
    expect(records().map((record) => record.round)).toEqual([1]);
    events.length = 0;
    controller.edit([{ path: 'targetAccuracy', value: 0 }]);
    controller.play();
    await seen(finished);
    expect(records().map((record) => record.round)).toEqual([2, 3, 4, 5]);
  });

  it('ends at the target that the experiment has from the start', async () => {
    const { controller, seen, records } = start(5, 0, undefined, { targetAccuracy: 0.001 });
    controller.play();
    await seen(finished);
    expect(records()).toHaveLength(1);
  });

  it('shows every round that was made when it is paused at full speed', async () => {
    const { controller, seen, records, events } = start(1000);
    controller.play();
    await seen((event) => event.type === 'rounds');
    await new Promise((resolve) => setTimeout(resolve, 60));
    controller.pause();
    await new Promise((resolve) => setTimeout(resolve, 60));
    const shown = records().length;
    events.length = 0;
    controller.step();
    await seen(stopped);
    expect(records().map((record) => record.round)).toEqual([shown + 1]);
    controller.close();
  });

  it('goes on after its end was moved before the present round and back', async () => {
    const { controller, seen, records, events } = start(50, 1);
    controller.step();
    await seen(stopped);
    controller.edit([{ path: 'rounds', value: 1 }]);
    controller.play();
    await seen(finished);
    controller.edit([{ path: 'rounds', value: 4 }]);
    events.length = 0;
    controller.play();
    await seen(finished);
    expect(records().map((record) => record.round)).toEqual([2, 3, 4]);
  });

  it('reports a failure in a sentence', async () => {
    const { controller, seen, events } = start(6);
    controller.edit([{ path: 'training.learningRate', value: -1 }]);
    controller.play();
    await seen((event) => event.type === 'failed');
    expect(events.at(-1)).toMatchObject({
      message: 'training.learningRate must be a number from 0.0001 to 1, not -1.',
    });
  });

  it('says that it has paused when the round under way is done, not before', async () => {
    const { controller, seen, events } = start(1000, 1);
    controller.play();
    await seen((event) => event.type === 'rounds');
    controller.pause();
    await seen(stopped);
    const last = events.findLastIndex((event) => event.type === 'rounds');
    expect(events.findIndex(stopped)).toBeGreaterThan(last);
    const count = events.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events).toHaveLength(count);
    controller.close();
  });

  it('goes on after the rounds that the page has, with the records of a run that was never interrupted', async () => {
    const whole = start(6);
    whole.controller.step();
    await whole.seen(stopped);
    whole.controller.edit([{ path: 'compression.device.quantise', value: 'int8' }]);
    whole.controller.play();
    await whole.seen(finished);

    const edits = [{ round: 2, changes: [{ path: 'compression.device.quantise', value: 'int8' }] }];
    let replays = 0;
    const again = start(6, 0, undefined, { edits, completedRounds: 3, onReplayed: () => replays++ });
    // Changed during the replay: it applies from the next round on, as it would have in the first worker.
    again.controller.edit([{ path: 'rounds', value: 5 }]);
    again.controller.play();
    await again.seen(finished);
    expect(replays).toBe(1);
    const [first, second] = again.records();
    expect(again.records().map((record) => record.round)).toEqual([4, 5]);
    expect(first.changes).toEqual([{ path: 'rounds', value: 5 }]);
    expect({ ...first, changes: [] }).toEqual(whole.records()[3]);
    expect(second).toEqual(whole.records()[4]);
  });

  it('posts nothing after it was closed', async () => {
    const { controller, seen, events } = start(1000);
    controller.play();
    await seen((event) => event.type === 'rounds');
    controller.close();
    const count = events.length;
    const other = start(5);
    other.controller.play();
    await other.seen(finished);
    expect(events.length).toBe(count);
  });
});
