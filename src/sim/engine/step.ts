// One record of a run: what its state becomes, and what happened. Events are handled in the order of their times; a synchronous
// round closes when the cloud has combined what it waited for, an asynchronous record after a number of updates at the cloud.

import { codecSpecOf, deviceCodec, roundCodecs } from '../compression/tier-codecs.ts';
import { type LabelledData, sampleCount } from '../data/dataset.ts';
import { applyChanges, type Change } from '../experiment/edits.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { buildTopology } from '../fleet/topology.ts';
import { modelKindsOf, modelSpecOf } from '../model/model-specs.ts';
import { initialWeights, modelKinds } from '../model/models.ts';
import { sparsityAt } from '../model/pruning.ts';
import type { FamilyResult, RoundRecord } from '../record/record.ts';
import { isLastRound } from '../record/run-end.ts';
import { statuses } from '../record/statuses.ts';
import { strategyOf } from '../strategies/index.ts';
import type { Evaluation } from '../trainer.ts';
import {
  forgetChildren,
  listener,
  loseUpdate,
  onCombined,
  onDeadline,
  onUpdateArrived,
  waitsForRound,
} from './aggregation/aggregation.ts';
import { askForRound, askFreeDevices, prune, releaseAll, stepModel } from './aggregation/cloud.ts';
import { distilFamilies } from './aggregation/families.ts';
import { type Context, deviceState, type Environment, type FamilyContext, RETRY_SECONDS } from './context.ts';
import { failTurn, onPhaseEnd, onPhaseStart } from './device/device-turn.ts';
import { payUntil, recordBatteries } from './device/energy.ts';
import { sgdOptionsOf } from './device/local-work.ts';
import { trainWaiting } from './device/training.ts';
import { nextTime, schedule, shiftTimes, takeNext } from './event-queue.ts';
import { loseModel, onModelArrived } from './messages/distribution.ts';
import { ModelEncoder } from './messages/encoding.ts';
import { isLinkUp, linkState, reachesGateway } from './messages/links.ts';
import { Recorder } from './recorder.ts';
import { type EngineEvent, emptyRunState, type FamilyState, type RunState } from './run-state.ts';
import { isAsynchronous, isSemiAsynchronous, synchronies, tierPolicies } from './synchrony.ts';
import { worldOf } from './world.ts';

/** What a step needs besides the state. */
export interface StepEnvironment extends Environment {
  /** The held-out test set, and the public samples for distillation. */
  readonly test: LabelledData;
  readonly publicSamples: Float32Array;
}

/** A run's state before its first round. */
export function initialState(experiment: Experiment, { rng }: Pick<Environment, 'rng'>): RunState {
  const strategy = strategyOf(experiment);
  const state = emptyRunState(experiment);
  for (const kind of modelKindsOf(experiment)) {
    const model = modelSpecOf(kind, experiment);
    state.families.push(
      newFamily(kind, initialWeights(model, rng.split('model')), strategy.serverInit(model.parameters)),
    );
  }
  return state;
}

export const newFamily = (kind: FamilyState['kind'], weights: Float32Array, serverState: unknown): FamilyState => ({
  kind,
  weights,
  mask: undefined,
  version: 0,
  serverState,
  cloud: 'idle',
  published: null,
  aggregators: new Map(),
  served: new Map(),
  received: new Map(),
  residuals: new Map(),
  velocities: new Map(),
  clients: new Map(),
  unreported: new Map(),
});

/**
 * Makes the next record, and moves the state to its end.
 * @param changes live edits that hold from this record on
 * @param state is written to
 */
export async function step(
  state: RunState,
  env: StepEnvironment,
  changes: readonly Change[] = [],
): Promise<RoundRecord | null> {
  if (changes.length > 0) state.experiment = applyChanges(state.experiment, changes);
  const { experiment } = state;
  const round = state.round + 1;
  if (isLastRound(state, experiment)) return null;
  const isSync = !isAsynchronous(experiment);
  const context = openRecord(state, env, round);
  const { recorder } = context;
  // Before a round that begins at an interval devices sleep.
  const begins = isSync ? Math.max(0, state.lastStart + experiment.power.interval) : 0;
  if (begins > 0) await waitFor(context, begins);
  state.lastStart = isSync ? 0 : Number.NEGATIVE_INFINITY;
  if (changes.length > 0) await applyToWork(context);
  beginDevices(context);
  const start = state.clock;
  for (const family of context.families) prune(family, sparsityAt(round, experiment.pruning));
  if (isSync) await runRound(context);
  else await runBuffered(context);
  const duration = context.now;
  if (isSync) releaseAll(context);
  closeColumns(context);
  const { evaluation, families } = await evaluate(context, env);
  state.round = round;
  state.evaluation = { accuracy: evaluation.accuracy };
  state.clock = start + duration;
  moveOrigin(state, duration);
  return {
    round,
    start,
    end: state.clock,
    synchrony: synchronies(experiment.aggregation),
    devices: recorder.devices,
    gateways: recorder.gateways,
    fogs: recorder.fogs,
    timeline: recorder.timeline.columns(),
    cloudClosed: recorder.cloudClosed,
    cloudReceived: recorder.cloudReceived,
    cloudUpdates: recorder.cloudUpdates,
    cloudLastArrival: isSync ? recorder.cloudLastArrival : duration,
    staleMean: isSync ? 0 : recorder.staleMean,
    straggler: recorder.straggler,
    codecs: roundCodecs(experiment, round),
    evaluation,
    families,
    changes,
  };
}

function openRecord(state: RunState, env: StepEnvironment, round: number): Context {
  const { experiment } = state;
  const topology = buildTopology(experiment.fleet);
  const families = state.families.map((family, index): FamilyContext => {
    const model = modelSpecOf(family.kind, experiment);
    const rng = index === 0 ? env.rng : env.rng.split('family', family.kind);
    const encoder = new ModelEncoder(state, family, experiment.compression.down, model, rng.split('down', round));
    const estimate = { version: -1, bytesUp: 0 };
    return { index, state: family, model, rng, encoder, estimate, diverged: false };
  });
  const context: Context = {
    state,
    env,
    experiment,
    topology,
    world: worldOf(experiment, topology, env.rng.split('world')),
    round,
    recorder: new Recorder(topology),
    listener,
    policies: tierPolicies(experiment),
    codecs: {
      device: deviceCodec(experiment, round),
      gateway: codecSpecOf(experiment.compression.gateway),
      fog: codecSpecOf(experiment.compression.fog),
    },
    descent: sgdOptionsOf(experiment, round),
    families,
    now: 0,
    isSemiAsync: isSemiAsynchronous(experiment),
    isClosed: false,
    mayDispatch: false,
    failures: 0,
    combined: 0,
  };
  for (const [row, { number }] of topology.devices.entries()) {
    const data = env.data.get(number);
    context.recorder.devices.samples[row] = data ? sampleCount(data) : 0;
  }
  return context;
}

/** How devices begin the record: asleep if they are free, and what off time the duty cycle has left over. */
function beginDevices(context: Context): void {
  const { devices } = context.recorder;
  for (const [row, device] of context.topology.devices.entries()) {
    const own = deviceState(context, device.id);
    if (own.turn === null && !(own.mode === 'idle' && waitsForRound(context, device))) own.mode = 'sleep';
    if (own.turn === null && context.world.isOff(device)) own.mode = 'off';
    if (device.profile.radio !== 'LoRa') continue;
    const { up, down } = linkState(context, device.id);
    devices.offTimeUp[row] = Math.max(0, up);
    devices.offTimeDown[row] = Math.max(0, down);
  }
}

/** Between two rounds devices sleep, and those still at work go on. The clock's origin moves to the round's start. */
async function waitFor(context: Context, seconds: number): Promise<void> {
  const { state } = context;
  state.clock += seconds;
  moveOrigin(state, seconds);
  context.now = -seconds;
  await handleEventsUntil(context, 0);
  context.now = 0;
  for (const device of context.topology.devices) payUntil(context, device, 0);
}

async function handleEventsUntil(context: Context, until: number): Promise<void> {
  const { queue } = context.state;
  while (nextTime(queue) <= until) {
    const training = handleNext(context);
    if (training) await training;
  }
}

/** @returns what has to be waited for: only devices' training takes time of this machine's, and most events have nothing to do with it */
function handleNext(context: Context): Promise<void> | undefined {
  const { queue } = context.state;
  context.now = Math.max(context.now, nextTime(queue));
  const event = takeNext(queue);
  return event && handle(context, event);
}

function handle(context: Context, event: EngineEvent): Promise<void> | undefined {
  // It was removed since.
  if ('node' in event && !context.topology.byId.has(event.node)) return;
  switch (event.kind) {
    case 'message': {
      const message = context.state.messages.get(event.message);
      context.state.messages.delete(event.message);
      if (message?.kind === 'model') onModelArrived(context, message);
      else if (message) onUpdateArrived(context, message);
      return undefined;
    }
    case 'phase-start':
      onPhaseStart(context, event.device, event.turn);
      return;
    case 'phase-end':
      return onPhaseEnd(context, event.device, event.turn);
    case 'combined':
      if (context.topology.byId.has(event.node)) onCombined(context, context.families[event.family], event.node, event);
      return;
    case 'deadline':
      if (context.topology.byId.has(event.node))
        onDeadline(context, context.families[event.family], event.node, event.session, event.part);
      return;
    case 'stepped':
      stepModel(context, context.families[event.family], event.arrivals);
      context.mayDispatch = true;
      return;
    case 'retry':
      context.mayDispatch = true;
      return;
  }
}

/** A synchronous round: from the cloud's question to its new model. */
async function runRound(context: Context): Promise<void> {
  const { queue } = context.state;
  for (const { state } of context.families) state.cloud = 'idle';
  const asked = askForRound(context);
  if (asked === 0) {
    await handleEventsUntil(context, RETRY_SECONDS);
    context.now = RETRY_SECONDS;
    return;
  }
  const waits = context.families.filter(({ state }) => state.cloud !== 'idle');
  const isOver =
    waits.length > 0
      ? () => waits.every(({ state }) => state.cloud === 'done')
      : () =>
          context.topology.devices.every(({ id }) => deviceState(context, id).turn === null) && !isCombining(context);
  while (!isOver() && queue.heap.length > 0) {
    const training = handleNext(context);
    if (training) await training;
  }
}

const isCombining = ({ families }: Context): boolean =>
  families.some(({ state }) =>
    [...state.aggregators.values()].some(({ isOpen, computing }) => isOpen || computing > 0),
  );

/** An asynchronous record: a number of updates in the cloud's steps, or so many turns that came to nothing. */
async function runBuffered(context: Context): Promise<void> {
  const { queue, devices } = context.state;
  const { buffer } = context.experiment.aggregation;
  const patience = Math.max(buffer, context.topology.devices.length);
  const isOpen = () => context.combined < buffer && context.failures < patience;
  const isStepping = () => context.families.some(({ state }) => state.cloud === 'stepping');
  if (!isStepping()) askFreeDevices(context);
  while (isOpen()) {
    if (queue.heap.length === 0) {
      schedule(queue, context.now + RETRY_SECONDS, { kind: 'retry' });
      const training = handleNext(context);
      if (training) await training;
      // Nobody can work: the record closes, so that the visitor sees why.
      if (askFreeDevices(context) === 0) return;
      continue;
    }
    // What happens at one time happens before anyone begins again.
    const time = nextTime(queue);
    while (nextTime(queue) <= time && isOpen()) {
      const training = handleNext(context);
      if (training) await training;
    }
    // While the cloud computes a new model, those who are free wait for it.
    if (isOpen() && context.mayDispatch && !isStepping()) {
      context.mayDispatch = false;
      if ([...devices.values()].some(({ turn }) => turn === null)) askFreeDevices(context);
    }
  }
}

/** What live edits do to work under way: devices that are gone or cut off stop, and what waits trains as it was asked. */
async function applyToWork(context: Context): Promise<void> {
  forgetRemovedNodes(context);
  await trainWaiting(context);
  const { topology } = context;
  for (const device of topology.devices) {
    const own = deviceState(context, device.id);
    const gateway = topology.byId.get(device.parent);
    const isOn = reachesGateway(context, device, gateway?.tier === 'gateway' ? gateway : undefined);
    if (own.turn && context.world.isOff(device)) {
      payUntil(context, device, context.now);
      own.mode = 'off';
    }
    if (own.turn && !own.turn.uploaded && !isOn)
      failTurn(context, device, own.turn, context.world.isOff(device) ? 'switched off' : 'cut off');
  }
  loseMessages(context);
}

/** What crosses a link that has just been cut is lost, also if the link is back before it would have arrived. */
function loseMessages(context: Context): void {
  const { topology, state } = context;
  for (const message of [...state.messages.values()]) {
    const node = topology.byId.get(message.link);
    if (node && node.tier !== 'device' && isLinkUp(context, node)) continue;
    state.messages.delete(message.id);
    if (message.kind === 'model') loseModel(context, message);
    else loseUpdate(context, message);
    // Nothing takes up the link any longer.
    state.links.delete(message.link);
  }
}

/** Nobody waits for a node that was removed. */
function forgetRemovedNodes(context: Context): void {
  const { topology, state, families } = context;
  const isGone = (id: string) => !topology.byId.has(id);
  for (const id of [...state.devices.keys()].filter(isGone)) {
    state.devices.delete(id);
    state.links.delete(id);
    state.waiting.delete(id);
  }
  for (const family of families) forgetChildren(context, family, isGone);
}

/** Fills in what is known only when the record closes. */
function closeColumns(context: Context): void {
  const { recorder, topology, now, state } = context;
  for (const message of state.messages.values()) if (message.start < now) recorder.crossing(message, now);
  for (const [row, device] of topology.devices.entries()) {
    payUntil(context, device, now);
    const { turn, mode } = deviceState(context, device.id);
    if (turn?.phase) recorder.phase(device.id, turn.phase, now);
    if (recorder.hasStatus(device.id)) continue;
    if (turn) recorder.devices.status[row] = statuses.indexOf('still working');
    else if (context.isSemiAsync && mode === 'idle')
      recorder.devices.status[row] = statuses.indexOf('waits for others');
  }
  recorder.close();
  for (const tier of ['gateway', 'fog'] as const) {
    if (context.policies[tier].synchrony !== 'buffer') continue;
    const [nodes, columns] =
      tier === 'gateway' ? [topology.gateways, recorder.gateways] : [topology.fogs, recorder.fogs];
    for (const [row, { id }] of nodes.entries()) {
      for (const family of context.families)
        columns.buffered[row] += family.state.aggregators.get(id)?.arrivals.length ?? 0;
    }
  }
  recordBatteries(context);
}

async function evaluate(
  context: Context,
  env: StepEnvironment,
): Promise<{ evaluation: Evaluation; families: readonly FamilyResult[] }> {
  const { families, experiment, recorder } = context;
  const distilled =
    families.length > 1 && experiment.families.distil ? await distil(context, env) : families.map(() => Number.NaN);
  const results: { family: FamilyResult; evaluation: Evaluation }[] = [];
  for (const [index, { state, model, diverged }] of families.entries()) {
    const evaluation = await env.trainer.evaluate(model, state.weights, env.test);
    const devices = recorder.devices.model.reduce((sum, each) => sum + (modelKinds[each] === state.kind ? 1 : 0), 0);
    const { accuracy, loss } = evaluation;
    results.push({
      family: { kind: state.kind, devices, accuracy, loss, distillation: distilled[index], diverged },
      evaluation,
    });
  }
  const best = results.reduce((a, b) => (b.evaluation.accuracy > a.evaluation.accuracy ? b : a));
  return { evaluation: best.evaluation, families: results.map(({ family }) => family) };
}

/** The families learn from each other; returns their distillation losses. */
async function distil({ families, experiment, round }: Context, env: StepEnvironment): Promise<readonly number[]> {
  const students = families.map(({ state: { kind, weights, mask }, model }) => ({
    kind,
    model,
    weights,
    mask,
    diverged: false,
  }));
  const losses = await distilFamilies(
    students,
    env.publicSamples,
    experiment,
    env.trainer,
    env.rng.split('distil', round),
  );
  for (const [index, { weights, diverged }] of students.entries()) {
    families[index].state.weights = weights;
    if (diverged) families[index].diverged = true;
  }
  return losses;
}

/** The clock begins again at the record's end: all offsets are from there now. */
function moveOrigin(state: RunState, by: number): void {
  shiftTimes(state.queue, -by);
  state.lastStart -= by;
  for (const device of state.devices.values()) {
    device.paidUntil -= by;
    const { turn } = device;
    if (turn?.phase) turn.phase = { ...turn.phase, start: turn.phase.start - by, end: turn.phase.end - by };
  }
  for (const message of state.messages.values()) {
    message.start -= by;
    message.end -= by;
  }
  for (const link of state.links.values()) {
    link.up -= by;
    link.down -= by;
  }
  for (const { aggregators } of state.families) {
    for (const { arrivals } of aggregators.values()) for (const arrival of arrivals) arrival.time -= by;
  }
  for (const { event } of state.queue.heap) {
    if (event.kind === 'stepped') for (const arrival of event.arrivals) arrival.time -= by;
  }
}
