// The model, or the families of models where devices differ, and what they cost: parameters, bytes to send, memory to train.

import { taskOf } from '../../sim/data/datasets/index.ts';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import { memoryOptionsOf, trainingMemory } from '../../sim/fleet/memory.ts';
import { modelSpecOf, trainedSpecOf } from '../../sim/model/model-specs.ts';
import { modelKindsFor } from '../../sim/model/models.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatBytes, formatCount } from '../format.ts';
import { formatMemory } from '../shared/format-memory.ts';
import { AssignmentRow } from './assignment-row.tsx';
import { FamilyTable } from './family-table.tsx';
import { Fold, Section } from './section.tsx';
import { SettingRows } from './setting-rows.tsx';
import { modelSettings, moreModelSettings, moreTrainingSettings, trainingSettings } from './shown-settings.ts';
import { modelWords, trainingWords } from './summaries.ts';

const BYTES_PER_PARAMETER = 4;

function ModelCost({ experiment }: { readonly experiment: Experiment }) {
  const { model, training } = experiment;
  const spec = modelSpecOf(model.kind, experiment);
  return (
    <p
      className="model-cost number"
      title={`Modelled. To send: 4 bytes a parameter. To train: weights, gradients, and the activations of one batch of ${training.batchSize}.`}
    >
      {formatBytes(spec.parameters * BYTES_PER_PARAMETER)} to send ·{' '}
      {formatMemory(trainingMemory(trainedSpecOf(model.kind, experiment), memoryOptionsOf(experiment)))} to train
    </p>
  );
}

function Parameters({ experiment }: { readonly experiment: Experiment }) {
  return experiment.families.assignment === 'one'
    ? `${formatCount(modelSpecOf(experiment.model.kind, experiment).parameters)} parameters`
    : 'a model by device';
}

export function ModelSection() {
  const experiment = useFogline((state) => state.experiment);
  const isOne = experiment.families.assignment === 'one';
  const possible = modelKindsFor(taskOf(experiment.data));
  return (
    <Section title="Model" aside={<Parameters experiment={experiment} />}>
      <SettingRows paths={modelSettings(experiment)} own={{ 'model.kind': { possible } }} />
      {isOne ? <ModelCost experiment={experiment} /> : <FamilyTable />}
      <Fold name="model" words={modelWords(experiment)}>
        <SettingRows
          paths={moreModelSettings(experiment)}
          own={{
            'families.assignment': { control: <AssignmentRow /> },
            'families.cpuFloor': { label: 'CPU for the large model' },
            'families.large': { possible },
            'families.small': { possible },
            'families.weight': { label: 'Weight of all families' },
          }}
        />
      </Fold>
    </Section>
  );
}

export function TrainingSection() {
  const experiment = useFogline((state) => state.experiment);
  return (
    <Section title="Training">
      <SettingRows paths={trainingSettings(experiment)} />
      <Fold name="training" words={trainingWords(experiment)}>
        <SettingRows paths={moreTrainingSettings(experiment)} />
      </Fold>
    </Section>
  );
}
