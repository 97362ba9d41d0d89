// The four numbers that the tutorial judges a federation by: accuracy, round trip, energy and uplink, each with its target
// and its trend; below them whom the round waits for, and what would help.

import { useMemo } from 'react';
import { type FleetDailyProjection, fleetDailyProjection } from '../../sim/record/daily-projection.ts';
import { milliampHoursOf, joules as toJoules } from '../../sim/units.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatBytes, formatDays, formatJoules, formatNumber, formatSeconds, formatShare } from '../format.ts';
import { judged } from './judged.ts';
import { Modelled } from './modelled.tsx';
import { compressionOf, joulesSoFar, type RoundSummary, sayRatio, summaryOf } from './round-summary.ts';
import { ACCURACY_TARGET, ROUND_TRIP_TARGET } from './targets.ts';
import { Tile } from './tile.tsx';
import { toTrend } from './trend.ts';
import { WaitHint } from './wait-hint.tsx';
import './tiles.css';

/** The tutorial counts in mAh of a 3.7 V cell. */
const CELL_VOLTS = 3.7;

const accuracy = (summary: RoundSummary) => summary.accuracy;
const seconds = (summary: RoundSummary) => summary.seconds;
const joules = (summary: RoundSummary) => summary.joules;
const up = (summary: RoundSummary) => summary.up;

// Made once: a tile is drawn with every batch of rounds, its popover only when it is opened.
const roundTripBadge = <Modelled what="Round trip" formulas={['roundTrip']} />;
const energyBadge = <Modelled what="Energy" formulas={['energy']} />;

const lifetimeBadge = <Modelled what="Energy and lifetime" formulas={['energy', 'lifetime']} />;
const dayBadge = <Modelled what="Bytes a day" formulas={['lifetime']} />;

const points = (change: number) => `${(change * 100).toFixed(1)} points`;

function useSummary() {
  const last = useFogline((state) => state.history.at(-1));
  return last && summaryOf(last);
}

function useTrend(read: (summary: RoundSummary) => number) {
  const history = useFogline((state) => state.history);
  return useMemo(() => toTrend(history, read), [history, read]);
}

function AccuracyTile() {
  const last = useSummary();
  const target = formatShare(ACCURACY_TARGET, 0);
  const met = last !== undefined && last.accuracy > ACCURACY_TARGET;
  return (
    <Tile
      label="Accuracy"
      value={last ? formatShare(last.accuracy) : '–'}
      {...judged(last, {
        standing: met ? 'good' : 'plain',
        note: met ? `over ${target}, test set` : last ? `not yet over ${target}` : `target over ${target}`,
      })}
      trend={useTrend(accuracy)}
      better="up"
      formatChange={points}
    />
  );
}

function RoundTripTile() {
  const last = useSummary();
  const target = formatSeconds(ROUND_TRIP_TARGET).replace('1.00', '1');
  const met = last !== undefined && last.seconds < ROUND_TRIP_TARGET;
  return (
    <Tile
      label="Round trip"
      badge={roundTripBadge}
      value={last ? formatSeconds(last.seconds) : '–'}
      {...judged(last, {
        standing: met ? 'good' : last ? 'bad' : 'plain',
        note: met ? `under ${target}` : `target under ${target}`,
      })}
      trend={useTrend(seconds)}
      better="down"
      formatChange={formatSeconds}
    />
  );
}

interface DayProps {
  /** What the rounds come to a day; null where they have no interval. */
  readonly day: FleetDailyProjection | null;
}

function EnergyTile({ day }: DayProps) {
  const last = useSummary();
  const history = useFogline((state) => state.history);
  const total = useMemo(() => joulesSoFar(history), [history]);
  const charge = formatNumber(milliampHoursOf(toJoules(total), CELL_VOLTS));
  const lifetime = day?.lifetime ?? null;
  const soFar = last ? `${formatJoules(total)} (${charge} mAh) so far` : 'all devices, less is better';
  return (
    <Tile
      label="Energy a round"
      badge={lifetime === null ? energyBadge : lifetimeBadge}
      value={last ? formatJoules(last.joules) : '–'}
      {...judged(last, {
        standing: 'plain',
        note: lifetime === null ? soFar : `first battery: ${formatDays(lifetime)}`,
      })}
      trend={useTrend(joules)}
      better="down"
      formatChange={formatJoules}
    />
  );
}

function UplinkTile({ day }: DayProps) {
  const last = useSummary();
  const ratio = last ? compressionOf(last) : Number.NaN;
  return (
    <Tile
      label="Uplink a round"
      badge={day && dayBadge}
      value={last ? formatBytes(last.up) : '–'}
      {...judged(last, {
        standing: 'plain',
        note: day ? `${formatBytes(day.bytesUp)} up a day` : last ? sayRatio(ratio) : 'all links, less is better',
      })}
      trend={useTrend(up)}
      better="down"
      formatChange={formatBytes}
    />
  );
}

/** Worked out once for both. */
function EnergyAndUplink() {
  const history = useFogline((state) => state.history);
  const experiment = useFogline((state) => state.experiment);
  const topology = useFogline((state) => state.topology);
  const day = useMemo(() => fleetDailyProjection(history, experiment, topology), [history, experiment, topology]);
  return (
    <>
      <EnergyTile day={day} />
      <UplinkTile day={day} />
    </>
  );
}

export function Tiles() {
  return (
    <div className="tiles">
      <AccuracyTile />
      <RoundTripTile />
      <EnergyAndUplink />
      <WaitHint />
    </div>
  );
}
