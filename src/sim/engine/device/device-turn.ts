// A device's turn: it downloads a model, trains, and uploads its update. Each phase has its time and its joules (modelled); a
// battery that empties ends it there, and so does a device that goes offline while a message is on the air: nothing arrives,
// what was spent is spent. Under a duty cycle a message waits until the off time of the one before it has passed.

import { computeEnergy, computeTime, macRateOf } from '../../fleet/compute.ts';
import type { DeviceNode } from '../../fleet/topology.ts';
import { receiveEnergy, transfer, transmitEnergy, wakeEnergy } from '../../network/link.ts';
import type { Status } from '../../record/statuses.ts';
import { bytes, type Macs } from '../../units.ts';
import { type Context, clockAt, countFailure, deviceNode, deviceState, trainedModel } from '../context.ts';
import { schedule } from '../event-queue.ts';
import { isUsable, updateResidual } from '../messages/encoding.ts';
import { isWholeUsable, keepExchanged, sizesOf, tensorsOf } from '../messages/exchange.ts';
import { isAvailable, linkState, reachesGateway } from '../messages/links.ts';
import { notifyObserver } from '../messages/message-observer.ts';
import type { EncodedModel, Phase, Turn } from '../run-state.ts';
import { encodeDeviceUpdate } from './device-update.ts';
import { charged, joulesLeft, payAtOnce, payUntil, shareBefore } from './energy.ts';
import { localMacs } from './local-work.ts';
import { trainWaiting } from './training.ts';

/** Its gateway has a device's model, and sends it. @param source the node that the model comes from */
export function startDownload(
  context: Context,
  device: DeviceNode,
  turn: Turn,
  model: EncodedModel,
  source: string,
): void {
  turn.model = model;
  turn.source = source;
  context.state.waiting.add(device.id);
  beginWhenSilent(context, device, turn, 'down');
}

/** A radio under a duty cycle keeps silent until its off time has passed. */
function beginWhenSilent(context: Context, device: DeviceNode, turn: Turn, direction: 'up' | 'down'): void {
  const free = linkState(context, device.id)[direction];
  if (free <= context.now) beginPhase(context, device, turn);
  else schedule(context.state.queue, free, { kind: 'phase-start', device: device.id, turn: turn.id });
}

const nextKind = (turn: Turn): Phase['kind'] => (turn.sent ? 'upload' : turn.downloaded ? 'train' : 'download');

interface Work {
  readonly time: number;
  readonly onAir: number;
  readonly joules: number;
  readonly wake: number;
  /** Silence that the duty cycle asks for after it. */
  readonly offTime: number;
}

/** Multiply-accumulates of a turn's local training. */
function macsOf(context: Context, turn: Turn): Macs {
  return localMacs(trainedModel(context, context.families[turn.family]), turn.work, context.experiment);
}

function workOf(context: Context, device: DeviceNode, turn: Turn, kind: Phase['kind']): Work {
  const { figures, profile } = device;
  if (kind === 'train') {
    const time = computeTime(macsOf(context, turn), macRateOf(figures));
    return { time, onAir: time, joules: computeEnergy(figures, time), wake: 0, offTime: 0 };
  }
  const direction = kind === 'download' ? 'down' : 'up';
  const message = kind === 'download' ? turn.model : turn.sent;
  const size = message ? sizesOf(message).size : 0;
  const link = context.world.linkOf(device, clockAt(context, context.now));
  const crossing = transfer(bytes(size), link, direction, profile.radio);
  const energy = kind === 'download' ? receiveEnergy(figures, crossing) : transmitEnergy(figures, crossing);
  return {
    time: crossing.time,
    onAir: crossing.onAir,
    joules: energy,
    wake: kind === 'download' || size > 0 ? wakeEnergy(figures, 1) : 0,
    offTime: crossing.offTime,
  };
}

/** Begins the next phase of a turn now. */
export function beginPhase(context: Context, device: DeviceNode, turn: Turn): void {
  const kind = nextKind(turn);
  const gateway = context.topology.byId.get(device.parent);
  if (kind !== 'train') {
    if (!reachesGateway(context, device, gateway?.tier === 'gateway' ? gateway : undefined)) {
      failTurn(context, device, turn, context.world.isOff(device) ? 'switched off' : 'cut off');
      return;
    }
    if (!isAvailable(context, device)) {
      failTurn(context, device, turn, 'offline');
      return;
    }
  }
  const left = joulesLeft(context, device);
  const { time, onAir, joules, wake, offTime } = workOf(context, device, turn, kind);
  const idle = (device.figures.idlePower / 1000) * Math.max(0, time - onAir);
  const cost = joules + wake + idle;
  const start = context.now;
  const died = shareBefore(cost, left, charged(context, device, start, start + time));
  const until =
    kind === 'train' || time === 0
      ? Number.POSITIVE_INFINITY
      : context.world.reachableUntil(device, clockAt(context, start)) - context.state.clock;
  const gone = until < start + time ? (until - start) / time : 1;
  const share = Math.min(died, gone);
  const failure: Status | null = share === 1 ? null : died <= gone ? 'battery died' : 'offline';
  const end = share === 1 ? start + time : start + time * share;
  // Of a message that breaks off, only what was sent asks for silence.
  if (kind !== 'train') linkState(context, device.id)[kind === 'download' ? 'down' : 'up'] = end + offTime;
  turn.phase = { kind, start, end, work: joules * share, wake: wake * share, idle: idle * share, failure };
  if (end === start) {
    payAtOnce(context, device, 'wake', wake * share);
    turn.phase = { ...turn.phase, work: 0, wake: 0, idle: 0 };
  }
  schedule(context.state.queue, end, { kind: 'phase-end', device: device.id, turn: turn.id });
}

/** A phase that had to wait for its radio begins. */
export function onPhaseStart(context: Context, id: string, turnId: number): void {
  const device = deviceNode(context, id);
  if (!device) return;
  const { turn } = deviceState(context, id);
  if (turn?.id === turnId) beginPhase(context, device, turn);
}

/** @returns what has to be waited for: the training of all that wait, where this device's result is not there yet */
export function onPhaseEnd(context: Context, id: string, turnId: number): Promise<void> | undefined {
  const device = deviceNode(context, id);
  if (!device) return undefined;
  const { turn } = deviceState(context, id);
  const phase = turn?.phase;
  if (!turn || !phase || turn.id !== turnId) return undefined;
  payUntil(context, device, context.now);
  context.recorder.phase(id, phase, phase.end);
  turn.phase = null;
  if (phase.failure) {
    if (phase.failure === 'battery died') deviceState(context, id).hasDied = true;
    failTurn(context, device, turn, phase.failure);
  } else if (phase.kind === 'download') finishDownload(context, device, turn);
  else if (phase.kind === 'upload') finishUpload(context, device, turn);
  else if (turn.trained) finishTraining(context, device, turn);
  else return trainWaiting(context).then(() => finishTraining(context, device, turn));
  return undefined;
}

function finishDownload(context: Context, device: DeviceNode, turn: Turn): void {
  const { model, source } = turn;
  if (!model) return;
  const family = context.families[turn.family];
  family.state.received.set(device.id, { from: source, copy: model.copy });
  context.recorder.downloaded(device.id, sizesOf(model));
  notifyObserver({ ...watching(context, turn) }, { node: device.id, direction: 'down' }, model);
  turn.downloaded = true;
  beginPhase(context, device, turn);
}

function finishTraining(context: Context, device: DeviceNode, turn: Turn): void {
  const { trained } = turn;
  if (!trained) throw new Error(`${device.id} was asked to train and has no result.`);
  const { devices } = context.recorder;
  const row = context.recorder.row(device.id);
  devices.macs[row] += macsOf(context, turn);
  devices.steps[row] += trained.steps;
  devices.loss[row] = trained.loss;
  devices.accuracy[row] = trained.accuracy;
  turn.trainedIn = context.round;
  if (!isUsable(trained.update)) {
    failTurn(context, device, turn, 'diverged');
    return;
  }
  const encoded = encodeDeviceUpdate(context, device, turn);
  // A codec that scales up may make of a sound update what is not.
  if (!isWholeUsable({ values: encoded.values, samples: 0, tensors: tensorsOf(encoded.beside) })) {
    failTurn(context, device, turn, 'diverged');
    return;
  }
  turn.sent = encoded;
  beginWhenSilent(context, device, turn, 'up');
}

function finishUpload(context: Context, device: DeviceNode, turn: Turn): void {
  const { sent } = turn;
  if (!sent) return;
  const { recorder } = context;
  turn.uploaded = true;
  recorder.uploaded(device.id, { ...sizesOf(sent), rung: sent.rung });
  notifyObserver(watching(context, turn), { node: device.id, direction: 'up' }, sent);
  context.listener.arrived(context, device, turn);
}

/** Error feedback: the device learns whether its update is used, and stores what is not as its residual. */
export function updateFeedback(context: Context, device: DeviceNode, turn: Turn, isUsed: boolean): void {
  if (!turn.sent) return;
  const { state } = context.families[turn.family];
  updateResidual(state, device.id, turn.sent, isUsed);
  if (isUsed) keepExchanged(context, device.id, turn);
  context.recorder.residual(device.id, state.residuals.get(device.id));
}

/** A turn ends without an update that counts. */
export function failTurn(context: Context, device: DeviceNode, turn: Turn, status: Status): void {
  updateFeedback(context, device, turn, false);
  endTurn(context, device, turn);
  countFailure(context, device.id, status);
  context.listener.failed(context, device, turn);
}

/** The device is free again. */
export function endTurn(context: Context, device: DeviceNode, turn: Turn): void {
  payUntil(context, device, context.now);
  const state = deviceState(context, device.id);
  if (state.turn !== turn) return;
  state.turn = null;
  context.state.waiting.delete(device.id);
  context.mayDispatch = true;
}

function watching(context: Context, turn: Turn) {
  const { env, round } = context;
  return { onMessage: env.onMessage, round, model: context.families[turn.family].model };
}

export type TurnPlace = Pick<Turn, 'family' | 'owner' | 'round' | 'session' | 'part' | 'work'>;

export function newTurn(context: Context, { family, owner, round, session, part, work }: TurnPlace): Turn {
  return {
    id: context.state.counters.turns++,
    family,
    round,
    part,
    session,
    owner,
    version: 0,
    work,
    descent: context.descent,
    countsSteps: context.experiment.training.localSteps > 0,
    model: null,
    source: '',
    upload: undefined,
    phase: null,
    downloaded: false,
    trained: null,
    askedIn: context.round,
    trainedIn: 0,
    uploaded: false,
    sent: null,
  };
}

/** A device sleeps until it is asked again. */
export function sleep(context: Context, device: DeviceNode): void {
  payUntil(context, device, context.now);
  deviceState(context, device.id).mode = context.world.isOff(device) ? 'off' : 'sleep';
}
