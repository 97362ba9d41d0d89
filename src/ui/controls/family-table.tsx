// How many devices take each family of models, and how well it does.

import { useMemo } from 'react';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCounted, formatNumber, formatShare } from '../format.ts';
import { type FamilyFigures, toFamilies } from './to-families.ts';
import './family-table.css';

const asides = ({ byHand, tooSmall }: FamilyFigures): string =>
  [...(byHand > 0 ? [`${byHand} by hand`] : []), ...(tooSmall > 0 ? [`${tooSmall} too small`] : [])].join(', ');

export function FamilyTable() {
  const experiment = useFogline((state) => state.experiment);
  const topology = useFogline((state) => state.topology);
  const record = useFogline((state) => state.history.at(-1));
  const families = useMemo(() => toFamilies(experiment, topology, record), [experiment, topology, record]);
  return (
    <table className="family-table number">
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Model</th>
          <th scope="col">Devices</th>
          <th scope="col">Accuracy</th>
        </tr>
      </thead>
      <tbody>
        {families.map((family) => (
          <tr
            key={family.kind}
            title={
              Number.isNaN(family.distillation)
                ? undefined
                : `Distillation loss of the last round: ${formatNumber(family.distillation)} nats`
            }
          >
            <th scope="row">{family.label}</th>
            <td>
              {formatCounted(family.devices, 'device')}
              {asides(family) && <span className="family-table-aside">{asides(family)}</span>}
            </td>
            <td>
              {formatShare(family.accuracy)}
              {family.diverged && <span className="family-table-aside">diverged</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
