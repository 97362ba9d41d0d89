// How links vary, when devices can be reached, and whether gateways keep the model.

import { useFogline } from '../../store/use-fogline.ts';
import { formatSeconds } from '../format.ts';
import { Section } from './section.tsx';
import { SettingRows } from './setting-rows.tsx';
import { linksSettings } from './shown-settings.ts';
import { linksSummary } from './summaries.ts';

export function LinksSection() {
  const experiment = useFogline((state) => state.experiment);
  return (
    <Section title="Links and availability" summary={linksSummary(experiment.network)} folded>
      <SettingRows
        paths={linksSettings(experiment)}
        own={{
          'network.meanOn': { format: formatSeconds },
          'network.meanOff': { format: formatSeconds },
        }}
      />
    </Section>
  );
}
