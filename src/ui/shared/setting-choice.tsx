// One of a setting's choices, by its path: two or three short ones side by side, more of them in a select.

import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { ChoiceRow } from './choice-row.tsx';
import { HelpLabel } from './help-label.tsx';
import { helpOf, RestartMark } from './restart-mark.tsx';
import { useSetting } from './use-setting.ts';

interface SettingChoiceProps {
  readonly path: string;
  readonly label?: string | undefined;
  /** The choices that are possible here; all, if left out. */
  readonly possible?: readonly string[] | undefined;
  /** What holds instead of the value that is set. */
  readonly inEffect?: string | undefined;
}

const MOST_LETTERS_SIDE_BY_SIDE = 16;

export function SettingChoice({ path, label, possible, inEffect }: SettingChoiceProps) {
  const { setting, value: own, set } = useSetting(path, 'choice');
  const value = inEffect ?? own;
  const id = useId();
  const choices = setting.choices.filter(({ id: each }) => possible?.includes(each) ?? true);
  const data = choices.map((choice) => ({ value: choice.id, label: choice.label }));
  const text = label ?? setting.label;
  const badge = <RestartMark live={setting.live} />;
  const letters = data.reduce((sum, choice) => sum + choice.label.length, 0);
  if (data.length > 3 || letters > MOST_LETTERS_SIDE_BY_SIDE) {
    return <ChoiceRow label={text} help={helpOf(setting)} value={value} options={data} badge={badge} onChange={set} />;
  }
  return (
    <div className="choice-row">
      <HelpLabel label={text} help={helpOf(setting)} helpId={`${id}-help`} labelId={`${id}-label`} badge={badge} />
      <SegmentedControl
        className="choice-row-segments"
        size="xs"
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-help`}
        data={data}
        value={value}
        onChange={set}
      />
    </div>
  );
}
