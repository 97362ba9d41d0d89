// The simulation worker: handles the page's commands, opens runs, and answers with events. Besides the lab's worker the only place
// in the browser that loads tfjs.

import type { DataDistribution } from '../../sim/data/data-distribution.ts';
import { dataDistribution, openFederation, partitionForNewDevices } from '../../sim/data/federation.ts';
import type { ObservedMessage } from '../../sim/engine/messages/message-observer.ts';
import { runFederation } from '../../sim/engine/run.ts';
import type { Fleet } from '../../sim/experiment/sections/fleet.ts';
import { buffersOfReport } from '../../sim/lab/packet/packet-report.ts';
import { onBackendLost } from '../../training/backend/backend.ts';
import { chooseTrainer, knownTimings, timeBackends } from '../backend-choice.ts';
import { failureKindOf, messageOf } from '../failure-kind.ts';
import { readAsset } from '../fetch-asset.ts';
import {
  expectShaderCompilation,
  sendHeartbeat,
  sendHeartbeatIfDue,
  sendHeartbeatsWhileTraining,
} from '../heartbeat.ts';
import { toQueryResult } from '../lab/lab-tasks.ts';
import type { BackendId, FailureKind, SimCommand, SimEvent } from '../protocol.ts';
import { yieldToEventLoop } from '../yield-to-event-loop.ts';
import { MessageCache } from './message-cache.ts';
import { RunController } from './run-controller.ts';

const MESSAGE_CACHE_BYTES = 32 * 2 ** 20;

const post = (event: SimEvent, transfer: ArrayBuffer[] = []) => self.postMessage(event, { transfer });

let controller: RunController | null = null;
let messageCache = new MessageCache(MESSAGE_CACHE_BYTES);
let pace = 0;
/** Commands are handled one after another: those to the present run wait until it is open. */
let queue: Promise<void> = Promise.resolve();
let latestRun = 0;
/** The backend that the present run trains on; timing the backends may have opened others. */
let backendInUse: BackendId | null = null;

function closeRun(): void {
  controller?.close();
  controller = null;
}

function reportFailure(run: number, kind: FailureKind, error: unknown): void {
  closeRun();
  post({ type: 'failed', run, kind, message: messageOf(error) });
}

async function open({
  run,
  experiment,
  edits,
  completedRounds,
  backend: wanted,
  lostBackends,
}: Extract<SimCommand, { type: 'open' }>): Promise<void> {
  closeRun();
  const cache = new MessageCache(MESSAGE_CACHE_BYTES);
  messageCache = cache;
  try {
    expectShaderCompilation(wanted === 'webgl');
    const { trainer, backend, fallback } = await chooseTrainer(wanted, lostBackends);
    expectShaderCompilation(backend === 'webgl');
    backendInUse = backend;
    post({ type: 'backend', chosen: backend, timings: knownTimings(), ...(fallback !== null && { fallback }) });
    // Preparing the data of a large fleet takes seconds, in which the page may open another run.
    const yieldAndCheck = async () => {
      sendHeartbeatIfDue();
      await yieldToEventLoop();
      if (run !== latestRun) throw new Error('Another run was opened.');
    };
    const federation = await openFederation(experiment, readAsset, yieldAndCheck);
    if (run !== latestRun) return;
    let isReplaying = completedRounds > 0;
    const postPartition = (partition: DataDistribution) => {
      if (!isReplaying) post({ type: 'partitioned', run, partition });
    };
    const onMessage = (message: ObservedMessage) => {
      sendHeartbeatIfDue();
      cache.add(message);
    };
    controller = new RunController({
      run,
      lastRound: experiment.rounds,
      targetAccuracy: experiment.targetAccuracy,
      edits,
      completedRounds,
      pace,
      failureKindOf,
      post: (event, transfer) => {
        // All shaders have been compiled by the end of the first round.
        if (event.type === 'rounds') expectShaderCompilation(false);
        post(event, transfer);
      },
      onReplayed: () => {
        isReplaying = false;
        postPartition(dataDistribution(federation));
        post({ type: 'opened', run });
      },
      // An added device gets its samples at once, so that the page can show them before the next round.
      onEditWhilePaused: async (changes) => {
        const added = changes.findLast(({ path }) => path === 'fleet.added')?.value as Fleet['added'] | undefined;
        if (!added) return;
        const fleet = { ...experiment.fleet, added };
        if (await partitionForNewDevices(federation, { ...experiment, fleet }))
          postPartition(dataDistribution(federation));
      },
      rounds: (takeChanges) =>
        runFederation(federation, trainer, { edits, takeChanges, onDataDistribution: postPartition, onMessage }),
    });
  } catch (error) {
    if (run === latestRun) reportFailure(run, failureKindOf(error), error);
  }
}

function inspect({ run, request, query }: Extract<SimCommand, { type: 'inspect' }>): void {
  const result = toQueryResult(messageCache.find(query), query);
  post({ type: 'inspected', run, request, result }, result.report ? buffersOfReport(result.report) : []);
}

async function postTimings(): Promise<void> {
  expectShaderCompilation(true);
  await timeBackends();
  expectShaderCompilation(false);
  post({ type: 'backend', chosen: null, timings: knownTimings() });
}

function handle(command: Exclude<SimCommand, { type: 'ping' | 'open' }>): void | Promise<void> {
  if (command.type === 'time backends') return postTimings();
  if (command.type === 'pace') {
    pace = command.milliseconds;
    controller?.setPace(pace);
    return;
  }
  if (command.run !== latestRun) return;
  if (command.type === 'inspect') inspect(command);
  if (!controller) return;
  if (command.type === 'play') controller.play();
  else if (command.type === 'pause') controller.pause();
  else if (command.type === 'step') controller.step();
  else if (command.type === 'edit') controller.edit(command.changes);
}

self.addEventListener('message', ({ data: command }: MessageEvent<SimCommand>) => {
  if (command.type === 'ping') {
    sendHeartbeat();
  } else if (command.type === 'open') {
    latestRun = command.run;
    controller?.close();
    queue = queue.then(() => (command.run === latestRun ? open(command) : undefined));
  } else {
    queue = queue.then(() => handle(command));
  }
});

// Failures outside a round: a graphics context that is lost while the run is paused, an unhandled rejection.
onBackendLost((error) => {
  if (error.backend === backendInUse) reportFailure(latestRun, failureKindOf(error), error);
});
self.addEventListener('unhandledrejection', ({ reason }) => reportFailure(latestRun, failureKindOf(reason), reason));

sendHeartbeatsWhileTraining();
sendHeartbeat();
