// The simulation worker: takes the page's commands, opens runs, and answers with events. The only place in the browser where
// tfjs is loaded, but for the lab's worker.

import type { DealtData } from '../../sim/data/dealt.ts';
import { dealToNew, dealtData, openFederation } from '../../sim/data/federation.ts';
import { runFederation } from '../../sim/engine/run.ts';
import type { WatchedMessage } from '../../sim/engine/watch.ts';
import type { Fleet } from '../../sim/experiment/sections/fleet.ts';
import { buffersOfReport } from '../../sim/lab/packet-report.ts';
import { onBackendLost } from '../../training/backend.ts';
import { chooseTrainer, knownTimings, timeAll } from '../backend-choice.ts';
import { kindOfFailure, messageOf } from '../failure-kind.ts';
import { readAsset } from '../fetch-asset.ts';
import { announceShaders, noteLife, sayAlive, watchTraining } from '../heartbeat.ts';
import { answer } from '../lab/lab-tasks.ts';
import { nextTask } from '../next-task.ts';
import type { BackendId, Command, FailureKind, WorkerEvent } from '../protocol.ts';
import { MessageRing } from './message-cache.ts';
import { Session } from './run-controller.ts';

/** The latest rounds' messages, for the packet inspector. */
const KEPT_BYTES = 32 * 2 ** 20;

const post = (event: WorkerEvent, transfer: ArrayBuffer[] = []) => self.postMessage(event, { transfer });

let session: Session | null = null;
let ring = new MessageRing(KEPT_BYTES);
let pace = 0;
/** Commands to the present run wait for it to be opened. */
let opening: Promise<void> = Promise.resolve();
let latestRun = 0;
/** What the present run trains on; others may be open since they were timed. */
let trainsOn: BackendId | null = null;

function fail(run: number, kind: FailureKind, error: unknown): void {
  session?.close();
  session = null;
  post({ type: 'failed', run, kind, message: messageOf(error) });
}

async function open({
  run,
  experiment,
  edits,
  done,
  backend: wanted,
  lost,
}: Extract<Command, { type: 'open' }>): Promise<void> {
  session?.close();
  session = null;
  const kept = new MessageRing(KEPT_BYTES);
  ring = kept;
  try {
    announceShaders(wanted === 'webgl');
    const { trainer, backend, fallback } = await chooseTrainer(wanted, lost);
    announceShaders(backend === 'webgl');
    trainsOn = backend;
    post({ type: 'backend', chosen: backend, timings: knownTimings(), ...(fallback !== null && { fallback }) });
    // A large fleet's data takes seconds to deal: the page may want another run meanwhile.
    const rest = async () => {
      noteLife();
      await nextTask();
      if (run !== latestRun) throw new Error('Another run was opened.');
    };
    const federation = await openFederation(experiment, readAsset, rest);
    if (run !== latestRun) return;
    let catchesUp = done > 0;
    const onDealt = (data: DealtData) => {
      if (!catchesUp) post({ type: 'dealt', run, data });
    };
    const watch = (message: WatchedMessage) => {
      noteLife();
      kept.add(message);
    };
    session = new Session({
      run,
      lastRound: experiment.rounds,
      targetAccuracy: experiment.targetAccuracy,
      edits,
      done,
      pace,
      kindOf: kindOfFailure,
      post: (event, transfer) => {
        // The first round has compiled what there is to compile.
        if (event.type === 'rounds') announceShaders(false);
        post(event, transfer);
      },
      onCaughtUp: () => {
        catchesUp = false;
        onDealt(dealtData(federation));
        post({ type: 'opened', run });
      },
      // An added device's samples are dealt at once: the page shows them while it waits for the next round.
      whilePaused: async (changes) => {
        const added = changes.findLast(({ path }) => path === 'fleet.added')?.value as Fleet['added'] | undefined;
        if (!added) return;
        const fleet = { ...experiment.fleet, added };
        if (await dealToNew(federation, { ...experiment, fleet })) onDealt(dealtData(federation));
      },
      rounds: (takeChanges) => runFederation(federation, trainer, { edits, takeChanges, onDealt, watch }),
    });
  } catch (error) {
    if (run === latestRun) fail(run, kindOfFailure(error), error);
  }
}

function inspect({ run, request, query }: Extract<Command, { type: 'inspect' }>): void {
  const found = answer(ring.find(query), query);
  post({ type: 'inspected', run, request, found }, found.report ? buffersOfReport(found.report) : []);
}

async function timeBackends(): Promise<void> {
  announceShaders(true);
  await timeAll();
  announceShaders(false);
  post({ type: 'backend', chosen: null, timings: knownTimings() });
}

function obey(command: Exclude<Command, { type: 'ping' | 'open' }>): void | Promise<void> {
  if (command.type === 'time backends') return timeBackends();
  if (command.type === 'pace') {
    pace = command.milliseconds;
    session?.setPace(pace);
    return;
  }
  if (command.run !== latestRun) return;
  if (command.type === 'inspect') inspect(command);
  if (!session) return;
  if (command.type === 'play') session.play();
  else if (command.type === 'pause') session.pause();
  else if (command.type === 'step') session.step();
  else if (command.type === 'edit') session.edit(command.changes);
}

self.addEventListener('message', ({ data: command }: MessageEvent<Command>) => {
  if (command.type === 'ping') {
    sayAlive();
  } else if (command.type === 'open') {
    latestRun = command.run;
    session?.close();
    opening = opening.then(() => (command.run === latestRun ? open(command) : undefined));
  } else {
    opening = opening.then(() => obey(command));
  }
});

// What fails outside a round: a context that is lost while the run is paused, a promise that nobody waited for.
onBackendLost((error) => {
  if (error.backend === trainsOn) fail(latestRun, kindOfFailure(error), error);
});
self.addEventListener('unhandledrejection', ({ reason }) => fail(latestRun, kindOfFailure(reason), reason));

watchTraining();
sayAlive();
