// The key to the signs on the devices: those that are there now, and how many of each; and to the shapes, where there is more
// than one family of models.

import { models } from '../../sim/model/models.ts';
import { absentStatuses, statusEntry } from '../../sim/record/statuses.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCount } from '../format.ts';
import { AbsenceSign } from './absence-sign.tsx';
import { selectLatest, selectStragglers } from './latest-record.ts';
import { toCounts } from './sign-counts.ts';
import { StragglerSign } from './straggler-sign.tsx';
import './sign-legend.css';

export function SignLegend() {
  const counts = useFogline(toCounts).split(',').map(Number);
  const hasStraggler = useFogline((state) => selectStragglers(state).size > 0);
  const hasFamilies = useFogline((state) => (selectLatest(state)?.families.length ?? 0) > 1);
  const present = absentStatuses.flatMap((reason, i) => (counts[i] > 0 ? [{ reason, count: counts[i] }] : []));
  if (present.length === 0 && !hasFamilies && !hasStraggler) return null;
  return (
    <ul className="sign-legend number" aria-label="Signs on the devices">
      {hasFamilies && [0, 1].map((place) => <FamilyKey key={place} place={place} />)}
      {hasStraggler && (
        <li title="The round waited for this device.">
          <StragglerSign /> straggler
        </li>
      )}
      {present.map(({ reason, count }) => (
        <li key={reason} title={statusEntry(reason).help}>
          <AbsenceSign reason={reason} place="text" />
          {statusEntry(reason).label} <b>{formatCount(count)}</b>
        </li>
      ))}
    </ul>
  );
}

function FamilyKey({ place }: { readonly place: number }) {
  const kind = useFogline((state) => selectLatest(state)?.families[place]?.kind);
  const devices = useFogline((state) => selectLatest(state)?.families[place]?.devices ?? 0);
  if (!kind) return null;
  return (
    <li>
      <span className={`sign-legend-shape ${place === 1 ? 'sign-legend-square' : ''}`} />
      {models[kind].label} <b>{formatCount(devices)}</b>
    </li>
  );
}
