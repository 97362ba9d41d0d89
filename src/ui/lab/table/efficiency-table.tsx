// The table itself: every pipeline a row, from the start; the figures come as the runs end.

import { type EfficiencyRow, type Verdict, verdictOn } from '../../../sim/lab/efficiency/efficiency.ts';
import { formatPointsWithSd } from '../../../sim/lab/efficiency/percentage-points.ts';
import { pipelines } from '../../../sim/lab/efficiency/pipelines.ts';
import { exceedsSpread } from '../../../sim/lab/efficiency/statistics.ts';
import { formatBytes, formatJoules, formatSeconds, formatShare } from '../../format.ts';
import { formatBytesSpread, formatShareSpread } from '../lab-format.ts';

interface EfficiencyTableProps {
  readonly rows: readonly EfficiencyRow[];
  /** Seeds that each pipeline is measured with. */
  readonly seeds: number;
  /** Index of the pipeline that is running; null if none. */
  readonly running: number | null;
}

const marks: Readonly<Record<Verdict, { readonly sign: string; readonly words: string }>> = {
  holds: { sign: '✓', words: 'holds: mean and spread together are not above it' },
  'does not hold': { sign: '✗', words: 'does not hold: the mean is above it by more than the spread' },
  undecided: { sign: '?', words: 'undecided: it lies within the spread' },
};

/** The tutorial's drop, and whether the measured one bears it out. One seed decides nothing. */
function Claimed({ row: { claim, drop } }: { readonly row: EfficiencyRow }) {
  if (!claim) return <td className="efficiency-claim">–</td>;
  const { sign, words } = marks[verdictOn(drop, claim.most)];
  if (!Number.isFinite(drop.sd)) return <td className="efficiency-claim">{claim.drop}</td>;
  return (
    <td className="efficiency-claim" title={`The claim ${words}.`}>
      {claim.drop}
      <span className="efficiency-verdict" aria-hidden="true">
        {sign}
      </span>
      <span className="visually-hidden">, {words}</span>
    </td>
  );
}

/** Whether it is not to be told from FP32. */
const isWithin = ({ drop }: EfficiencyRow): boolean =>
  Number.isFinite(drop.sd) && !exceedsSpread({ ...drop, mean: Math.abs(drop.mean) });

export function EfficiencyTable({ rows, seeds, running }: EfficiencyTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must be reached by keyboard
    <section className="efficiency-scroll" aria-label="Efficiency of every codec" tabIndex={0}>
      <table className="efficiency-table number">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Pipeline
            </th>
            <th scope="col" rowSpan={2}>
              Up a round
            </th>
            <th scope="col" rowSpan={2}>
              Down a round
            </th>
            <th scope="col" rowSpan={2}>
              One upload
            </th>
            <th scope="colgroup" colSpan={2}>
              Size
            </th>
            <th scope="col" rowSpan={2}>
              Accuracy
            </th>
            <th scope="colgroup" colSpan={2}>
              Drop from FP32, points
            </th>
            <th scope="col" rowSpan={2}>
              Energy <i>modelled</i>
            </th>
            <th scope="col" rowSpan={2}>
              Time <i>modelled</i>
            </th>
          </tr>
          <tr>
            <th scope="col">measured</th>
            <th scope="col">claimed</th>
            <th scope="col">measured</th>
            <th scope="col">claimed</th>
          </tr>
        </thead>
        <tbody>
          {pipelines.map(({ id, label, about, claim }, index) => {
            const row = rows.find((each) => each.id === id);
            return (
              <tr key={id} data-front={row?.isOnFront || undefined} data-waits={!row || undefined}>
                <th scope="row" title={about}>
                  {label}
                  {row && row.seeds.length < seeds && ` (${row.seeds.length} of ${seeds} seeds)`}
                  {row?.isOnFront && (
                    <span
                      className="efficiency-front"
                      title="On the Pareto front: more accurate than each cheaper one by more than the spread"
                    >
                      <span aria-hidden="true"> ◆</span>
                      <span className="visually-hidden"> on the Pareto front</span>
                    </span>
                  )}
                </th>
                {row ? (
                  <>
                    <td>{formatBytesSpread(row.bytesUp)}</td>
                    <td>{formatBytes(row.bytesDown.mean)}</td>
                    <td>{formatBytes(row.upload.mean)}</td>
                    <td>{formatShare(row.size.mean)}</td>
                    <td className="efficiency-claim">{claim?.size ?? '–'}</td>
                    <td data-best={row.isAmongBest || undefined}>{formatShareSpread(row.accuracy)}</td>
                    <td data-within={isWithin(row) || undefined}>{formatPointsWithSd(row.drop)}</td>
                    <Claimed row={row} />
                    <td>{formatJoules(row.energy.mean)}</td>
                    <td>{formatSeconds(row.time.mean)}</td>
                  </>
                ) : (
                  <>
                    {running === index ? (
                      <td colSpan={3}>running …</td>
                    ) : (
                      <>
                        <td>–</td>
                        <td>–</td>
                        <td>–</td>
                      </>
                    )}
                    <td>–</td>
                    <td className="efficiency-claim">{claim?.size ?? '–'}</td>
                    <td>–</td>
                    <td>–</td>
                    <td className="efficiency-claim">{claim?.drop ?? '–'}</td>
                    <td>–</td>
                    <td>–</td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
