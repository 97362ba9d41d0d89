import { describe, expect, it } from 'vitest';
import { run } from '../../sim/engine/run.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { pipelines } from '../../sim/lab/pipelines.ts';
import { editsOf, type RoundRecord } from '../../sim/record/record.ts';
import { trivialTrainer } from '../../sim/testing/trivial-trainer.ts';
import type { LabEvent } from '../protocol.ts';
import { MessageRing } from '../sim/message-cache.ts';
import { answer, measureAll, replay } from './lab-tasks.ts';

const readAsset = async () => '';
const experiment = parseExperiment({ rounds: 6, data: { dataset: 'tutorial-noise' }, fleet: { devicesPerGateway: 2 } });

function tools() {
  const events: LabEvent[] = [];
  const tell = (event: LabEvent) => events.push(event);
  return { events, tools: { trainer: trivialTrainer, readAsset, noteLife: () => {}, rest: async () => {}, tell } };
}

describe('a replay', () => {
  it('finds the message that the run itself sent, live edits and all', async () => {
    const ring = new MessageRing(2 ** 25);
    const records: RoundRecord[] = [];
    const live = run(experiment, trivialTrainer, {
      readAsset,
      watch: (message) => ring.add(message),
      takeChanges: () => (records.length === 2 ? [{ path: 'compression.device.quantise', value: 'int4' }] : []),
    });
    for await (const record of live) records.push(record);

    for (const round of [2, 3, 6]) {
      const query = { round, node: 'device-3', direction: 'up', index: 0 } as const;
      const { events, tools: own } = tools();
      const found = await replay({ type: 'replay', experiment, edits: editsOf(records), backend: 'cpu', query }, own);
      expect(found).toEqual(answer(ring.find(query), query));
      expect(found.report?.codec).toBe(round < 3 ? 'FP32' : 'INT4');
      expect(events.map((event) => event.type === 'progress' && event.round)).toEqual(
        Array.from({ length: round }, (_, index) => index + 1),
      );
    }
  });

  it('says so when nothing crossed the link', async () => {
    const query = { round: 1, node: 'device-99', direction: 'up', index: 0 } as const;
    const found = await replay({ type: 'replay', experiment, edits: [], backend: 'cpu', query }, tools().tools);
    expect(found).toEqual({ count: 0, report: null });
  });
});

describe('the table', () => {
  it('measures every pipeline over the wanted rounds, and the one that is set as its twin', async () => {
    const { events, tools: own } = tools();
    await measureAll({ type: 'measure', experiment, backend: 'cpu', rounds: 3, seeds: 1, measured: [] }, own);
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
    const { events, tools: own } = tools();
    await measureAll({ type: 'measure', experiment, backend: 'cpu', rounds: 2, seeds: 3, measured: [] }, own);
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
  const { events, tools: own } = tools();
  await measureAll({ type: 'measure', experiment: wanted, backend: 'cpu', rounds: 2, seeds: 1, measured: [] }, own);
  return events.flatMap((event) => (event.type === 'measured' ? [event.row] : []));
}

it('measures only what a lost worker had not, and the rows are those of one that was never interrupted', async () => {
  const command = { type: 'measure', experiment, backend: 'cpu', rounds: 2, seeds: 2, measured: [] } as const;
  const rowsOf = (events: readonly LabEvent[]) =>
    events.flatMap((event) => (event.type === 'measured' ? [event.row] : []));
  const whole = tools();
  await measureAll(command, whole.tools);
  const measured = rowsOf(whole.events).slice(0, 5);
  const rest = tools();
  await measureAll({ ...command, measured }, rest.tools);
  expect([...measured, ...rowsOf(rest.events)]).toEqual(rowsOf(whole.events));
});
