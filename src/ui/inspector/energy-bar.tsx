// A device's joules of a round by cause, as one stacked bar with its key.

import type { EnergyCause } from '../../sim/record/record.ts';
import { formatJoules, formatShare } from '../format.ts';
import './energy-bar.css';

const names: Readonly<Record<EnergyCause, string>> = {
  compute: 'compute',
  transmit: 'send',
  receive: 'receive',
  wake: 'wake-up',
  idle: 'wait',
  sleep: 'sleep',
};

interface EnergyBarProps {
  readonly energy: readonly { readonly cause: EnergyCause; readonly joules: number }[];
  readonly total: number;
  /** Every cause in joules; else the greatest ones in per cent, on one line. */
  readonly full: boolean;
}

/** Smaller shares are not worth a word on the low card. */
const WORTH_A_WORD = 0.01;

export function EnergyBar({ energy, total, full }: EnergyBarProps) {
  if (total <= 0) return null;
  const told = full
    ? energy.filter(({ joules }) => joules > 0)
    : energy.filter(({ joules }) => joules >= WORTH_A_WORD * total).sort((a, b) => b.joules - a.joules);
  return (
    <div className="energy-bar">
      <div className="energy-bar-track" aria-hidden="true">
        {energy.map(({ cause, joules }) => (
          <span key={cause} style={{ width: `${(100 * joules) / total}%`, background: `var(--${cause})` }} />
        ))}
      </div>
      <ul className={`energy-bar-key${full ? '' : ' energy-bar-key-short'}`}>
        {told.map(({ cause, joules }) => (
          <li key={cause} title={formatJoules(joules)}>
            <span className="energy-bar-swatch" style={{ background: `var(--${cause})` }} />
            {names[cause]}{' '}
            <span className="number">{full ? formatJoules(joules) : formatShare(joules / total, 0)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
