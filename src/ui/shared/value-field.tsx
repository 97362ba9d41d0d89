// A value that can be clicked and typed over. Enter (or leaving) commits, Escape gives up. A number without a unit has the unit
// that the field shows, beside the input; other units are understood. What cannot be is refused with a sentence, and the value stays.

import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { formatQuantity, parseQuantity, tidy, toShown } from '../quantity.ts';
import './value-field.css';

export interface ValueFieldProps {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean | undefined;
  readonly text: string;
  readonly disabled?: boolean | undefined;
  readonly onChange: (value: number) => void;
}

type Allowed = Pick<ValueFieldProps, 'label' | 'value' | 'unit' | 'min' | 'max' | 'integer'>;

/** What the input holds when it opens, and the unit beside it: '2' and 'Mbit/s' for 2,000 kbit/s. */
export function toTyped({ value, unit }: Pick<Allowed, 'value' | 'unit'>): { text: string; unit: string } {
  const { number, unit: shown } = toShown(value, unit);
  return { text: String(tidy(number)), unit: shown };
}

const kindOf = (integer: boolean | undefined): string => (integer ? 'a whole number' : 'a number');

/** 'from 0.1 kbit/s to 10 Gbit/s'; the unit once where it is the same. */
function rangeOf({ unit, min, max }: Pick<Allowed, 'unit' | 'min' | 'max'>): string {
  const [least, most] = [formatQuantity(min, unit), formatQuantity(max, unit)];
  const shared = unit !== '' && least.endsWith(` ${unit}`) && most.endsWith(` ${unit}`);
  return `from ${shared ? least.slice(0, -unit.length - 1) : least} to ${most}`;
}

/** The value in what was typed ('1,5', '2 Mbit/s'), in the setting's unit; or the sentence that says what would be right. */
export function readValue(typed: string, allowed: Allowed): { readonly value: number } | { readonly refusal: string } {
  const { label, unit, min, max, integer } = allowed;
  const value = parseQuantity(typed, unit, toTyped(allowed).unit);
  if (value !== null && value >= min && value <= max && !(integer && !Number.isInteger(value))) return { value };
  const said = typed.trim().slice(0, 24);
  const what = value === null && said !== '' ? `“${said}” cannot be read: ` : '';
  return { refusal: `${what}${label} must be ${kindOf(integer)} ${rangeOf(allowed)}.` };
}

/** A refusal of what was left in the field stays in sight for so long. */
const REFUSAL_MILLISECONDS = 6000;

const REFUSAL_PIXELS = 226;

interface RefusalProps {
  readonly text: string;
  readonly id: string;
}

/** The sentence below a field, over whatever is there: a card that scrolls would cut it. */
export function Refusal({ text, id }: RefusalProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  useLayoutEffect(() => {
    const box = text && anchor.current?.parentElement?.getBoundingClientRect();
    if (!box) return;
    const right = Math.min(box.right + 4, window.innerWidth - 8);
    setPlace({ left: Math.max(8, right - REFUSAL_PIXELS), top: box.bottom + 6 });
  }, [text]);
  return (
    <span ref={anchor}>
      {text &&
        createPortal(
          <span className="value-field-refusal" role="alert" id={id} style={{ ...place, width: REFUSAL_PIXELS }}>
            {text}
          </span>,
          document.body,
        )}
    </span>
  );
}

export function ValueField(props: ValueFieldProps) {
  const { label, value, text, disabled = false, onChange } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [opened, setOpened] = useState({ text: '', unit: '' });
  const [refusal, setRefusal] = useState('');
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  /** The input may lose the focus once more as it goes away. */
  const isOpen = useRef(false);

  useEffect(() => {
    if (typed !== null || refusal === '') return;
    const timer = setTimeout(() => setRefusal(''), REFUSAL_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [typed, refusal]);

  const open = () => {
    const shown = toTyped(props);
    setOpened(shown);
    setTyped(shown.text);
    setRefusal('');
    isOpen.current = true;
  };
  const close = (refocus: boolean) => {
    isOpen.current = false;
    setTyped(null);
    if (refocus) setTimeout(() => button.current?.focus());
  };
  const commit = (input: string, refocus: boolean) => {
    // What was not touched is not rounded either.
    const read = input === opened.text ? { value } : readValue(input, props);
    if ('refusal' in read) {
      setRefusal(read.refusal);
      if (!refocus) close(false);
      return;
    }
    if (read.value !== value) onChange(read.value);
    setRefusal('');
    close(refocus);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit(event.currentTarget.value, true);
    if (event.key === 'Escape') {
      event.stopPropagation();
      setRefusal('');
      close(true);
    }
  };
  const said = <Refusal text={refusal} id={`${id}-refusal`} />;

  if (typed === null) {
    return (
      <span className="value-field-editor">
        <button
          ref={button}
          type="button"
          className="value-field number"
          disabled={disabled}
          aria-label={`${label}: ${text}. Type a value`}
          title="Click to type a value"
          onClick={open}
        >
          {text}
        </button>
        {said}
      </span>
    );
  }
  return (
    <span className="value-field-editor">
      <input
        // biome-ignore lint/a11y/noAutofocus: the field opens because the visitor pressed its value
        autoFocus
        className="value-field-input number"
        inputMode="decimal"
        aria-label={label}
        aria-invalid={refusal !== ''}
        aria-describedby={`${id}-unit ${id}-refusal`}
        title="A decimal point or comma; 1,000 is a thousand"
        value={typed}
        style={{ width: `calc(${Math.min(10, Math.max(4, typed.length + 1))}ch + 12px)` }}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setRefusal('');
        }}
        onKeyDown={onKeyDown}
        onBlur={(event) => isOpen.current && commit(event.currentTarget.value, false)}
      />
      <span className="value-field-unit" id={`${id}-unit`}>
        {opened.unit && <span className="visually-hidden">a plain number is in </span>}
        {opened.unit}
      </span>
      {said}
    </span>
  );
}
