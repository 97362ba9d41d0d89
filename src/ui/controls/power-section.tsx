// Batteries over the simulated clock: how full they start, how often a round drains them, what charges them, and how devices
// save them.

import { useFogline } from '../../store/use-fogline.ts';
import { ChoiceRow } from '../shared/choice-row.tsx';
import { useSetting } from '../shared/use-setting.ts';
import { Section } from './section.tsx';
import { SettingRows } from './setting-rows.tsx';
import { powerSettings } from './shown-settings.ts';
import { formatHour, intervalOptions, powerSummary } from './summaries.ts';

/** The intervals that people think in; a slider over a day would have 1,440 stops. */
function IntervalChoice() {
  const { setting, value, set } = useSetting('power.interval', 'number');
  return (
    <ChoiceRow
      label={setting.label}
      help={setting.help}
      value={String(value)}
      options={intervalOptions(value)}
      onChange={(seconds) => set(Number(seconds))}
    />
  );
}

export function PowerSection() {
  const experiment = useFogline((state) => state.experiment);
  return (
    <Section title="Power" summary={powerSummary(experiment.power)} folded>
      <SettingRows
        paths={powerSettings(experiment)}
        own={{
          'power.interval': { control: <IntervalChoice /> },
          'power.startHour': { format: formatHour },
          'power.schedule': { label: 'Schedule' },
        }}
      />
    </Section>
  );
}
