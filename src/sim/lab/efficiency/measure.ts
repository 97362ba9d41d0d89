// Measures an experiment under one pipeline: a whole run, and for a student its distillation at the end.

import type { ReadAsset } from '../../data/dataset.ts';
import { openFederation, type YieldControl } from '../../data/federation.ts';
import type { MessageObserver } from '../../engine/messages/message-observer.ts';
import { runFederation } from '../../engine/run.ts';
import { applyChanges } from '../../experiment/edits.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { LocalTrainer } from '../../trainer.ts';
import { type Measurement, RunAccumulator } from './efficiency.ts';
import type { Pipeline } from './pipelines.ts';
import { distilStudent } from './student.ts';

export interface MeasureTools {
  readonly trainer: LocalTrainer;
  readonly readAsset: ReadAsset;
  /** Told at the start (0) and after each round. */
  readonly onRound?: (round: number) => void;
  /** See `openFederation` and `RunOptions`. */
  readonly yieldControl?: YieldControl;
  readonly onMessage?: MessageObserver;
}

export async function measurePipeline(
  experiment: Experiment,
  { id, changes, student }: Pick<Pipeline, 'id' | 'changes' | 'student'>,
  { trainer, readAsset, onRound, yieldControl, onMessage }: MeasureTools,
): Promise<Measurement> {
  // Pipelines are compared after as many rounds.
  const own = applyChanges(experiment, [...changes, { path: 'targetAccuracy', value: 0 }]);
  // Held out under every pipeline, so that all are measured on the same devices' data, whether a student is distilled or not.
  const federation = await openFederation(own, readAsset, yieldControl, own.families.publicSamples);
  const meter = new RunAccumulator();
  let teacher: Parameters<typeof distilStudent>[1]['teacher'] | undefined;
  const onModels: NonNullable<Parameters<typeof runFederation>[2]>['onModels'] = ([first]) => {
    teacher = first;
  };
  onRound?.(0);
  for await (const record of runFederation(federation, trainer, { onModels, ...(onMessage && { onMessage }) })) {
    meter.add(record);
    onRound?.(record.round);
  }
  const result = meter.result(id, own.seed);
  if (student === undefined || !teacher) return result;
  const { source, rng } = federation;
  const { bytes, accuracy } = await distilStudent(trainer, {
    teacher,
    hidden: student,
    features: source.unlabelled(own.families.publicSamples),
    test: source.test,
    rng: rng.split('student'),
  });
  return { ...result, upload: bytes, accuracy };
}
