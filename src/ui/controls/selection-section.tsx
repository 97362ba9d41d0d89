// Who takes part: the policy with its own settings, and when a round closes without the last.

import { selections } from '../../sim/selection/index.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { Section } from './section.tsx';
import { SettingRows } from './setting-rows.tsx';
import { selectionSettings } from './shown-settings.ts';

export function SelectionSection() {
  const experiment = useFogline((state) => state.experiment);
  const { policy, closes, deadline } = experiment.selection;
  const { label } = selections[policy];
  return (
    <Section title="Who takes part" summary={closes ? `${label} · ${deadline} s` : label}>
      <SettingRows paths={selectionSettings(experiment)} own={{ 'selection.policy': { label: 'Policy' } }} />
    </Section>
  );
}
