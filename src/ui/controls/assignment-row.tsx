// One model for all devices, or each its own. Families need a cloud that waits: while it does not, the choice says so.

import { isAsynchronous } from '../../sim/engine/synchrony.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { ChoiceRow } from '../shared/choice-row.tsx';
import { helpOf, RestartMark } from '../shared/restart-mark.tsx';
import { useSetting } from '../shared/use-setting.ts';
import { Chosen } from './section.tsx';

export function AssignmentRow() {
  const { setting, value, set } = useSetting('families.assignment', 'choice');
  const isAsync = useFogline((state) => isAsynchronous(state.experiment));
  const options = setting.choices.map(({ id, label }) => ({
    value: id,
    label,
    disabled: isAsync && id === 'by-rule',
  }));
  return (
    <>
      <ChoiceRow
        label={setting.label}
        help={helpOf(setting)}
        value={value}
        options={options}
        badge={<RestartMark live={setting.live} />}
        onChange={set}
      />
      {isAsync && (
        <Chosen help="By device only where rounds are synchronous: a cloud that waits for nobody learns one model." />
      )}
    </>
  );
}
