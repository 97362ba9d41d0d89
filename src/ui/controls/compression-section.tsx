// How updates are packed on every link: one click for all uplinks, or a codec for each tier.

import { Button, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { adaptivePolicies } from '../../sim/compression/adaptive/index.ts';
import { bytesUpOf, bytesUpRawOf } from '../../sim/record/record.ts';
import { openTable } from '../../store/lab-view.ts';
import type { FoglineState } from '../../store/store.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { HelpLabel } from '../shared/help-label.tsx';
import { quickCodecs, quickOf, toQuickChanges, type Uplink } from './codec-choice.ts';
import { PipelineRow } from './pipeline-row.tsx';
import { Fold, Section } from './section.tsx';
import { SettingRows } from './setting-rows.tsx';
import { compressionSettings, modelSideSettings, pipelineSettings } from './shown-settings.ts';
import { modelSideWords } from './summaries.ts';

const { change } = foglineStore.getState();

// Six choices share one line: what top-k keeps is said aloud, and shown by the sliders that it brings.
const quickData = Object.keys(quickCodecs).map((label) => {
  const [shown, ...rest] = label.split(' ');
  return {
    value: label,
    label: rest.length === 0 ? shown : <QuickLabel shown={shown} rest={rest.join(' ')} />,
  };
});

function QuickLabel({ shown, rest }: { readonly shown: string; readonly rest: string }) {
  return (
    <span title={`${shown} ${rest}`}>
      {shown} <span className="visually-hidden">{rest}</span>
    </span>
  );
}

function AllUplinks() {
  const id = useId();
  const quick = useFogline((state) => quickOf(state.experiment.compression));
  return (
    <div className="all-uplinks">
      <HelpLabel
        label="All uplinks"
        help="One codec for device → gateway, gateway → fog and fog → cloud. It holds from the next round."
        helpId={`${id}-help`}
        labelId={`${id}-label`}
        badge={quick === '' && <span className="all-uplinks-mixed">set by tier</span>}
      />
      <SegmentedControl
        fullWidth
        size="xs"
        className="all-uplinks-choices"
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-help`}
        data={quickData}
        value={quick}
        onChange={(choice) => change(toQuickChanges(choice))}
      />
    </div>
  );
}

const uplinkLabels: Readonly<Record<Uplink, string>> = {
  device: 'device → gateway',
  gateway: 'gateway → fog',
  fog: 'fog → cloud',
};

/** What devices choose their codec by, when they do; said on their line instead of one codec. */
function DeviceRow() {
  const adapt = useFogline((state) => state.experiment.compression.adapt);
  const policy = adaptivePolicies[adapt];
  return (
    <PipelineRow
      tier="device"
      label={uplinkLabels.device}
      instead={adapt === 'fixed' ? undefined : policy.label.toLowerCase()}
    >
      {adapt !== 'fixed' && (
        <p className="section-chosen">
          Devices choose what they keep and the quantiser {policy.label.toLowerCase()}; the other stages are as set
          here.
        </p>
      )}
    </PipelineRow>
  );
}

/** Asynchronous updates go through gateways and fogs as they are: nothing is averaged there, so nothing is encoded again. */
function UpperRow({ tier }: { readonly tier: 'gateway' | 'fog' }) {
  const isPassedOn = useFogline(({ experiment }) => pipelineSettings(experiment, tier).length === 0);
  return (
    <PipelineRow tier={tier} label={uplinkLabels[tier]} instead={isPassedOn ? 'as it came' : undefined}>
      {isPassedOn && (
        <p className="section-chosen">
          In asynchronous mode each update is passed on as it came, without another codec.
        </p>
      )}
    </PipelineRow>
  );
}

function ModelSide() {
  const experiment = useFogline((state) => state.experiment);
  return (
    <Fold name="pruning" words={modelSideWords(experiment)}>
      <SettingRows paths={modelSideSettings(experiment)} />
    </Fold>
  );
}

function MoreRows() {
  const experiment = useFogline((state) => state.experiment);
  return <SettingRows paths={compressionSettings(experiment)} own={{ 'compression.adapt': { label: 'Codec' } }} />;
}

/** Share of all uplinks' bytes that the codecs saved in the last round, in thousandths; NaN before the first. */
function selectSaved({ history }: FoglineState): number {
  const record = history.at(-1);
  if (!record) return Number.NaN;
  return Math.round(1000 * (1 - bytesUpOf(record) / bytesUpRawOf(record)));
}

const aboutSaved = (saved: number): string =>
  `All that went up in the last round, against the bare 32-bit floats. Counted in full: values, indices, scales, and a header and a checksum with every message${
    saved < 0 ? ', which is why plain FP32 comes out a little above its floats' : ''
  }.`;

function BytesSaved() {
  const saved = useFogline(selectSaved);
  if (Number.isNaN(saved)) return null;
  const percent = Math.abs(saved / 10).toFixed(saved % 10 === 0 ? 0 : 1);
  return (
    <span title={aboutSaved(saved)}>
      bytes up {saved >= 0 ? '−' : '+'}
      {percent} %
    </span>
  );
}

export function CompressionSection() {
  return (
    <Section title="Compression" aside={<BytesSaved />}>
      <AllUplinks />
      <DeviceRow />
      <UpperRow tier="gateway" />
      <UpperRow tier="fog" />
      <PipelineRow tier="down" label="back down" />
      <MoreRows />
      <ModelSide />
      <Button variant="default" size="compact-sm" fullWidth className="measure-codecs" onClick={openTable}>
        Measure all codecs
      </Button>
    </Section>
  );
}
