// The rows of the efficiency table: results of the runs of one pipeline, one run for each seed, computed from their records.

import { bytesDownOf, bytesUpOf, energyOfRound, type RoundRecord, sum } from '../../record/record.ts';
import { BASELINE, type Claim, pipelines } from './pipelines.ts';
import { exceedsSpread, type SampleStatistics, sampleStatistics } from './statistics.ts';

/** The last accuracy jumps from round to round: the mean of so many is a run's result. */
const LAST_ROUNDS = 5;

export interface Measurement {
  /** Id of the pipeline. */
  readonly id: string;
  readonly seed: number;
  readonly rounds: number;
  /** Bytes on all links together, a round on average. */
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** Bytes of one device's upload on average: the model's size on the wire; NaN if nobody sent. */
  readonly upload: number;
  /** The same as bare 32-bit floats. */
  readonly uploadRaw: number;
  /** On the held-out test set, mean of the last five rounds, 0 … 1. */
  readonly accuracy: number;
  /** Joules of all devices over the run. */
  readonly energy: number;
  /** Simulated seconds of the run. */
  readonly time: number;
}

/** Accumulates a run's records one by one, so that none has to be stored. */
export class RunAccumulator {
  #rounds = 0;
  #up = 0;
  #down = 0;
  #uploads = 0;
  #uploaded = 0;
  #raw = 0;
  #energy = 0;
  #end = 0;
  readonly #accuracies: number[] = [];

  add(record: RoundRecord): void {
    const { bytesUp, bytesUpRaw } = record.devices;
    this.#rounds++;
    this.#up += bytesUpOf(record);
    this.#down += bytesDownOf(record);
    this.#uploads += bytesUp.reduce((count, bytes) => count + (bytes > 0 ? 1 : 0), 0);
    this.#uploaded += sum(bytesUp);
    this.#raw += sum(bytesUpRaw);
    this.#energy += energyOfRound(record);
    this.#end = record.end;
    this.#accuracies.push(record.evaluation.accuracy);
  }

  result(id: string, seed: number): Measurement {
    const last = this.#accuracies.slice(-LAST_ROUNDS);
    return {
      id,
      seed,
      rounds: this.#rounds,
      bytesUp: this.#up / this.#rounds,
      bytesDown: this.#down / this.#rounds,
      upload: this.#uploaded / this.#uploads,
      uploadRaw: this.#raw / this.#uploads,
      accuracy: sum(last) / last.length,
      energy: this.#energy,
      time: this.#end,
    };
  }
}

/** The runs of one pipeline; every figure over its seeds. */
export interface EfficiencyRow {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly claim: Claim | null;
  readonly rounds: number;
  /** Those measured so far, in order. */
  readonly seeds: readonly number[];
  /** As in `Measurement`. */
  readonly bytesUp: SampleStatistics;
  readonly bytesDown: SampleStatistics;
  readonly upload: SampleStatistics;
  readonly accuracy: SampleStatistics;
  readonly energy: SampleStatistics;
  readonly time: SampleStatistics;
  /** One upload's bytes as a share of FP32's with the same seed; NaN before FP32 is measured. */
  readonly size: SampleStatistics;
  /** FP32's accuracy minus this one's, paired: each difference is of one seed; NaN before FP32 is measured. */
  readonly drop: SampleStatistics;
  /** Whether it is on the Pareto front; see `paretoFront`. */
  readonly isOnFront: boolean;
  /** Whether no other is more accurate by more than the spread. */
  readonly isAmongBest: boolean;
}

/** One pipeline on the plane of the scatter: a run for each seed. */
export interface Candidate {
  readonly runs: readonly Pick<Measurement, 'seed' | 'bytesUp' | 'accuracy'>[];
}

type Figure = 'bytesUp' | 'accuracy';

/** How much `a` has more of a figure than `b`, over the seeds that both were measured with. */
function pairedGain(a: Candidate, b: Candidate, figure: Figure): SampleStatistics {
  const theirs = new Map(b.runs.map((each) => [each.seed, each[figure]]));
  return sampleStatistics(
    a.runs.flatMap((run) => {
      const other = theirs.get(run.seed);
      return other === undefined ? [] : [run[figure] - other];
    }),
  );
}

const exceeds = (a: Candidate, b: Candidate, figure: Figure): boolean => exceedsSpread(pairedGain(a, b, figure));

/** Whether `a` dominates `b`: cheaper and not less accurate, or as cheap and more accurate. */
function dominates(a: Candidate, b: Candidate): boolean {
  if (pairedGain(a, b, 'accuracy').count === 0) return false;
  if (exceeds(b, a, 'bytesUp')) return !exceeds(b, a, 'accuracy');
  return !exceeds(a, b, 'bytesUp') && exceeds(a, b, 'accuracy');
}

/**
 * The Pareto front of bytes against accuracy, from few bytes to many. A pipeline is on it if it is more accurate than each
 * cheaper one, and not less accurate than any that costs the same: 'more', 'cheaper' and 'less' are mean paired differences
 * beyond their own sample standard deviation (`exceedsSpread`), 'the same' is all that is within it. With one seed it is the
 * textbook's front: whatever another beats in one and equals or beats in the other is not on it.
 */
export const paretoFront = <Each extends Candidate>(candidates: readonly Each[]): Each[] => {
  const mean = ({ runs }: Each, figure: Figure) => sampleStatistics(runs.map((run) => run[figure])).mean;
  return candidates
    .filter((each) => !candidates.some((other) => dominates(other, each)))
    .sort((a, b) => mean(a, 'bytesUp') - mean(b, 'bytesUp') || mean(a, 'accuracy') - mean(b, 'accuracy'));
};

/** A student's bytes are its own, those of the run are its teacher's: it has no place on the front. */
export const isStudent = (id: string): boolean => pipelines.find((each) => each.id === id)?.student !== undefined;

/** Rows in the order in which their pipelines were first measured. */
export function toEfficiencyRows(measured: readonly Measurement[]): EfficiencyRow[] {
  const byPipeline = new Map<string, Measurement[]>();
  for (const each of measured) byPipeline.set(each.id, [...(byPipeline.get(each.id) ?? []), each]);
  const baseline = new Map(byPipeline.get(BASELINE)?.map((each) => [each.seed, each]));
  const candidates = [...byPipeline].map(([id, runs]) => ({ id, runs }));
  const front = new Set(paretoFront(candidates.filter(({ id }) => !isStudent(id))));
  return candidates.map((candidate) => {
    const { id, runs } = candidate;
    const pipeline = pipelines.find((each) => each.id === id);
    const over = (read: (run: Measurement) => number) => sampleStatistics(runs.map(read));
    const againstBaseline = (read: (run: Measurement, plain: Measurement) => number) =>
      sampleStatistics(
        runs.flatMap((run) => {
          const plain = baseline.get(run.seed);
          return plain ? [read(run, plain)] : [];
        }),
      );
    return {
      id,
      label: pipeline?.label ?? id,
      about: pipeline?.about ?? '',
      claim: pipeline?.claim ?? null,
      rounds: runs[0].rounds,
      seeds: runs.map(({ seed }) => seed),
      bytesUp: over(({ bytesUp }) => bytesUp),
      bytesDown: over(({ bytesDown }) => bytesDown),
      upload: over(({ upload }) => upload),
      accuracy: over(({ accuracy }) => accuracy),
      energy: over(({ energy }) => energy),
      time: over(({ time }) => time),
      size: againstBaseline((run, plain) => run.upload / plain.upload),
      drop: againstBaseline((run, plain) => plain.accuracy - run.accuracy),
      isOnFront: front.has(candidate),
      isAmongBest: !candidates.some((other) => exceeds(other, candidate, 'accuracy')),
    };
  });
}

/** What the measured drop says of the tutorial's: it holds, it does not, or the spread leaves both possible. */
export type Verdict = 'holds' | 'does not hold' | 'undecided';

/**
 * @param drop of accuracy against FP32, 0 … 1
 * @param most that the tutorial promises at most, points
 * @returns 'holds' if mean + sd are at most that, 'does not hold' if mean − sd are more; of one seed always 'undecided'.
 */
export function verdictOn({ mean, sd }: SampleStatistics, most: number): Verdict {
  if (100 * (mean + sd) <= most) return 'holds';
  return 100 * (mean - sd) > most ? 'does not hold' : 'undecided';
}
