// How updates become the next model: whom a round waits for, what that mode asks for, and who counts how much.

import { strategies } from '../../sim/strategies/index.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { ChoiceRow } from '../shared/choice-row.tsx';
import { RestartMark } from '../shared/restart-mark.tsx';
import { settingAt } from '../shared/use-setting.ts';
import { Chosen, Section } from './section.tsx';
import { SettingRows } from './setting-rows.tsx';
import { aggregationSettings } from './shown-settings.ts';
import { aggregationSummary } from './summaries.ts';
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
        onChange={(id) => foglineStore.getState().change(toWaitingChanges(id))}
      />
      <Chosen help={help} source={source} />
      {hasFamilies && <Chosen help="FedAsync and FedBuff learn one model: not while each device has its own." />}
    </>
  );
}

export function AggregationSection() {
  const experiment = useFogline((state) => state.experiment);
  const { help, source } = strategies[experiment.aggregation.strategy];
  return (
    <Section title="Aggregation" summary={aggregationSummary(experiment)} folded>
      <SettingRows
        paths={aggregationSettings(experiment)}
        own={{
          'aggregation.mode': { control: <WaitingRow /> },
          'aggregation.strategy': { below: <Chosen help={help} source={source} /> },
          'aggregation.gatewayAggregator': { label: 'At the gateway' },
          'aggregation.upperAggregator': { label: 'At fog and cloud' },
        }}
      />
    </Section>
  );
}
