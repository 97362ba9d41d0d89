// The committed accuracies as text: the table of docs/experiments.md, docs/accuracies.md, and the figures of the lessons.

import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { type EfficiencyRow, verdictOn } from '../../sim/lab/efficiency/efficiency.ts';
import { formatPointsWithSd } from '../../sim/lab/efficiency/percentage-points.ts';
import { toSummarySentence } from '../../sim/lab/efficiency/summary-sentence.ts';
import { formatInteger } from '../../sim/printable-text.ts';
import { type PublishedResult, publishedCases, rowOf, rowsOf } from './published-cases.ts';

export const TABLE_START = '<!-- Written by `npm run accuracies`, from here -->';
export const TABLE_END = '<!-- to here -->';

/** A Markdown table whose columns are as wide as their widest cell. @param right which columns are aligned to the right */
function table(lines: readonly (readonly string[])[], right: readonly boolean[]): string {
  const widths = right.map((_, column) => Math.max(4, ...lines.map((cells) => cells[column].length)));
  const pad = (cell: string, column: number) =>
    right[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]);
  const rule = widths.map((width, column) => (right[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  const [head, ...body] = lines.map((cells) => cells.map(pad));
  return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

const count = (value: number): string => formatInteger(Math.round(value));
const accuracy = (row: EfficiencyRow): string => `${formatPointsWithSd(row.accuracy)} %`;
const seedsOf = (rows: readonly EfficiencyRow[]): number => Math.min(...rows.map((row) => row.seeds.length));

const listed = new Intl.ListFormat('en-GB');

/** Which of the tutorial's promises hold, which do not, and which the spread leaves open. */
function verdicts(rows: readonly EfficiencyRow[]): string {
  const claims = rows.filter(({ claim }) => claim !== null && claim.most > 0);
  const named = (wanted: ReturnType<typeof verdictOn>) =>
    claims
      .filter(({ claim, drop }) => verdictOn(drop, claim?.most ?? Number.NaN) === wanted)
      .map(({ label, claim }) => `${label} (${claim?.drop})`);
  const parts = [
    { words: 'keep to what the tutorial promises', names: named('holds') },
    { words: 'miss it by more than the spread', names: named('does not hold') },
    { words: 'the spread leaves open', names: named('undecided') },
  ].filter(({ names }) => names.length > 0);
  return parts.map(({ words, names }) => `${words}: ${listed.format(names)}`).join('; ');
}

/** The table of docs/experiments.md with the sentences below it. */
export function toTable(results: readonly PublishedResult[]): string {
  const motors = rowsOf(results, 'factory-motors');
  const weather = rowsOf(results, 'weather-stations');
  const lines = motors.map((row, index) => [
    row.label,
    count(row.upload.mean),
    `${(100 * row.size.mean).toFixed(1)} %`,
    row.claim?.size ?? '',
    accuracy(row),
    formatPointsWithSd(row.drop),
    accuracy(weather[index]),
    formatPointsWithSd(weather[index].drop),
    row.claim?.drop ?? '',
  ]);
  const head = [
    'codec',
    'bytes of an upload',
    'of FP32',
    'the tutorial says',
    'Factory motors',
    'drop',
    'Weather stations',
    'drop',
    'the tutorial says',
  ];
  const right = [false, true, true, false, true, true, true, true, false];
  const sentences = [
    { title: 'Factory motors', rows: motors },
    { title: 'Weather stations', rows: weather },
  ].flatMap(({ title, rows }) => [`- ${title}. ${toSummarySentence(rows, false)}`, `  Drops that ${verdicts(rows)}.`]);
  return `${table([head, ...lines], right)}\n${sentences.join('\n')}\n`;
}

/** @throws {Error} if the document has lost its markers */
export function insertIntoExperimentsDoc(text: string, results: readonly PublishedResult[]): string {
  const start = text.indexOf(TABLE_START);
  const end = text.indexOf(TABLE_END, start);
  if (start < 0 || end < 0) throw new Error(`docs/experiments.md lacks ${TABLE_START} … ${TABLE_END}.`);
  return `${text.slice(0, start)}${TABLE_START}\n\n${toTable(results)}\n${text.slice(end)}`;
}

const settingsText = (settings: PublishedResult['settings']): string =>
  Object.entries(settings)
    .map(([path, value]) => `\`${path}\` ${JSON.stringify(value)}`)
    .join(', ') || 'none';

/** docs/accuracies.md: every published accuracy, with each seed's. */
export function toDocs(results: readonly PublishedResult[]): string {
  const parts = publishedCases.map(({ id, title }) => {
    const rows = rowsOf(results, id);
    const found = results.find((each) => each.id === id);
    const bySeed = (row: EfficiencyRow) =>
      (found?.runs ?? []).filter((run) => run.id === row.id).map((run) => (100 * run.accuracy).toFixed(1));
    const seeds = rows[0].seeds.map((seed) => `seed ${seed}`);
    const lines = rows.map((row) => [
      row.label,
      count(row.upload.mean),
      accuracy(row),
      formatPointsWithSd(row.drop),
      ...bySeed(row),
    ]);
    const head = ['pipeline', 'bytes of an upload', 'accuracy', 'drop, points', ...seeds];
    const text = table([head, ...lines], [false, ...head.slice(1).map(() => true)]);
    const finding = rows.length > 1 ? `\n${toSummarySentence(rows, false)}\n` : '';
    return `## ${title}\n\nRounds: ${rows[0].rounds}. Settings that differ from the default: ${settingsText(found?.settings ?? {})}.\n\n${text}${finding}`;
  });
  const seeds = seedsOf(publishedCases.flatMap(({ id }) => rowsOf(results, id)));
  return `# Published accuracies

Written by \`npm run accuracies\`; the same figures, to the run, are in \`accuracies.json\`. Each is the mean ± sample standard deviation over
${seeds} seeds of the accuracy on the held-out test set, which is itself the mean over a run's last five rounds, in per cent. A drop is paired: of each
seed against FP32 with the same seed, in points. “As set now” is the experiment of the settings that are named, and has no drop where FP32
was not measured beside it.

Of the table's runs on a finite data set (Weather stations) the devices hold fewer samples than in a run by itself: the public samples that
the student is distilled on (\`families.publicSamples\`, ${defaultExperiment.families.publicSamples}) are held out from them under every pipeline, so that all are compared on the same data.
\`npm run efficiency\` and the page's _Measure all codecs_ do the same; \`npm run simulate\` and _Play_ deal those samples too, and differ by that.

${parts.join('\n')}`;
}

/** The figures of the lessons, as a source file. */
export function toLessonFigures(results: readonly PublishedResult[]): string {
  const ids = ['one-in-a-hundred', 'one-in-a-hundred-feedback', 'payload-weights', 'payload-update'];
  const lines = ids.map((id) => `  '${id}': '${accuracy(rowOf(results, id, 'current'))}',\n`);
  return `// Written by \`npm run accuracies\`: test accuracies after 60 rounds, mean ± sample standard deviation over ${seedsOf(ids.map((id) => rowOf(results, id, 'current')))} seeds.

export const lessonAccuracies = {
${lines.join('')}} as const;
`;
}
