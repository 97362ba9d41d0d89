import { describe, expect, it } from 'vitest';
import { modelFor } from '../../sim/engine/aggregation/families.ts';
import { applyChanges } from '../../sim/experiment/edits.ts';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { ramOf, trainingMemory } from '../../sim/fleet/memory.ts';
import { buildTopology, type DeviceNode } from '../../sim/fleet/topology.ts';
import { modelSpecOf } from '../../sim/model/model-specs.ts';
import { type ModelKind, modelKinds } from '../../sim/model/models.ts';
import { type Rescues, toRescues } from './to-rescues.ts';

/** The first device of a fleet that has only this kind. */
function rescuesOf(profile: string, settings: object, memory?: number) {
  const figures = memory === undefined ? {} : { figures: { 'device-1': { memory } } };
  const experiment = parseExperiment({ fleet: { mix: [profile], ...figures }, ...settings });
  const [device] = buildTopology(experiment.fleet).devices;
  const kind = modelFor(device, 1, experiment, { samples: 100, round: 1 });
  return { experiment, device, kind, ...toRescues(experiment, device, kind) };
}
const labels = ({ rescues }: Rescues) => rescues.map(({ label }) => label);

/** Whether the device trains in an experiment. */
function trains(experiment: Experiment, device: DeviceNode): boolean {
  const kind: ModelKind = modelFor(device, 1, experiment, { samples: 100, round: 1 });
  return trainingMemory(modelSpecOf(kind, experiment), experiment.training) <= ramOf(device.figures);
}

describe('rescues', () => {
  it('are none where the model fits', () => {
    expect(rescuesOf('mkr-wifi-1010', {})).toMatchObject({ rescues: [], lacking: 0 });
  });

  it('of a 32 KB board at batch 32: one sample less, checkpointing, another model or a narrower one', () => {
    const found = rescuesOf('mkr-wifi-1010', { training: { batchSize: 32 } });
    expect(labels(found)).toEqual(['Batch of 31', 'Gradient checkpointing', 'Logistic regression', '28 hidden units']);
    expect(found.rescues.map(({ note }) => note)).toEqual([
      'or less, for all devices',
      '+33 % computing',
      'for all devices',
      'for all devices',
    ]);
    expect(found.rescues.map(({ restarts }) => restarts)).toEqual([false, false, true, true]);
  });

  it('at batch 64 leave checkpointing out, which would not be enough', () => {
    expect(labels(rescuesOf('mkr-wifi-1010', { training: { batchSize: 64 } }))).toEqual([
      'Batch of 31',
      'Logistic regression',
      '16 hidden units',
    ]);
  });

  it('of MicroCNN: the other model for all, or for this device where each has its own', () => {
    const one = rescuesOf('mkr-wifi-1010', { model: { kind: 'micro-cnn' } });
    expect(one.rescues.find(({ label }) => label === 'TinyMLP')).toMatchObject({
      note: 'for all devices',
      restarts: true,
    });
    const settings = { families: { assignment: 'by-rule' } };
    const families = parseExperiment({
      ...settings,
      fleet: { mix: ['mkr-wifi-1010'], models: { 'device-1': 'micro-cnn' } },
    });
    const [device] = buildTopology(families.fleet).devices;
    const own = toRescues(families, device, 'micro-cnn').rescues.find(({ label }) => label === 'TinyMLP');
    expect(own).toMatchObject({ note: 'for this device', restarts: false });
  });

  it('combine a batch with checkpointing where neither is enough', () => {
    // Weights and gradients take 14,120 B; a sample's activations 596 B, or 468 B with checkpointing.
    const found = rescuesOf('mkr-wifi-1010', {}, 14_620 / 1024);
    expect(labels(found)[0]).toBe('Checkpointing and a batch of 1');
    expect(found.lacking).toBe(0);
  });

  it('of an Arduino Uno: logistic regression alone; even one sample of TinyMLP lacks 12.5 kB', () => {
    const found = rescuesOf('uno', {});
    expect(labels(found)).toEqual(['Logistic regression']);
    expect(found.lacking).toBe(14_120 + 468 - 2048);
  });

  it('rescue: with its changes made the device trains', () => {
    for (const profile of ['mkr-wifi-1010', 'lorawan', 'arduino']) {
      for (const batchSize of [16, 32, 36, 64, 128]) {
        for (const kind of modelKinds) {
          const { experiment, device, rescues } = rescuesOf(profile, { training: { batchSize }, model: { kind } });
          for (const { changes } of rescues) expect(trains(applyChanges(experiment, changes), device)).toBe(true);
        }
      }
    }
  });
});
