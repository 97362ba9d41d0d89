import { describe, expect, it } from 'vitest';
import { openFederation } from '../data/federation.ts';
import { applyChanges } from '../experiment/edits.ts';
import { defaultExperiment } from '../experiment/experiment.ts';
import { largestBatch, ramOf } from '../fleet/memory.ts';
import { buildTopology } from '../fleet/topology.ts';
import { modelSpecOf } from '../model/model-specs.ts';
import { lessons } from './lessons.ts';

const experimentOf = (id: string) => {
  const lesson = lessons.find((each) => each.id === id);
  if (!lesson) throw new Error(`There is no lesson ${id}.`);
  return applyChanges(defaultExperiment, lesson.changes);
};

describe('the lessons', () => {
  it('are valid experiments that differ, each told in one sentence', () => {
    const experiments = lessons.map(({ changes }) => JSON.stringify(applyChanges(defaultExperiment, changes)));
    expect(new Set([...experiments, JSON.stringify(defaultExperiment)]).size).toBe(lessons.length + 1);
    for (const { about } of lessons) expect(about).toMatch(/^[A-Z0-9][^.!?]*(\.\d[^.!?]*)*[.]$/);
  });

  it('rescue: ten boards miss a batch of 32 by one sample', () => {
    const experiment = experimentOf('rescue');
    const { fleet, model, training } = experiment;
    const small = buildTopology(fleet).devices.filter(
      ({ figures }) => largestBatch(modelSpecOf(model.kind, experiment), ramOf(figures)) < training.batchSize,
    );
    expect(small).toHaveLength(10);
    expect(largestBatch(modelSpecOf(model.kind, experiment), ramOf(small[0].figures))).toBe(31);
  });

  it('lost class: the slow devices are those that hold the fifth class, and only it', async () => {
    const experiment = experimentOf('lost-class');
    const { data } = await openFederation(experiment, async () => '');
    const holders = [...data].filter(([, { labels }]) => labels.includes(4)).map(([number]) => `device-${number}`);
    expect(Object.keys(experiment.fleet.figures).sort()).toEqual(holders.sort());
  });
});
