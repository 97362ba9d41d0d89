import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { canStore } from '../../sim/fleet/storage.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import type { Rescues } from './to-rescues.ts';
import { toStorageRescues } from './to-storage-rescues.ts';

/** One kind of device with this much flash beside its firmware, bytes. */
function rescuesOf(free: number, settings: object, samples = 100) {
  const figures = { 'kind:arduino': { storage: free / 1024, firmware: 0 } };
  const experiment = parseExperiment({ fleet: { mix: ['arduino'], figures }, ...settings });
  const [device] = buildTopology(experiment.fleet).devices;
  return { experiment, device, ...toStorageRescues(experiment, device, 'tiny-mlp', { samples, round: 1 }) };
}
const labels = ({ rescues }: Rescues) => rescues.map(({ label }) => label);

describe('what makes a device’s storage large enough', () => {
  it('is nothing where all fits: 7,060 B of model and 100 samples of 65 B', () => {
    expect(rescuesOf(13_560, {})).toMatchObject({ rescues: [], lacking: 0 });
  });

  it('one byte less: fewer samples, the model in INT8, another model, or a narrower one', () => {
    const found = rescuesOf(13_559, {});
    expect(labels(found)).toEqual([
      '90 samples',
      'Model in INT8',
      'MicroCNN',
      'Logistic regression',
      '28 hidden units',
    ]);
    expect(found.rescues.map(({ restarts }) => restarts)).toEqual([true, false, true, true, true]);
    expect(found.lacking).toBe(0);
  });

  it('with error feedback: without it too, but not what would still be too much', () => {
    const compression = { device: { feedback: true }, down: { quantise: 'int8' } };
    expect(labels(rescuesOf(8265, { compression }))).toEqual([
      'No error feedback',
      'Logistic regression',
      '8 hidden units',
    ]);
    expect(labels(rescuesOf(9000, { compression })).at(0)).toBe('No error feedback');
  });

  it('counts what a device holds where quantities differ: half as many dealt make half as many held', () => {
    // 400 held at a setting of 200; 200 fit, so 100 dealt to each on average.
    const found = rescuesOf(7060 + 200 * 65, { data: { partition: 'quantity', samplesPerDevice: 200 } }, 400);
    expect(labels(found)[0]).toBe('100 samples');
  });

  it('together, where none is enough by itself', () => {
    // Beside 1,765 B of model in INT8, 50 samples of 65 B; in FP32 not even 10.
    expect(labels(rescuesOf(5100, {}))).toEqual(['Model in INT8 + 50 samples']);
    const compression = { device: { feedback: true } };
    expect(labels(rescuesOf(5100, { compression }))).toEqual(['Model in INT8 + no error feedback + 50 samples']);
  });

  it('says what lacks even with the fewest samples', () => {
    expect(rescuesOf(2048, {}).lacking).toBe(7060 + 10 * 65 - 2048);
  });

  it('keeps its word: with its changes made the device can store it', () => {
    for (const free of [2000, 5000, 7500, 9000, 12_000]) {
      for (const compression of [{}, { device: { feedback: true } }, { down: { difference: true } }]) {
        const { experiment, device, rescues } = rescuesOf(free, { compression });
        for (const { label, changes } of rescues) {
          const changed = applyChanges(experiment, changes);
          const samples = label.endsWith('samples') ? changed.data.samplesPerDevice : 100;
          expect(canStore(device, changed.model.kind, changed, { samples, round: 1 }), `${free} ${label}`).toBe(true);
        }
      }
    }
  });
});
