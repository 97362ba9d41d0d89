// Small table of facts: what, how long, how much.

import { withUnits } from '../format.ts';
import './facts.css';

export interface Fact {
  readonly name: string;
  readonly values: readonly [string, string?];
  /** What is too long for the third column: on a line of its own. */
  readonly long?: string;
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ name, values: [first, second], long }) => (
        <div key={name} className="facts-row">
          <dt>{name}</dt>
          <dd className="number">{first}</dd>
          {second !== undefined && <dd className="number facts-more">{second}</dd>}
          {long !== undefined && <dd className="number facts-more facts-long">{withUnits(long)}</dd>}
        </div>
      ))}
    </dl>
  );
}
