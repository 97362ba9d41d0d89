import { describe, expect, it } from 'vitest';
import { run } from '../../sim/engine/run.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { pipelines } from '../../sim/lab/efficiency/pipelines.ts';
import { editsOf, type RoundRecord } from '../../sim/record/record.ts';
import { trivialTrainer } from '../../sim/testing/trivial-trainer.ts';
import type { LabEvent } from '../protocol.ts';
import { MessageCache } from '../sim/message-cache.ts';
import { type LabContext, measureAll, replay, toQueryResult } from './lab-tasks.ts';

const readAsset = async () => '';
const experiment = parseExperiment({ rounds: 6, data: { dataset: 'tutorial-noise' }, fleet: { devicesPerGateway: 2 } });

function start() {
  const events: LabEvent[] = [];
  const context: LabContext = {
    trainer: trivialTrainer,
    readAsset,
    heartbeat: () => {},
    yieldToEventLoop: async () => {},
    post: (event) => events.push(event),
  };
  return { events, context };
}

describe('a replay', () => {
  it('finds the message that the run itself sent, live edits and all', async () => {
    const cache = new MessageCache(2 ** 25);
    const records: RoundRecord[] = [];
    const live = run(experiment, trivialTrainer, {
      readAsset,
      onMessage: (message) => cache.add(message),
      takeChanges: () => (records.length === 2 ? [{ path: 'compression.device.quantise', value: 'int4' }] : []),
    });
    for await (const record of live) records.push(record);

    for (const round of [2, 3, 6]) {
      const query = { round, node: 'device-3', direction: 'up', index: 0 } as const;
      const { events, context } = start();
      const result = await replay(
        { type: 'replay', experiment, edits: editsOf(records), backend: 'cpu', query },
        context,
      );
      expect(result).toEqual(toQueryResult(cache.find(query), query));
      expect(result.report?.codec).toBe(round < 3 ? 'FP32' : 'INT4');
      expect(events.map((event) => event.type === 'progress' && event.round)).toEqual(
        Array.from({ length: round }, (_, index) => index + 1),
      );
    }
  });

  it('finds nothing when nothing crossed the link', async () => {
    const query = { round: 1, node: 'device-99', direction: 'up', index: 0 } as const;
    const result = await replay({ type: 'replay', experiment, edits: [], backend: 'cpu', query }, start().context);
    expect(result).toEqual({ count: 0, report: null });
  });
});

describe('the table', () => {
  it('measures every pipeline over the wanted rounds, and does not run the present settings twice', async () => {
    const { events, context } = start();
    await measureAll({ type: 'measure', experiment, backend: 'cpu', rounds: 3, seeds: 1, measured: [] }, context);
    const rows = events.flatMap((event) => (event.type === 'measured' ? [event.row] : []));
    expect(rows.map(({ id }) => id)).toEqual(pipelines.map(({ id }) => id));
    expect(new Set(rows.map(({ rounds }) => rounds))).toEqual(new Set([3]));
    const [fp32, int8] = rows;
    expect(int8.bytesUp).toBeLessThan(fp32.bytesUp / 3);
    expect(rows.at(-1)).toEqual({ ...fp32, id: 'current' });
    const progress = events.flatMap((event) => (event.type === 'progress' ? [event.run] : []));
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.filter((each) => each === 2)).toHaveLength(4);
  });

  it('measures every pipeline with the same seeds, one pipeline after another', async () => {
    const { events, context } = start();
    await measureAll({ type: 'measure', experiment, backend: 'cpu', rounds: 2, seeds: 3, measured: [] }, context);
    const rows = events.flatMap((event) => (event.type === 'measured' ? [event.row] : []));
    expect(rows.map(({ id, seed }) => `${id} ${seed}`)).toEqual(
      pipelines.flatMap(({ id }) => [1, 2, 3].map((seed) => `${id} ${seed}`)),
    );
    const progress = events.flatMap((event) => (event.type === 'progress' ? [event] : []));
    expect(new Set(progress.map(({ runs }) => runs))).toEqual(new Set([3 * pipelines.length]));
    expect(progress[0].label).toBe('FP32, seed 1');
    // Another seed is another run.
    expect(rows[1].accuracy).not.toBe(rows[0].accuracy);
    const [alone] = await collectRows({ ...experiment, seed: 3 });
    expect(rows[2]).toEqual(alone);
  });
});

async function collectRows(wanted: typeof experiment) {
  const { events, context } = start();
  await measureAll({ type: 'measure', experiment: wanted, backend: 'cpu', rounds: 2, seeds: 1, measured: [] }, context);
  return events.flatMap((event) => (event.type === 'measured' ? [event.row] : []));
}

it('measures only what a failed worker had not, and the rows are those of one that was never interrupted', async () => {
  const command = { type: 'measure', experiment, backend: 'cpu', rounds: 2, seeds: 2, measured: [] } as const;
  const rowsOf = (events: readonly LabEvent[]) =>
    events.flatMap((event) => (event.type === 'measured' ? [event.row] : []));
  const whole = start();
  await measureAll(command, whole.context);
  const measured = rowsOf(whole.events).slice(0, 5);
  const remaining = start();
  await measureAll({ ...command, measured }, remaining.context);
  expect([...measured, ...rowsOf(remaining.events)]).toEqual(rowsOf(whole.events));
});
