// The lab's worker: the same engine and the same tfjs as the simulation's, beside it, so that the run goes on untouched.

import { buffersOfReport } from '../../sim/lab/packet-report.ts';
import { onBackendLost } from '../../training/backend.ts';
import { chooseTrainer } from '../backend-choice.ts';
import { kindOfFailure, messageOf } from '../failure-kind.ts';
import { readAsset } from '../fetch-asset.ts';
import { announceShaders, noteLife, sayAlive, watchTraining } from '../heartbeat.ts';
import { nextTask } from '../next-task.ts';
import type { LabCommand, LabEvent, PingCommand } from '../protocol.ts';
import { type LabTools, measureAll, replay } from './lab-tasks.ts';

const tell = (event: LabEvent, transfer: ArrayBuffer[] = []) => self.postMessage(event, { transfer });

async function work(command: LabCommand): Promise<void> {
  announceShaders(command.backend === 'webgl');
  const { trainer } = await chooseTrainer(command.backend);
  const rest = () => {
    noteLife();
    return nextTask();
  };
  const tools: LabTools = { trainer, readAsset, noteLife, rest, tell };
  if (command.type === 'measure') {
    await measureAll(command, tools);
    tell({ type: 'done' });
    return;
  }
  const found = await replay(command, tools);
  tell({ type: 'replayed', found }, found.report ? buffersOfReport(found.report) : []);
}

const fail = (error: unknown) => tell({ type: 'failed', kind: kindOfFailure(error), message: messageOf(error) });

self.addEventListener('message', ({ data: command }: MessageEvent<LabCommand | PingCommand>) => {
  if (command.type === 'ping') sayAlive();
  else work(command).catch(fail);
});
self.addEventListener('unhandledrejection', ({ reason }) => fail(reason));
onBackendLost(fail);

watchTraining();
sayAlive();
