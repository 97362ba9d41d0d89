// Every tensor as a heat map before and after the codec, on one colour scale a tensor. The value under the pointer is read out.

import { useState } from 'react';
import type { TensorReport } from '../../../sim/lab/packet/packet-report.ts';
import { formatError, formatValue } from '../lab-format.ts';
import { LabPart } from '../lab-part.tsx';
import { HeatMap } from './heat-map.tsx';
import { reachOf, toGrid } from './heat-shape.ts';

interface Pointed {
  readonly tensor: TensorReport;
  readonly row: number;
  readonly column: number;
  readonly at: number;
}

export function HeatMaps({ tensors }: { readonly tensors: readonly TensorReport[] }) {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  return (
    <LabPart title="Tensor by tensor" className="heat-maps">
      <div className="heat-maps-all">
        {tensors.map((tensor) => {
          const { name, shape, before, after, relativeError } = tensor;
          const grid = toGrid(shape);
          const reach = reachOf(before, after);
          const point = (row: number, column: number) =>
            setPointed({ tensor, row, column, at: row * grid.columns + column });
          const map = { grid, reach, onPoint: point, onLeave: () => setPointed(null) };
          return (
            <figure key={name} className="heat-maps-tensor">
              <figcaption className="number">
                <b>{name}</b> {shape.join(' × ')}
                <span>
                  ±{formatValue(reach)} · {relativeError === 0 ? 'no error' : `error ${formatError(relativeError)}`}
                </span>
              </figcaption>
              <div className="heat-maps-pair" data-flat={grid.rows === 1 || undefined}>
                <HeatMap {...map} values={before} label={`${name} before`} />
                <HeatMap
                  {...map}
                  values={after}
                  label={`${name} after: relative error ${formatError(relativeError)}`}
                />
              </div>
            </figure>
          );
        })}
      </div>
      <p className="lab-key number">
        <span className="lab-key-scale">
          − <i aria-hidden="true" /> +
        </span>
        <span className="lab-reading">
          {pointed
            ? `${pointed.tensor.name} [${pointed.row}, ${pointed.column}]: ${formatValue(pointed.tensor.before[pointed.at])} → ${formatValue(pointed.tensor.after[pointed.at])}`
            : 'Left before, right after; each tensor on a scale of its own'}
        </span>
      </p>
    </LabPart>
  );
}
