import { describe, expect, test } from 'vitest';
import { applyChanges, type Change } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { collect } from '../../sim/testing/collect.ts';
import { judged } from './judged.ts';
import { partOf, summaryOf } from './round-summary.ts';
import { toTrend } from './trend.ts';

const base = { ...defaultExperiment, rounds: 1 };
async function summaryWith(...changes: Change[]) {
  const [record] = await collect(applyChanges(base, changes));
  return summaryOf(record);
}
const met = { standing: 'good', note: 'under 1 s' } as const;
const outOfMemory = { path: 'fleet.figures', value: { 'kind:arduino': { memory: 1 } } };

describe('a figure', () => {
  test('of all devices meets its target', async () => {
    const all = await summaryWith();
    expect(partOf(all)).toBe('');
    expect(judged(all, met)).toEqual({ standing: 'good', note: 'under 1 s' });
    expect(judged(undefined, met)).toEqual({ standing: 'good', note: 'under 1 s' });
  });

  test('that is good only because devices are missing says of how many it is, and meets nothing', async () => {
    const part = await summaryWith(outOfMemory);
    // Without the Arduinos the round is under a second, and takes less energy: that is no success.
    expect(part.seconds).toBeLessThan(1);
    expect(part.joules).toBeLessThan((await summaryWith()).joules);
    expect(judged(part, met)).toEqual({ standing: 'partial', note: '20 of 30 devices', more: 'under 1 s' });
    expect(judged(part, { ...met, standing: 'plain' }).standing).toBe('partial');
    const missed = { standing: 'bad', note: 'target under 1 s' } as const;
    expect(judged(part, missed)).toEqual({ ...missed, more: '20 of 30 devices' });
  });

  test('is whole where only some were asked, and is not where some were late', async () => {
    const asked = [
      { path: 'selection.policy', value: 'random' },
      { path: 'selection.fraction', value: 0.5 },
    ];
    const some = await summaryWith(...asked);
    expect(some).toMatchObject({ devices: 30, trained: 15, missing: 0 });
    expect(judged(some, met).standing).toBe('good');
    const closed = await summaryWith(
      { path: 'selection.closes', value: true },
      { path: 'selection.deadline', value: 0.5 },
    );
    expect(partOf(closed)).toBe('20 of 30 devices');
  });

  test('switched off by hand, or cut off, is missing too', async () => {
    const part = await summaryWith({ path: 'fleet.off', value: ['device-1', 'link:device-2'] });
    expect(partOf(part)).toBe('28 of 30 devices');
  });
});

test('a change since a round with other devices is neither better nor worse', async () => {
  const history = await collect({ ...base, rounds: 4 }, { edits: [{ round: 4, changes: [outOfMemory] }] });
  const joules = ({ joules: each }: { joules: number }) => each;
  expect(toTrend(history.slice(0, 3), joules).isComparable).toBe(true);
  expect(toTrend(history, joules)).toMatchObject({ over: 3, isComparable: false });
});
