// What the devices sense, and how it is spread over them.

import { Popover, UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { shortages } from '../../sim/data/data-distribution.ts';
import type { Dataset } from '../../sim/data/dataset.ts';
import { datasets } from '../../sim/data/datasets/index.ts';
import { partitionInEffect, partitionsFor } from '../../sim/data/partition-in-effect.ts';
import type { Source } from '../../sim/experiment/settings.ts';
import type { OwnSettings } from '../../sim/experiment/variants.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCounted } from '../format.ts';
import { Chosen, Fold, Section } from './section.tsx';
import { SettingRows } from './setting-rows.tsx';
import { dataSettings, moreDataSettings } from './shown-settings.ts';
import { samplesWords } from './summaries.ts';

function SourceLink({ source }: { readonly source: Source }) {
  if (typeof source === 'string') return source;
  if (!source.url) return source.text;
  return (
    <a href={source.url} target="_blank" rel="noreferrer">
      {source.text}
    </a>
  );
}

function AboutData() {
  const id = useFogline((state) => state.experiment.data.dataset);
  const testSamples = useFogline((state) => state.partition?.testSamples);
  const dataset: Dataset<OwnSettings> = datasets[id];
  return (
    <Popover position="right-start" width={330} shadow="md" withArrow>
      <Popover.Target>
        <UnstyledButton className="about-data-button" aria-label={`${dataset.nature} data: about ${dataset.label}`}>
          {dataset.nature} · about
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className="about-data">
        <p>
          <b>{dataset.label}</b> · {dataset.nature}
        </p>
        <p>{dataset.help}</p>
        <dl>
          <dt>Tells apart</dt>
          <dd>{dataset.task.classNames.join(', ')}</dd>
          <dt>From</dt>
          <dd>
            {formatCounted(dataset.task.features, 'feature')}: {dataset.task.featureNames[0]} …{' '}
            {dataset.task.featureNames.at(-1)}
          </dd>
          {testSamples !== undefined && (
            <>
              <dt>Tested on</dt>
              <dd className="number">{formatCounted(testSamples, 'sample')} that no device trains on</dd>
            </>
          )}
          <dt>Source</dt>
          <dd>
            <SourceLink source={dataset.source} />
          </dd>
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Where the data set has less than the settings ask for. */
function Shortages() {
  const partition = useFogline((state) => state.partition);
  const samplesPerDevice = useFogline((state) => state.experiment.data.samplesPerDevice);
  const words = useMemo(() => (partition ? shortages(partition, samplesPerDevice) : []), [partition, samplesPerDevice]);
  return words.map((sentence) => (
    <p key={sentence} className="section-note">
      {sentence}
    </p>
  ));
}

export function DataSection() {
  const experiment = useFogline((state) => state.experiment);
  const more = moreDataSettings(experiment);
  const { samplesPerDevice, ownGroup } = experiment.data;
  const { partitionedByNature, task }: Dataset<OwnSettings> = datasets[experiment.data.dataset];
  const partition = partitionInEffect(experiment.data);
  return (
    <Section title="Data" action={<AboutData />}>
      <SettingRows
        paths={dataSettings(experiment)}
        own={{
          'data.dataset': { below: null },
          'data.partition': {
            possible: partitionsFor(experiment.data.dataset),
            inEffect: partition,
            below: partitionedByNature ? (
              <Chosen help="Partitioned by nature: each device has a distribution of its own, and no classes are dealt." />
            ) : undefined,
          },
          'data.classesPerDevice': { most: task.classes },
        }}
      />
      <Shortages />
      <Fold name="samples" words={samplesWords(samplesPerDevice, more.includes('data.ownGroup') && ownGroup)}>
        <SettingRows paths={more} />
      </Fold>
    </Section>
  );
}
