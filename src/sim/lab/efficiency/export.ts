// The efficiency table for export: CSV for a spreadsheet, Markdown for a report, JSON for a script. Plain numbers, units
// in the heads; a figure over several seeds is its mean and its sample standard deviation (sd).

import type { EfficiencyRow } from './efficiency.ts';
import type { SampleStatistics } from './statistics.ts';

const fixed = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '');

interface Column {
  readonly head: string;
  /** The head of the column for the sd, where that is of interest. */
  readonly sdHead?: string;
  readonly cell: (row: EfficiencyRow) => string | SampleStatistics;
  readonly times?: number;
  readonly digits?: number;
}

const columns: readonly Column[] = [
  { head: 'Pipeline', cell: ({ label }) => label },
  { head: 'Rounds', cell: ({ rounds }) => String(rounds) },
  { head: 'Seeds', cell: ({ seeds }) => String(seeds.length) },
  { head: 'Bytes up a round', sdHead: 'Bytes up a round, sd', cell: ({ bytesUp }) => bytesUp },
  { head: 'Bytes down a round', cell: ({ bytesDown }) => bytesDown },
  { head: 'Bytes of one device upload', cell: ({ upload }) => upload },
  { head: 'Size, % of FP32', cell: ({ size }) => size, times: 100, digits: 1 },
  { head: 'Size claimed by the tutorial', cell: ({ claim }) => claim?.size ?? '' },
  { head: 'Accuracy, %', sdHead: 'Accuracy sd, points', cell: ({ accuracy }) => accuracy, times: 100, digits: 2 },
  { head: 'Drop from FP32, points', sdHead: 'Drop sd, points', cell: ({ drop }) => drop, times: 100, digits: 2 },
  { head: 'Drop claimed by the tutorial', cell: ({ claim }) => claim?.drop ?? '' },
  { head: 'Energy of all devices (modelled), J', cell: ({ energy }) => energy, digits: 3 },
  { head: 'Simulated time (modelled), s', cell: ({ time }) => time, digits: 3 },
  { head: 'On the Pareto front', cell: ({ isOnFront }) => (isOnFront ? 'yes' : 'no') },
];

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** RFC 4180: a mean and its sd are two columns. */
export const toCsv = (rows: readonly EfficiencyRow[]): string =>
  [
    columns.flatMap(({ head, sdHead }) => (sdHead ? [head, sdHead] : [head])),
    ...rows.map((row) =>
      columns.flatMap(({ cell, sdHead, times = 1, digits = 0 }) => {
        const value = cell(row);
        if (typeof value === 'string') return [value];
        const mean = fixed(times * value.mean, digits);
        return sdHead ? [mean, fixed(times * value.sd, digits)] : [mean];
      }),
    ),
  ]
    .map((cells) => `${cells.map(quoted).join(',')}\r\n`)
    .join('');

/** A mean and its sd are one cell: '91.84 ± 1.10'. */
export const toMarkdown = (rows: readonly EfficiencyRow[]): string =>
  [
    columns.map(({ head }) => head),
    columns.map((_, index) => (index === 0 ? '---' : '---:')),
    ...rows.map((row) =>
      columns.map(({ cell, sdHead, times = 1, digits = 0 }) => {
        const value = cell(row);
        if (typeof value === 'string') return value.replaceAll('|', '\\|');
        // Bytes that are the same with every seed need no spread.
        const sd = sdHead && (value.sd > 0 || times !== 1) ? fixed(times * value.sd, digits) : '';
        return fixed(times * value.mean, digits) + (sd && ` ± ${sd}`);
      }),
    ),
  ]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');

const spread = ({ mean, sd }: SampleStatistics) => ({
  mean: Number.isFinite(mean) ? mean : null,
  sd: Number.isFinite(sd) ? sd : null,
});

/** A value for JSON.stringify: shares from 0 to 1, bytes, joules and seconds; null for what is not known, as the sd of one seed. */
export const toPlainRows = (rows: readonly EfficiencyRow[]) =>
  rows.map((row) => ({
    id: row.id,
    label: row.label,
    rounds: row.rounds,
    seeds: row.seeds,
    bytes_up: spread(row.bytesUp),
    bytes_down: spread(row.bytesDown),
    upload_bytes: spread(row.upload),
    size_of_fp32: spread(row.size),
    accuracy: spread(row.accuracy),
    drop: spread(row.drop),
    energy_j: spread(row.energy),
    time_s: spread(row.time),
    on_front: row.isOnFront,
    claim: row.claim && { size: row.claim.size, drop: row.claim.drop },
  }));
