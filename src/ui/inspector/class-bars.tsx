// One bar a class: how many of a device's samples are of it, or how many of its test samples the model gets right.

import { taskOf } from '../../sim/data/datasets/index.ts';
import { useFogline } from '../../store/use-fogline.ts';
import './class-bars.css';

interface ClassBarsProps {
  readonly label: string;
  /** A value a class; the longest bar is `most`. */
  readonly values: readonly number[];
  readonly most: number;
  readonly format: (value: number) => string;
}

export function ClassBars({ label, values, most, format }: ClassBarsProps) {
  const { classNames } = useFogline((state) => taskOf(state.experiment.data));
  return (
    <dl className="class-bars" aria-label={label}>
      {values.map((value, index) => (
        <div key={classNames[index]} className="class-bars-row">
          <dt className="class-bars-name">{classNames[index]}</dt>
          <dd className="class-bars-value">
            <span
              className="class-bars-bar"
              style={{
                width: `${most > 0 ? (100 * value) / most : 0}%`,
                background: `var(--class-${index})`,
              }}
            />
            <span className="class-bars-text number">{format(value)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
