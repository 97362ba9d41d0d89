// A section's settings, row after row: each with the control that its kind asks for, or with the section's own.

import type { ReactNode } from 'react';
import { settings } from '../../sim/experiment/experiment.ts';
import { valueAt } from '../../sim/experiment/parse-experiment.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { SettingControl } from '../shared/setting-control.tsx';
import { Chosen } from './section.tsx';

/** What a section has to say of a setting of its own. */
export interface OwnRow {
  readonly label?: string;
  readonly format?: (value: number) => string;
  readonly most?: number;
  readonly possible?: readonly string[];
  readonly inEffect?: string;
  /** Instead of the plain control. */
  readonly control?: ReactNode;
  /** A line below it; null for none. */
  readonly below?: ReactNode;
}

/** Of a choice between variants, what the chosen one does; the default needs no words. */
function ChosenVariant({ path }: { readonly path: string }) {
  const setting = settings.get(path);
  const chosen = useFogline((state) => valueAt(state.experiment, path));
  if (setting?.kind !== 'choice' || chosen === setting.default) return null;
  const { help, source } = setting.choices.find(({ id }) => id === chosen) ?? {};
  return help && <Chosen help={help} source={source} />;
}

interface SettingRowsProps {
  readonly paths: readonly string[];
  readonly own?: Readonly<Record<string, OwnRow>>;
}

export function SettingRows({ paths, own = {} }: SettingRowsProps) {
  return paths.map((path) => {
    const { control, below = <ChosenVariant path={path} />, ...more } = own[path] ?? {};
    return (
      <div key={path} className="setting-row">
        {control ?? <SettingControl path={path} {...more} />}
        {below}
      </div>
    );
  });
}
