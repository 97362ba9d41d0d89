import { describe, expect, it } from 'vitest';
import { Rng } from '../random.ts';
import type { RoundRecord } from '../record/record.ts';
import { collect } from '../testing/collect.ts';
import { applyChanges, type Change } from './edits.ts';
import { defaultExperiment, type Experiment, settings } from './experiment.ts';
import { parseExperiment, valueAt } from './parse-experiment.ts';
import type { Setting } from './settings.ts';
import { sentenceOnSettingsWithoutEffect, settingsWithoutEffect } from './settings-in-effect.ts';

describe('settings without effect', () => {
  it('are settings of the schema, and so are their reasons, which have an effect', () => {
    for (let seed = 0; seed < 50; seed++) {
      const idle = settingsWithoutEffect(anyExperiment(new Rng(`any ${seed}`)));
      for (const [path, because] of idle) {
        expect(settings.has(path), path).toBe(true);
        expect(because.length, path).toBeGreaterThan(0);
        for (const each of because) expect(settings.has(each) && !idle.has(each), `${each} of ${path}`).toBe(true);
      }
    }
  });

  it('are named with the reason, if they were changed from their default', () => {
    expect(
      sentenceOnSettingsWithoutEffect(parseExperiment({ rounds: 3, aggregation: { mode: 'fed-buff' } })),
    ).toBeNull();
    const experiment = parseExperiment({
      aggregation: { mode: 'fed-buff', gatewayRounds: 2, fogRounds: 3, mixing: 0.3, buffer: 7 },
      selection: { closes: true, deadline: 5 },
      compression: { gateway: { quantise: 'int4' }, fog: { sparsify: 'top-k' }, device: { keep: 0.5 } },
      data: { partition: 'iid', alpha: 0.3 },
    });
    expect(sentenceOnSettingsWithoutEffect(experiment)).toBe(
      'Without effect in this experiment: data.alpha (data.partition is iid); aggregation.mixing, aggregation.gatewayRounds, ' +
        'aggregation.fogRounds, selection.closes, selection.deadline, compression.gateway.quantise, compression.fog.sparsify ' +
        '(aggregation.mode is fed-buff); compression.device.keep (compression.device.sparsify is none).',
    );
  });

  it('include over-selection in asynchronous mode: no more devices are at work than were asked for', async () => {
    const small = { data: { dataset: 'tutorial-noise', samplesPerDevice: 20 }, rounds: 2 };
    for (const mode of ['fed-async', 'fed-buff']) {
      const [asked, spare] = [0, 1].map((overSelect) =>
        parseExperiment({
          ...small,
          aggregation: { mode },
          selection: { policy: 'random', fraction: 0.3, overSelect },
        }),
      );
      expect(settingsWithoutEffect(spare).get('selection.overSelect')).toEqual(['aggregation.mode']);
      expect(same(await recordsOf(asked), await recordsOf(spare))).toBe(true);
    }
  });

  it('change no record', async () => {
    const tried = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const rng = new Rng(`without effect ${seed}`);
      const experiment = anyExperiment(rng);
      const idle = [...settingsWithoutEffect(experiment).keys()];
      const before = await recordsOf(experiment);
      // All of them at once, and if that changes a record, one by one to name the culprit.
      const changes = idle.flatMap((path) => otherValue(path, experiment, rng));
      const after = await recordsOf(changed(experiment, changes));
      for (const { path } of changes) tried.add(path);
      if (same(before, after)) continue;
      for (const change of changes) {
        const alone = await recordsOf(changed(experiment, [change]));
        expect(same(before, alone), `${change.path} = ${String(change.value)} in ${JSON.stringify(experiment)}`).toBe(
          true,
        );
      }
      expect.fail(`together, ${changes.map(({ path }) => path).join(', ')} change a record`);
    }
    // Nearly every setting that can be idle was.
    expect(tried.size).toBeGreaterThan(45);
  });
});

/** A valid experiment whose choices and switches, and half of its numbers, stand anywhere. */
function anyExperiment(rng: Rng): Experiment {
  const small = applyChanges(defaultExperiment, [
    { path: 'rounds', value: 3 },
    { path: 'data.dataset', value: 'tutorial-noise' },
    { path: 'data.samplesPerDevice', value: 20 },
    { path: 'fleet.fogs', value: 2 },
    { path: 'fleet.gatewaysPerFog', value: 1 },
    { path: 'fleet.devicesPerGateway', value: 3 },
    { path: 'aggregation.buffer', value: 3 },
  ]);
  const fixed = ['rounds', 'data.dataset', 'data.samplesPerDevice'];
  const changes = [...settings].flatMap(([path, setting]): Change[] => {
    if (path.startsWith('fleet.') || fixed.includes(path)) return [];
    if (setting.kind === 'number') return [];
    return rng.uniform() < 0.5 ? [] : otherValue(path, small, rng);
  });
  const sync = rng.uniform() < 0.5 ? [] : [{ path: 'families.assignment', value: 'one' }];
  const experiment = tryChanges(small, [...changes, ...sync]);
  return experiment ?? anyExperiment(rng.split('again'));
}

function tryChanges(experiment: Experiment, changes: readonly Change[]): Experiment | null {
  try {
    return applyChanges(experiment, changes);
  } catch {
    return null;
  }
}

/** With those changes that make a valid experiment. */
const changed = (experiment: Experiment, changes: readonly Change[]): Experiment =>
  changes.reduce((now, change) => tryChanges(now, [change]) ?? now, experiment);

/** A change of the setting to another value that is allowed; none of a structure. */
function otherValue(path: string, experiment: Experiment, rng: Rng): Change[] {
  const setting = settings.get(path) as Setting;
  const now = valueAt(experiment, path);
  switch (setting.kind) {
    case 'toggle':
      return [{ path, value: !now }];
    case 'choice': {
      const others = setting.choices.filter(({ id }) => id !== now);
      return others.length === 0 ? [] : [{ path, value: others[rng.integer(others.length)].id }];
    }
    case 'number': {
      const { min, max, integer } = setting;
      // Numbers near the low end: 10,000 local epochs prove no more than three.
      const high = Math.min(max, Math.max(min + (integer ? 4 : 1), Number(now) * 2));
      const value = rng.between(min, high);
      return [{ path, value: integer ? Math.round(value) : value }];
    }
    case 'structure':
      return path === 'fleet.models' ? [{ path, value: { 'device-1': 'micro-cnn', 'device-2': 'tiny-mlp' } }] : [];
  }
}

const recordsOf = (experiment: Experiment): Promise<RoundRecord[]> => collect(experiment);

/** But for the names of the codecs, which the record repeats from the settings. */
function same(one: readonly RoundRecord[], other: readonly RoundRecord[]): boolean {
  const figures = (records: readonly RoundRecord[]) =>
    records.map(({ codecs: _, ...figure }) =>
      JSON.stringify(figure, (_key, value: unknown) =>
        ArrayBuffer.isView(value)
          ? Array.from(value as Float64Array, String)
          : typeof value === 'number'
            ? String(value)
            : value,
      ),
    );
  return JSON.stringify(figures(one)) === JSON.stringify(figures(other));
}
