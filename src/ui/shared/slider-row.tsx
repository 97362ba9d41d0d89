// One number on one slider: label and value above, slider below. The value can be typed; the help shows on the label.

import { Slider } from '@mantine/core';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { formatQuantity } from '../quantity.ts';
import { HelpLabel } from './help-label.tsx';
import { positionOf, stopAt, stopsOf } from './stops.ts';
import { useLiveValue } from './use-live-value.ts';
import { ValueField } from './value-field.tsx';
import './slider-row.css';

export interface SliderRowProps {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly scale: 'linear' | 'log';
  readonly help: string;
  /** Only whole numbers can be typed. */
  readonly integer?: boolean;
  /** The value as people read it, unit included; number and unit if left out. */
  readonly format?: ((value: number) => string | undefined) | undefined;
  /** A small mark after the label. */
  readonly badge?: ReactNode;
  readonly disabled?: boolean;
  /** 'live' (default): told about ten times a second while the thumb moves. 'end': told once, when it is let go. */
  readonly commit?: 'live' | 'end';
  readonly onChange: (value: number) => void;
}

export function SliderRow(props: SliderRowProps) {
  const { label, value, unit, min, max, step, scale, help, integer, badge, disabled = false, commit = 'live' } = props;
  const helpId = useId();
  const [focused, setFocused] = useState(false);
  const stops = useMemo(() => stopsOf({ min, max, step, scale }), [min, max, step, scale]);
  const { shown, grab, change } = useLiveValue(value, props.onChange, commit === 'end');
  const position = positionOf(stops, shown);
  const text = props.format?.(shown) ?? formatQuantity(shown, unit);
  // Mantine counts in stops; what assistive technology hears is the value itself.
  const thumb = {
    min,
    max,
    value: shown,
    'aria-describedby': helpId,
    onFocus: (event: { currentTarget: Element }) => setFocused(event.currentTarget.matches(':focus-visible')),
    onBlur: () => setFocused(false),
  };
  return (
    <div className="slider-row">
      <div className="slider-row-head">
        <HelpLabel label={label} help={help} helpId={helpId} focused={focused} badge={badge} />
        <ValueField
          label={label}
          value={value}
          unit={unit}
          min={min}
          max={max}
          integer={integer}
          text={text}
          disabled={disabled}
          onChange={props.onChange}
        />
      </div>
      <Slider
        className="slider-row-slider"
        size={4}
        thumbSize={14}
        label={null}
        min={0}
        max={stops.length - 1}
        step={1}
        precision={4}
        value={position}
        disabled={disabled}
        thumbLabel={label}
        thumbValueText={text}
        thumbProps={thumb}
        onPointerDown={grab}
        onChange={(next) => change(stopAt(stops, next, position))}
      />
    </div>
  );
}
