// The lab's worker: the same engine and the same tfjs as the simulation worker's, beside it, so that the run is not disturbed.

import { buffersOfReport } from '../../sim/lab/packet/packet-report.ts';
import { onBackendLost } from '../../training/backend/backend.ts';
import { chooseTrainer } from '../backend-choice.ts';
import { failureKindOf, messageOf } from '../failure-kind.ts';
import { readAsset } from '../fetch-asset.ts';
import {
  expectShaderCompilation,
  sendHeartbeat,
  sendHeartbeatIfDue,
  sendHeartbeatsWhileTraining,
} from '../heartbeat.ts';
import type { LabCommand, LabEvent, PingCommand } from '../protocol.ts';
import { yieldToEventLoop } from '../yield-to-event-loop.ts';
import { type LabContext, measureAll, replay } from './lab-tasks.ts';

const post = (event: LabEvent, transfer: ArrayBuffer[] = []) => self.postMessage(event, { transfer });

async function runTask(command: LabCommand): Promise<void> {
  expectShaderCompilation(command.backend === 'webgl');
  const { trainer } = await chooseTrainer(command.backend);
  const context: LabContext = {
    trainer,
    readAsset,
    heartbeat: sendHeartbeatIfDue,
    yieldToEventLoop: () => {
      sendHeartbeatIfDue();
      return yieldToEventLoop();
    },
    post,
  };
  if (command.type === 'measure') {
    await measureAll(command, context);
    post({ type: 'done' });
    return;
  }
  const result = await replay(command, context);
  post({ type: 'replayed', result }, result.report ? buffersOfReport(result.report) : []);
}

const reportFailure = (error: unknown) =>
  post({ type: 'failed', kind: failureKindOf(error), message: messageOf(error) });

self.addEventListener('message', ({ data: command }: MessageEvent<LabCommand | PingCommand>) => {
  if (command.type === 'ping') sendHeartbeat();
  else runTask(command).catch(reportFailure);
});
self.addEventListener('unhandledrejection', ({ reason }) => reportFailure(reason));
onBackendLost(reportFailure);

sendHeartbeatsWhileTraining();
sendHeartbeat();
