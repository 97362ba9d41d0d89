// A number of the experiment that is typed rather than slid, such as the seed.

import { type ReactNode, useId } from 'react';
import { formatQuantity } from '../quantity.ts';
import { HelpLabel } from './help-label.tsx';
import { helpOf, RestartMark } from './restart-mark.tsx';
import { useSetting } from './use-setting.ts';
import { ValueField } from './value-field.tsx';
import './choice-row.css';

export function SettingNumber({ path, children }: { readonly path: string; readonly children?: ReactNode }) {
  const { setting, value, set } = useSetting(path, 'number');
  const id = useId();
  return (
    <div className="choice-row">
      <HelpLabel
        label={setting.label}
        help={helpOf(setting)}
        helpId={`${id}-help`}
        badge={<RestartMark live={setting.live} />}
      />
      <span className="choice-row-typed">
        <ValueField
          label={setting.label}
          value={value}
          unit={setting.unit}
          min={setting.min}
          max={setting.max}
          integer={setting.integer}
          text={formatQuantity(value, setting.unit)}
          onChange={set}
        />
        {children}
      </span>
    </div>
  );
}
