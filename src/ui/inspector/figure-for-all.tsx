// One figure for several devices at once: which one, its value, and a button that sets it as one change.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { type DeviceFigure, deviceFigures } from '../../sim/fleet/figures.ts';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import { setFigure } from '../../store/fleet-changes.ts';
import type { AppliedChanges } from '../../store/undo.ts';
import { foglineStore } from '../../store/use-fogline.ts';
import { formatCounted } from '../format.ts';
import { changeNodes, fromWhen } from '../graph/fleet-actions.ts';
import { say } from '../graph/graph-view.ts';
import { ChoiceRow } from '../shared/choice-row.tsx';
import { SliderRow } from '../shared/slider-row.tsx';
import { formatFigure } from './figure-format.ts';
import { figureGroups } from './figure-groups.ts';

const options = figureGroups.map(({ title, figures }) => ({
  group: title,
  items: figures.map((figure) => ({ value: figure, label: deviceFigures[figure].label })),
}));

interface FigureForAllProps {
  readonly devices: readonly DeviceNode[];
  /** With what can be taken back. */
  readonly onChange: (done: AppliedChanges | null) => void;
}

export function FigureForAll({ devices, onChange }: FigureForAllProps) {
  const [figure, setChosen] = useState<DeviceFigure>('uplink');
  /** Null as long as the visitor has not chosen a value: then it is that of the middle device. */
  const [draft, setDraft] = useState<number | null>(null);
  const spec = deviceFigures[figure];
  const values = devices.map(({ figures }) => figures[figure]).sort((a, b) => a - b);
  if (values.length === 0) return null;
  const [least, most] = [values[0], values[values.length - 1]];
  const value = draft ?? values[Math.floor((values.length - 1) / 2)];
  const isSo = least === most && value === least;
  const format = (each: number) => formatFigure(spec, each);

  const apply = () => {
    const ids = devices.map(({ id }) => id);
    const done = changeNodes(ids, setFigure(foglineStore.getState().experiment, devices, figure, value));
    if (!done) return;
    say(`${spec.label} is ${format(value)} for ${formatCounted(ids.length, 'device')}${fromWhen()}.`);
    setDraft(null);
    onChange(done);
  };
  return (
    <div className="selection-figure">
      <div className="inspector-choices">
        <ChoiceRow
          label="Figure"
          name="Figure of the selected devices"
          help="Which figure to set for all of them."
          value={figure}
          options={options}
          onChange={(next) => {
            setChosen(next as DeviceFigure);
            setDraft(null);
          }}
        />
      </div>
      <SliderRow
        label={spec.label}
        value={value}
        unit={spec.unit}
        min={spec.min}
        max={spec.max}
        step={spec.step}
        scale={spec.scale}
        help={spec.help}
        format={format}
        onChange={setDraft}
      />
      <div className="selection-figure-foot">
        <Button
          variant="default"
          size="compact-xs"
          disabled={isSo}
          title={isSo ? 'All of them have this value' : 'Sets this value for all of them, from the next round on'}
          onClick={apply}
        >
          Set for {formatCounted(devices.length, 'device')}
        </Button>
        <span className="inspector-note number">
          now {least === most ? format(least) : `${format(least)} to ${format(most)}`}
        </span>
      </div>
    </div>
  );
}
