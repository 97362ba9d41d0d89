// A tier's codec: its name on one line; opened, every stage of the pipeline with the settings that matter.

import { type ReactNode, useState } from 'react';
import { codecLabel } from '../../sim/compression/codec-spec.ts';
import { settings } from '../../sim/experiment/experiment.ts';
import type { Tier } from '../../sim/experiment/settings-in-effect.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { SettingRows } from './setting-rows.tsx';
import { pipelineSettings } from './shown-settings.ts';

/** Each setting's label without the tier, which the row says already. */
const shortLabels = (tier: Tier) => {
  const section = `compression.${tier}.`;
  const own = [...settings].filter(([path]) => path.startsWith(section));
  const labels = own.map(([path, { label }]) => [path, { label: label.replace(/, [^,]*$/, '') }] as const);
  return { ...Object.fromEntries(labels), [`${section}scales`]: { label: 'Scales by' } };
};

function Stages({ tier }: { readonly tier: Tier }) {
  const experiment = useFogline((state) => state.experiment);
  return <SettingRows paths={pipelineSettings(experiment, tier)} own={shortLabels(tier)} />;
}

interface PipelineRowProps {
  readonly tier: Tier;
  readonly label: string;
  /** What is said instead of the codec's name. */
  readonly instead?: string | undefined;
  readonly children?: ReactNode;
}

export function PipelineRow({ tier, label, instead, children }: PipelineRowProps) {
  const [open, setOpen] = useState(false);
  const codec = useFogline(({ experiment }) => codecLabel(experiment.compression[tier]));
  const extra = useFogline(({ experiment: { compression } }) =>
    tier === 'down' ? compression.down.difference && 'difference' : compression[tier].feedback && 'feedback',
  );
  return (
    <details
      className="uplink"
      data-tier={tier}
      aria-label={`Codec, ${label}`}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="uplink-head" aria-label={`Codec, ${label}: ${instead ?? codec}`}>
        <span className="uplink-name">{label}</span>
        <span className="uplink-codec number">
          {instead ?? codec}
          {extra && <span className="uplink-extra"> + {extra}</span>}
        </span>
      </summary>
      {open && (
        <div className="section-body uplink-body">
          {children}
          <Stages tier={tier} />
        </div>
      )}
    </details>
  );
}
