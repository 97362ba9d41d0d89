// The table itself: every pipeline a row, from the start; the figures come as the runs end.

import type { EfficiencyRow } from '../../../sim/lab/efficiency.ts';
import { pipelines } from '../../../sim/lab/pipelines.ts';
import { formatBytes, formatJoules, formatSeconds, formatShare } from '../../format.ts';
import { formatPoints } from '../lab-format.ts';

interface EfficiencyTableProps {
  readonly rows: readonly EfficiencyRow[];
  /** Which pipeline is running, from 1; null if none. */
  readonly running: number | null;
}

export function EfficiencyTable({ rows, running }: EfficiencyTableProps) {
  const best = Math.max(...rows.map(({ accuracy }) => accuracy));
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
                  {row?.isOnFront && (
                    <span
                      className="efficiency-front"
                      title="On the Pareto front: none has fewer bytes and a better accuracy"
                    >
                      <span aria-hidden="true"> ◆</span>
                      <span className="visually-hidden"> on the Pareto front</span>
                    </span>
                  )}
                </th>
                {row ? (
                  <>
                    <td>{formatBytes(row.bytesUp)}</td>
                    <td>{formatBytes(row.bytesDown)}</td>
                    <td>{formatBytes(row.upload)}</td>
                    <td>{formatShare(row.size)}</td>
                    <td className="efficiency-claim">{claim?.size ?? '–'}</td>
                    <td data-best={row.accuracy === best || undefined}>{formatShare(row.accuracy)}</td>
                    <td>{formatPoints(row.drop)}</td>
                    <td className="efficiency-claim">{claim?.drop ?? '–'}</td>
                    <td>{formatJoules(row.energy)}</td>
                    <td>{formatSeconds(row.time)}</td>
                  </>
                ) : (
                  <>
                    {running === index + 1 ? (
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
