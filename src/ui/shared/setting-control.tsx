// The control of any setting, by its path: a slider, a choice or a switch, as its kind asks for.

import { settings } from '../../sim/experiment/experiment.ts';
import { SettingChoice } from './setting-choice.tsx';
import { SettingSlider } from './setting-slider.tsx';
import { SettingToggle } from './setting-toggle.tsx';

interface SettingControlProps {
  readonly path: string;
  /** A shorter label where the section already says the rest. */
  readonly label?: string | undefined;
  /** A number as people read it: an hour as '8:00'. */
  readonly format?: ((value: number) => string) | undefined;
  /** Of a number, where less than its range makes sense. */
  readonly most?: number | undefined;
  /** Of a choice: those that are possible here, and what holds instead of the value that is set. */
  readonly possible?: readonly string[] | undefined;
  readonly inEffect?: string | undefined;
}

export function SettingControl({ path, label, format, most, possible, inEffect }: SettingControlProps) {
  const kind = settings.get(path)?.kind;
  if (kind === 'number') return <SettingSlider path={path} label={label} format={format} most={most} />;
  if (kind === 'choice') return <SettingChoice path={path} label={label} possible={possible} inEffect={inEffect} />;
  return <SettingToggle path={path} label={label} />;
}
