// How updates become the next model: whom a round waits for, what that mode asks for, and who counts how much.

import type { Experiment } from '../../sim/experiment/experiment.ts';
import { strategies } from '../../sim/strategies/index.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { ChoiceRow } from '../shared/choice-row.tsx';
import { helpOf, RestartMark } from '../shared/restart-mark.tsx';
import { settingAt, useSetting } from '../shared/use-setting.ts';
import { Chosen, Section } from './section.tsx';
import { SettingRows } from './setting-rows.tsx';
import { aggregationSettings } from './shown-settings.ts';
import { aggregationSummary } from './summaries.ts';
import { TierFlow } from './tier-flow.tsx';
import { type CombiningTier, tierHelp } from './tier-policies.ts';
import { toWaitingChanges, waitingOf, waitingOptions, waitings } from './waiting.ts';

function WaitingRow() {
  const waiting = useFogline((state) => waitingOf(state.experiment));
  const hasFamilies = useFogline((state) => state.experiment.families.assignment === 'by-rule');
  const { help, source } = waitings[waiting];
  return (
    <>
      <ChoiceRow
        label="Wait for"
        help={`${settingAt('aggregation.mode', 'choice').help} Synchronous or not starts the run again.`}
        value={waiting}
        options={waitingOptions(hasFamilies)}
        badge={<RestartMark live={false} />}
        onChange={(id) => foglineStore.getState().change(toWaitingChanges(id, hasFamilies))}
      />
      {waiting === 'by-tier' && <TierFlow />}
      <Chosen help={help} source={source} />
      {hasFamilies && <Chosen help="FedAsync and FedBuff learn one model: not while each device has its own." />}
    </>
  );
}

/** How the nodes of a tier take what arrives. Families need a cloud that waits. */
function TierRow({ tier }: { readonly tier: CombiningTier }) {
  const { setting, value, set } = useSetting(`aggregation.${tier}Waits`, 'choice');
  const experiment = useFogline((state) => state.experiment);
  const mustWait = tier === 'cloud' && experiment.families.assignment === 'by-rule';
  return (
    <>
      <ChoiceRow
        label={setting.label}
        help={helpOf(setting)}
        value={value}
        options={setting.choices.map(({ id, label }) => ({
          value: id,
          label,
          disabled: mustWait && id === 'buffer',
        }))}
        badge={<RestartMark live={setting.live} />}
        onChange={set}
      />
      <Chosen
        help={
          mustWait
            ? `${tierHelp(experiment, tier)} Each device has its own model: it must.`
            : tierHelp(experiment, tier)
        }
      />
    </>
  );
}

const isByTier = ({ aggregation }: Experiment): boolean => aggregation.mode === 'by-tier';

export function AggregationSection() {
  const experiment = useFogline((state) => state.experiment);
  const { help, source } = strategies[experiment.aggregation.strategy];
  return (
    <Section title="Aggregation" summary={aggregationSummary(experiment)} folded>
      <SettingRows
        paths={aggregationSettings(experiment)}
        own={{
          'aggregation.mode': { control: <WaitingRow /> },
          'aggregation.gatewayWaits': { control: <TierRow tier="gateway" />, below: null },
          'aggregation.fogWaits': { control: <TierRow tier="fog" />, below: null },
          'aggregation.cloudWaits': { control: <TierRow tier="cloud" />, below: null },
          ...(isByTier(experiment) && { 'aggregation.buffer': { label: 'Cloud’s buffer' } }),
          'aggregation.strategy': { below: <Chosen help={help} source={source} /> },
          'aggregation.gatewayAggregator': { label: 'At the gateway' },
          'aggregation.upperAggregator': { label: 'At fog and cloud' },
        }}
      />
    </Section>
  );
}
