// The lab's two tasks. Know nothing of Worker or tfjs, so that a test can run them.

import type { ReadAsset } from '../../sim/data/federation.ts';
import { run } from '../../sim/engine/run.ts';
import type { WatchedMessage } from '../../sim/engine/watch.ts';
import { applyChanges } from '../../sim/experiment/edits.ts';
import type { Measurement } from '../../sim/lab/efficiency.ts';
import { measurePipeline } from '../../sim/lab/measure.ts';
import { reportPacket } from '../../sim/lab/packet-report.ts';
import { pipelines } from '../../sim/lab/pipelines.ts';
import { seedsFrom } from '../../sim/lab/seeds.ts';
import type { LocalTrainer } from '../../sim/trainer.ts';
import type { Found, LabCommand, LabEvent, MessageQuery } from '../protocol.ts';

export interface LabTools {
  readonly trainer: LocalTrainer;
  readonly readAsset: ReadAsset;
  /** Called between the slices of a round. */
  readonly noteLife: () => void;
  /** Lets pings have their turn while a large fleet's data is dealt. */
  readonly rest: () => Promise<void>;
  readonly tell: (event: LabEvent) => void;
}

/** The wanted one of the messages that crossed a link in a round; null messages are not kept. */
export const answer = (messages: readonly WatchedMessage[] | null, { index }: Pick<MessageQuery, 'index'>): Found => {
  const message = messages?.[index];
  return { count: messages?.length ?? null, report: message ? reportPacket(message) : null };
};

/** Runs the experiment with its recorded edits again up to the wanted round: the same seed, so the same messages. */
export async function replay(
  { experiment, edits, query }: Extract<LabCommand, { type: 'replay' }>,
  { trainer, readAsset, noteLife, rest, tell }: LabTools,
): Promise<Found> {
  const messages: WatchedMessage[] = [];
  const watch = (message: WatchedMessage): void => {
    noteLife();
    const { round, node, direction } = message;
    if (round === query.round && node === query.node && direction === query.direction) messages.push(message);
  };
  const label = `Round ${query.round}`;
  for await (const { round } of run(experiment, trainer, { edits, readAsset, rest, watch })) {
    tell({ type: 'progress', run: 1, runs: 1, round, label });
    if (round >= query.round) break;
  }
  return answer(messages, query);
}

/**
 * Runs the experiment under every pipeline with every seed, one run after another: pipelines are compared with the same seeds, so
 * that only the pipeline differs. A pipeline's seeds follow one another, FP32's first, so that whole rows appear.
 */
export async function measureAll(
  { experiment, rounds, seeds, measured }: Extract<LabCommand, { type: 'measure' }>,
  { trainer, readAsset, noteLife, rest, tell }: LabTools,
): Promise<void> {
  const tasks = pipelines.flatMap((pipeline) => seedsFrom(experiment.seed, seeds).map((seed) => ({ pipeline, seed })));
  /** The experiment as it is set may be one of the others. */
  const known = new Map<string, Measurement>();
  for (const [index, { pipeline, seed }] of tasks.entries()) {
    const { id, changes, student } = pipeline;
    const label = seeds > 1 ? `${pipeline.label}, seed ${seed}` : pipeline.label;
    const whole = applyChanges(experiment, [
      { path: 'rounds', value: rounds },
      { path: 'seed', value: seed },
    ]);
    const key = JSON.stringify([applyChanges(whole, changes), student]);
    // The rows come in the order of the tasks.
    const earlier = measured[index];
    if (earlier) {
      known.set(key, earlier);
      continue;
    }
    const twin = known.get(key);
    const row = twin
      ? { ...twin, id }
      : await measurePipeline(whole, pipeline, {
          trainer,
          readAsset,
          rest,
          watch: noteLife,
          onRound: (round) => tell({ type: 'progress', run: index + 1, runs: tasks.length, round, label }),
        });
    known.set(key, row);
    tell({ type: 'measured', row });
  }
}
