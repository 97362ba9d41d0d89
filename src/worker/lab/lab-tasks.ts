// The lab's two tasks: replaying a round for the packet inspector, and measuring the efficiency table. Independent of Worker and
// tfjs, so that a test can run them.

import type { ReadAsset } from '../../sim/data/dataset.ts';
import type { ObservedMessage } from '../../sim/engine/messages/message-observer.ts';
import { run } from '../../sim/engine/run.ts';
import { applyChanges } from '../../sim/experiment/edits.ts';
import type { Measurement } from '../../sim/lab/efficiency/efficiency.ts';
import { measurePipeline } from '../../sim/lab/efficiency/measure.ts';
import { pipelines } from '../../sim/lab/efficiency/pipelines.ts';
import { seedsFrom } from '../../sim/lab/efficiency/seeds.ts';
import { reportPacket } from '../../sim/lab/packet/packet-report.ts';
import type { LocalTrainer } from '../../sim/trainer.ts';
import type { LabCommand, LabEvent, MessageQuery, MessageQueryResult } from '../protocol.ts';

export interface LabContext {
  readonly trainer: LocalTrainer;
  readonly readAsset: ReadAsset;
  /** Called between the slices of a round. */
  readonly heartbeat: () => void;
  /** Lets pings be answered while the data of a large fleet are prepared. */
  readonly yieldToEventLoop: () => Promise<void>;
  readonly post: (event: LabEvent) => void;
}

/** @param messages those that crossed the link in the round; null if the round is not cached */
export const toQueryResult = (
  messages: readonly ObservedMessage[] | null,
  { index }: Pick<MessageQuery, 'index'>,
): MessageQueryResult => {
  const message = messages?.[index];
  return { count: messages?.length ?? null, report: message ? reportPacket(message) : null };
};

/** Runs the experiment with its recorded edits again up to the wanted round: the same seed gives the same messages. */
export async function replay(
  { experiment, edits, query }: Extract<LabCommand, { type: 'replay' }>,
  { trainer, readAsset, heartbeat, yieldToEventLoop, post }: LabContext,
): Promise<MessageQueryResult> {
  const messages: ObservedMessage[] = [];
  const onMessage = (message: ObservedMessage): void => {
    heartbeat();
    const { round, node, direction } = message;
    if (round === query.round && node === query.node && direction === query.direction) messages.push(message);
  };
  const label = `Round ${query.round}`;
  for await (const { round } of run(experiment, trainer, {
    edits,
    readAsset,
    yieldControl: yieldToEventLoop,
    onMessage,
  })) {
    post({ type: 'progress', run: 1, runs: 1, round, label });
    if (round >= query.round) break;
  }
  return toQueryResult(messages, query);
}

/**
 * Runs the experiment under every pipeline with every seed, one run after another: pipelines are compared with the same seeds, so
 * that only the pipeline differs. The seeds of one pipeline follow one another, FP32's first, so that the table fills row by row.
 */
export async function measureAll(
  { experiment, rounds, seeds, measured }: Extract<LabCommand, { type: 'measure' }>,
  { trainer, readAsset, heartbeat, yieldToEventLoop, post }: LabContext,
): Promise<void> {
  const tasks = pipelines.flatMap((pipeline) => seedsFrom(experiment.seed, seeds).map((seed) => ({ pipeline, seed })));
  /** By experiment: the present settings may equal one of the other pipelines, which is then not run twice. */
  const measurements = new Map<string, Measurement>();
  for (const [index, { pipeline, seed }] of tasks.entries()) {
    const { id, changes, student } = pipeline;
    const label = seeds > 1 ? `${pipeline.label}, seed ${seed}` : pipeline.label;
    const base = applyChanges(experiment, [
      { path: 'rounds', value: rounds },
      { path: 'seed', value: seed },
    ]);
    const key = JSON.stringify([applyChanges(base, changes), student]);
    // A failed worker's measurements are the first ones, because rows are posted in the order of the tasks.
    const earlier = measured[index];
    if (earlier) {
      measurements.set(key, earlier);
      continue;
    }
    const duplicate = measurements.get(key);
    const row = duplicate
      ? { ...duplicate, id }
      : await measurePipeline(base, pipeline, {
          trainer,
          readAsset,
          yieldControl: yieldToEventLoop,
          onMessage: heartbeat,
          onRound: (round) => post({ type: 'progress', run: index + 1, runs: tasks.length, round, label }),
        });
    measurements.set(key, row);
    post({ type: 'measured', row });
  }
}
