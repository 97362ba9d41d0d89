// A device's samples by class as one bar, for the low card; in words for those who point at it or hear it.

import { taskOf } from '../../sim/data/datasets/index.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCount, formatCounted } from '../format.ts';
import './mix-bar.css';

interface MixBarProps {
  readonly mix: readonly number[];
  readonly total: number;
  /** Samples that it was to hold; of a class that ran out it holds fewer. */
  readonly asked: number;
}

export function MixBar({ mix, total, asked }: MixBarProps) {
  const { classNames } = useFogline((state) => taskOf(state.experiment.data));
  const parts = mix.flatMap((count, index) => (count > 0 ? [{ name: classNames[index], index, count }] : []));
  const words = parts.map(({ name, count }) => `${formatCount(count)} ${name}`).join(', ');
  return (
    <div className="mix-bar" title={words}>
      <h3 className="inspector-part-title">Its data</h3>
      <span className="mix-bar-track" role="img" aria-label={words}>
        {parts.map(({ name, index, count }) => (
          <span key={name} style={{ flexGrow: count, background: `var(--class-${index})` }} />
        ))}
      </span>
      <span className="number">
        {total < asked ? `${formatCount(total)} of ${formatCounted(asked, 'sample')}` : formatCounted(total, 'sample')}
      </span>
    </div>
  );
}
