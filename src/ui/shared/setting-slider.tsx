// A number of the experiment on a slider, by its path: range, unit, scale and help come from the schema.

import { tidy } from '../quantity.ts';
import { helpOf, RestartMark } from './restart-mark.tsx';
import { SliderRow } from './slider-row.tsx';
import { useSetting } from './use-setting.ts';

const plainCount = (value: number): string => value.toLocaleString('en');

interface SettingSliderProps {
  readonly path: string;
  /** A shorter label where the section already says the rest. */
  readonly label?: string | undefined;
  /** The value as people read it: an hour as '8:00'. */
  readonly format?: ((value: number) => string) | undefined;
  /** Where less than the setting's range makes sense: as many classes as the data set has. */
  readonly most?: number | undefined;
}

export function SettingSlider({ path, label, format, most = Number.POSITIVE_INFINITY }: SettingSliderProps) {
  const { setting, value, set } = useSetting(path, 'number');
  // A share of 0.1 is shown, and typed, as 10 %.
  const times = setting.shownTimes;
  const shown = (number: number) => tidy(number * times);
  const text = label ?? setting.label;
  // 'Hidden units' and 'Rounds' say their unit already.
  const saysUnit = setting.unit !== '' && text.toLowerCase().split(' ').includes(setting.unit);
  const plain = format ?? (saysUnit ? plainCount : undefined);
  return (
    <SliderRow
      label={text}
      value={shown(Math.min(value, most))}
      unit={setting.unit}
      min={shown(setting.min)}
      max={shown(Math.min(setting.max, most))}
      step={shown(setting.step)}
      scale={setting.scale}
      help={helpOf(setting)}
      integer={setting.integer}
      format={setting.zero === undefined ? plain : (number) => (number === 0 ? setting.zero : plain?.(number))}
      badge={<RestartMark live={setting.live} />}
      commit={setting.live ? 'live' : 'end'}
      onChange={(next) => set(tidy(next / times))}
    />
  );
}
