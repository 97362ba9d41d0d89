// The efficiency table: the present experiment under every pipeline, one run after another in a second worker, beside what the
// tutorial claims. It goes on when the panel is closed.

import { Button, NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { isStudent, toEfficiencyRows } from '../../../sim/lab/efficiency/efficiency.ts';
import { pipelines } from '../../../sim/lab/efficiency/pipelines.ts';
import { seedCounts } from '../../../sim/lab/efficiency/seeds.ts';
import { toSummarySentence } from '../../../sim/lab/efficiency/summary-sentence.ts';
import type { TableState } from '../../../store/lab-store.ts';
import { useFogline } from '../../../store/use-fogline.ts';
import { labStore, useLab } from '../../../store/use-lab.ts';
import { formatCounted } from '../../format.ts';
import { LabPart } from '../lab-part.tsx';
import { Bar } from '../progress-bar.tsx';
import { CopyButtons } from './copy-buttons.tsx';
import { EfficiencyTable } from './efficiency-table.tsx';
import { Scatter } from './scatter.tsx';
import './table.css';

const MOST_ROUNDS = 60;
const lengths = [5, 10, 20, 40, 60, 100, 200, 400];

/** What a visitor may choose from, with the wanted number among it. */
const optionsWith = (wanted: number): string[] => [...new Set([...lengths, wanted])].sort((a, b) => a - b).map(String);

export function Efficiency() {
  const table = useLab((state) => state.table);
  const wanted = useFogline((state) => Math.min(MOST_ROUNDS, state.experiment.rounds));
  const canMeasure = useFogline((state) => state.backend !== null);
  const hasChanged = useFogline((state) => table !== null && state.experiment !== table.experiment);
  const [chosen, setChosen] = useState<number | null>(null);
  const [chosenSeeds, setChosenSeeds] = useState<number | null>(null);
  const seeds = chosenSeeds ?? table?.seeds ?? 1;
  const rounds = chosen ?? table?.rounds ?? wanted;
  const rows = useMemo(() => toEfficiencyRows(table?.rows ?? []), [table?.rows]);
  const isRunning = table?.status === 'running';
  return (
    <div className="efficiency">
      <div className="efficiency-head">
        <p className="efficiency-about">
          {seeds === 1
            ? `${formatCounted(pipelines.length, 'run')} of this experiment with the same seed, one pipeline each; `
            : `${formatCounted(pipelines.length, 'pipeline')} with the same ${formatCounted(seeds, 'seed')}, ${formatCounted(pipelines.length * seeds, 'run')} of this experiment; `}
          everything else stays as it is set. They run in a second worker: the run on the screen goes on.
        </p>
        <NativeSelect
          className="efficiency-rounds"
          size="xs"
          aria-label="Rounds of each run"
          data={optionsWith(rounds).map((value) => ({ value, label: `${formatCounted(Number(value), 'round')} each` }))}
          value={String(rounds)}
          disabled={isRunning}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        />
        <NativeSelect
          className="efficiency-seeds"
          size="xs"
          aria-label="Seeds of each pipeline"
          data={seedCounts.map((count) => ({ value: String(count), label: count === 1 ? '1 seed' : `${count} seeds` }))}
          value={String(seeds)}
          disabled={isRunning}
          onChange={(event) => setChosenSeeds(Number(event.currentTarget.value))}
        />
        {isRunning ? (
          <Button variant="default" size="xs" onClick={() => labStore.getState().cancelTable()}>
            Cancel
          </Button>
        ) : (
          <Button size="xs" disabled={!canMeasure} onClick={() => labStore.getState().measureTable(rounds, seeds)}>
            {table ? 'Measure again' : 'Start'}
          </Button>
        )}
      </div>
      <State table={table} hasChanged={hasChanged} />
      <EfficiencyTable
        rows={rows}
        seeds={table?.seeds ?? seeds}
        running={isRunning ? Math.floor(((table.progress?.run ?? 1) - 1) / table.seeds) : null}
      />
      <p className="efficiency-finding">{toSummarySentence(rows)}</p>
      <div className="efficiency-below">
        <LabPart title="Accuracy against bytes" aside="bytes up a round, log scale">
          <Scatter rows={rows.filter(({ id }) => !isStudent(id))} />
        </LabPart>
        <LabPart title="How to read it" className="efficiency-notes">
          <ul>
            <li>
              <b>Size</b> is one device’s upload, header and checksum included, as a share of FP32’s. Small tensors
              never reach a codec’s nominal ratio: scales, indices and headers weigh.
            </li>
            <li>
              <b>Accuracy</b> is on the held-out test set, mean of the last five rounds; then mean ± sample standard
              deviation over the seeds. In bold: those that none beats by more than the spread.
            </li>
            <li>
              From a <b>finite data set</b> the public samples that the student learns from are held out under every
              pipeline, so that all have the same data. A run by itself deals them too, and may differ by that.
            </li>
            <li>
              A <b>drop</b> is paired: of each seed against FP32 with the same seed, then mean ± standard deviation.
              Grey: within its own spread of no drop.
            </li>
            <li>
              <b>◆ Pareto front</b>: more accurate than each cheaper one, and not less than any of the same bytes, by
              more than the spread of the paired differences. Bars show ± one standard deviation.
            </li>
            <li>
              <b>Energy</b> (of all devices) and <b>time</b> are modelled, over the whole run.
            </li>
            <li>
              The <b>student</b> is trained as FP32 and distilled at the end: size and accuracy are its own, all else
              its teacher’s.
            </li>
            <li>
              <b>Claims</b> are the tutorial’s: ✓ mean and spread keep it, ✗ they miss it, ? the spread does not decide.
              It says nothing of top-k, which it defines and never uses.
            </li>
          </ul>
          <CopyButtons rows={rows} />
        </LabPart>
      </div>
    </div>
  );
}

const words: Readonly<Record<Exclude<TableState['status'], 'running'>, string>> = {
  done: 'Measured.',
  cancelled: 'Cancelled; what was measured stays.',
  failed: '',
};

function State({ table, hasChanged }: { readonly table: TableState | null; readonly hasChanged: boolean }) {
  if (table?.status === 'running') {
    const { run, runs, round, label } = table.progress ?? {
      run: 1,
      runs: pipelines.length * table.seeds,
      round: 0,
      label: 'starting',
    };
    return (
      <>
        <Bar
          label="Measuring"
          value={(run - 1) * table.rounds + round}
          most={runs * table.rounds}
          text={`run ${run} of ${runs}, ${label}: round ${round} of ${table.rounds}`}
        />
        {table.interruption && (
          <p className="efficiency-state" role="alert">
            {table.interruption}
          </p>
        )}
      </>
    );
  }
  return (
    <p className="efficiency-state" role="status">
      {table && `${words[table.status as keyof typeof words]}${table.failure}`}
      {table && hasChanged && ' The settings have changed since.'}
    </p>
  );
}
