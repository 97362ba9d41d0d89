// One tile: what it is, its value, whether it meets its target, and how it moves.

import type { ReactNode } from 'react';
import { formatCounted } from '../format.ts';
import type { Standing } from './judged.ts';
import { Sparkline } from './sparkline.tsx';
import { directionOf, type Trend } from './trend.ts';

interface TileProps {
  readonly label: string;
  readonly badge?: ReactNode;
  /** '–' before the first round. */
  readonly value: string;
  /** The target, met or not; or what else belongs to the value. */
  readonly note: string;
  /** What belongs to the note and has no room: shown on hover, and heard. */
  readonly more?: string;
  readonly standing: Standing;
  readonly trend: Trend;
  /** Which way is better. */
  readonly better: 'up' | 'down';
  readonly formatChange: (change: number) => string;
}

const arrows = { up: '↑', down: '↓', level: '→' } as const;
const marks = { good: '✓ ', bad: '✗ ', partial: '◐ ', plain: '' } as const;
const spoken = { good: 'met: ', bad: 'missed: ', partial: 'devices are missing: ', plain: '' } as const;

function Change({ trend, better, formatChange }: Pick<TileProps, 'trend' | 'better' | 'formatChange'>) {
  if (trend.change === null) return <span className="tile-change"> </span>;
  const direction = directionOf(trend.change, trend.values[trend.values.length - 1]);
  const over = `in ${formatCounted(trend.over, 'round')}`;
  const size = formatChange(Math.abs(trend.change));
  const tone = direction === 'level' || !trend.isComparable ? 'level' : direction === better ? 'better' : 'worse';
  return (
    <span
      className={`tile-change tile-change-${tone} number`}
      title={`Against ${formatCounted(trend.over, 'round')} earlier${trend.isComparable ? '' : ', with other devices'}`}
    >
      <span aria-hidden>{arrows[direction]} </span>
      <span className="visually-hidden">{direction === 'level' ? 'unchanged' : `${direction} by`} </span>
      {direction === 'level' ? <span aria-hidden>steady</span> : size}
      <span className="tile-change-over"> {over}</span>
    </span>
  );
}

export function Tile({ label, badge, value, note, more, standing, trend, better, formatChange }: TileProps) {
  return (
    <article className="tile" aria-label={label}>
      <div className="tile-head">
        <h3 className="tile-label">{label}</h3>
        {badge}
      </div>
      <div className="tile-body">
        <span className={`tile-value number${value === '–' ? ' tile-value-none' : ''}`}>{value}</span>
        <Sparkline values={trend.values} />
      </div>
      <p className={`tile-note tile-note-${standing} number`} title={more ? `${note}; ${more}` : note}>
        <span aria-hidden>{marks[standing]}</span>
        <span className="visually-hidden">{spoken[standing]}</span>
        {note}
        {more && <span className="visually-hidden">; {more}</span>}
      </p>
      <p className="tile-note">
        <Change trend={trend} better={better} formatChange={formatChange} />
      </p>
    </article>
  );
}
