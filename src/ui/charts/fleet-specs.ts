// The charts of the fleet: its batteries, and who was absent and why.

import { absentStatuses } from '../../sim/record/statuses.ts';
import { formatCount, formatShare } from '../format.ts';
import { absenceOf } from '../graph/absence.ts';
import type { ChartSpec } from './chart-specs.ts';
import { toDeathMarks } from './marks.ts';
import { toAbsenceSeries, toBatterySeries } from './series.ts';

export const batteriesSpec: ChartSpec = {
  id: 'batteries',
  title: 'Batteries',
  about: '',
  shape: 'line',
  curves: [
    { key: 'alive', label: 'alive', color: 'var(--ink)', side: 'left', format: formatCount },
    {
      key: 'lowest',
      label: 'lowest',
      color: 'var(--device)',
      dash: '5 3',
      side: 'right',
      format: (value) => formatShare(value),
    },
  ],
  left: 'devices',
  right: 'share',
  leastRight: 1,
  wordsAt: 0.3,
  empty: 30,
  toNotes: toDeathMarks,
  toSeries: toBatterySeries,
};

export const absentSpec: ChartSpec = {
  id: 'absent',
  title: 'Absent devices',
  about: '',
  shape: 'stack',
  curves: absentStatuses.map((absence) => ({
    key: absence,
    label: absenceOf(absence).label,
    color: absenceOf(absence).color,
    side: 'left',
    format: formatCount,
  })),
  onlyPresent: 'Nobody was absent so far.',
  left: 'devices',
  extra: { label: 'absent', read: ({ absent, devices }) => `${absent} of ${devices}`, place: 'head' },
  wordsAt: 0,
  empty: 10,
  toSeries: toAbsenceSeries,
};
