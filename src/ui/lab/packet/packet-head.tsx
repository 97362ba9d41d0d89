// Which message: the direction, the round, and where several cross the link in a round, which of them.

import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { useId, useState } from 'react';
import type { Direction } from '../../../sim/engine/messages/message-observer.ts';
import { type NetworkNode, nodeLabel } from '../../../sim/fleet/topology.ts';
import { formatCount } from '../../format.ts';
import { Refusal, readValue } from '../../shared/value-field.tsx';

interface PacketHeadProps {
  readonly node: NetworkNode;
  readonly parent: NetworkNode;
  readonly rounds: number;
  readonly round: number;
  /** Whether it goes on with the run. */
  readonly follows: boolean;
  readonly direction: Direction;
  readonly index: number;
  /** Messages on this link in this round. */
  readonly count: number;
  /** Null follows the run. */
  readonly onRound: (round: number | null) => void;
  readonly onDirection: (direction: Direction) => void;
  readonly onIndex: (index: number) => void;
}

export function PacketHead(props: PacketHeadProps) {
  const { node, parent, rounds, round, follows, direction, index, count, onRound, onDirection, onIndex } = props;
  return (
    <div className="packet-head">
      <SegmentedControl<Direction>
        size="xs"
        aria-label="Direction"
        data={[
          { value: 'up', label: `Up to ${nodeLabel(parent)}` },
          { value: 'down', label: `Down to ${nodeLabel(node)}` },
        ]}
        value={direction}
        onChange={onDirection}
      />
      <Stepper what="round" value={round} most={rounds} onChange={onRound} />
      <Button
        variant="default"
        size="compact-sm"
        className="packet-follow"
        aria-pressed={follows}
        disabled={rounds === 0}
        title="Shows each new round of the run as it is made"
        onClick={() => onRound(follows ? round : null)}
      >
        {follows ? '✓ ' : ''}Latest
      </Button>
      {count > 1 && <Stepper what="message" value={index + 1} most={count} onChange={(next) => onIndex(next - 1)} />}
    </div>
  );
}

interface StepperProps {
  readonly what: string;
  readonly value: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

/** One of a row of rounds or messages, counted from 1: a step either way, or typed. */
function Stepper({ what, value, most, onChange }: StepperProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [refusal, setRefusal] = useState('');
  const label = what === 'round' ? 'Round' : 'Message';
  const stepTo = (next: number) => {
    setRefusal('');
    onChange(next);
  };
  const take = () => {
    if (typed === null) return;
    setTyped(null);
    const read = readValue(typed, { label, value, unit: '', min: 1, max: most, integer: true });
    if ('refusal' in read) setRefusal(read.refusal);
    else onChange(read.value);
  };
  return (
    <div className="packet-stepper number">
      <ActionIcon
        variant="default"
        size={26}
        aria-label={`Previous ${what}`}
        disabled={value <= 1}
        onClick={() => stepTo(value - 1)}
      >
        ‹
      </ActionIcon>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="packet-number"
        inputMode="numeric"
        size={4}
        disabled={most === 0}
        value={typed ?? String(value)}
        aria-invalid={refusal !== ''}
        aria-describedby={`${id}-refusal`}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setRefusal('');
        }}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
      <span>of {formatCount(most)}</span>
      <Refusal text={refusal} id={`${id}-refusal`} />
      <ActionIcon
        variant="default"
        size={26}
        aria-label={`Next ${what}`}
        disabled={value >= most}
        onClick={() => stepTo(value + 1)}
      >
        ›
      </ActionIcon>
    </div>
  );
}
