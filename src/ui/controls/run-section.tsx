// The run's own numbers: rounds and seed.

import { Button } from '@mantine/core';
import { seedsFrom } from '../../sim/lab/efficiency/seeds.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { formatCounted } from '../format.ts';
import { formatQuantity, tidy } from '../quantity.ts';
import { SettingNumber } from '../shared/setting-number.tsx';
import { Section } from './section.tsx';
import { SettingRows } from './setting-rows.tsx';
import { runSettings } from './shown-settings.ts';

const { set } = foglineStore.getState();

const seedControl = (
  <SettingNumber path="seed">
    <Button
      size="compact-xs"
      variant="default"
      title="The same experiment with other chances: other data, start weights and batches"
      onClick={() => set('seed', seedsFrom(foglineStore.getState().experiment.seed, 2)[1])}
    >
      Next seed
    </Button>
  </SettingNumber>
);

export function RunSection() {
  const seed = useFogline((state) => state.experiment.seed);
  const rounds = useFogline((state) => state.experiment.rounds);
  const target = useFogline((state) => state.experiment.targetAccuracy);
  const end = `${formatCounted(rounds, 'round')}${target > 0 ? ` or ${formatQuantity(tidy(100 * target), '%')}` : ''}`;
  return (
    <Section title="Run" aside={`${end} · seed ${seed}`} folded>
      <SettingRows paths={runSettings()} own={{ seed: { control: seedControl } }} />
    </Section>
  );
}
