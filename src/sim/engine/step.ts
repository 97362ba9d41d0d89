// One record of a run: what its state becomes, and what happened. Events are handled in the order of their times; a synchronous
// round closes when the cloud has combined what it waited for, an asynchronous record after a number of updates at the cloud.

import { codecSpecOf, deviceCodec, roundCodecs } from '../compression/tier-codecs.ts';
import { sampleCount } from '../data/dataset.ts';
import { applyChanges, type Change } from '../experiment/edits.ts';
import { buildTopology } from '../fleet/topology.ts';
import { modelSpecOf } from '../model/model-specs.ts';
import { sparsityAt } from '../model/pruning.ts';
import type { RoundRecord } from '../record/record.ts';
import { isLastRound } from '../record/run-end.ts';
import { statuses } from '../record/statuses.ts';
import { onCombined, onDeadline } from './aggregation/aggregation.ts';
import { listener, onUpdateArrived, waitsForRound } from './aggregation/arrivals.ts';
import { askForRound, askFreeDevices, prune, releaseAll, stepModel } from './aggregation/cloud.ts';
import type { StepEnvironment } from './context.ts';
import { type Context, deviceState, type FamilyContext, RETRY_SECONDS } from './context.ts';
import { onPhaseEnd, onPhaseStart } from './device/device-turn.ts';
import { payUntil, recordBatteries } from './device/energy.ts';
import { sgdOptionsOf } from './device/local-work.ts';
import { evaluate } from './evaluation.ts';
import { nextTime, schedule, takeNext } from './event-queue.ts';
import { moveOrigin } from './initial-state.ts';
import { applyToWork } from './live-edits.ts';
import { onModelArrived } from './messages/distribution.ts';
import { ModelEncoder } from './messages/encoding.ts';
import { linkState } from './messages/links.ts';
import { Recorder } from './recorder.ts';
import type { EngineEvent, RunState } from './run-state.ts';
import { isAsynchronous, isSemiAsynchronous, synchronies, tierPolicies } from './synchrony.ts';
import { worldOf } from './world.ts';

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
