import type { Experiment } from '../experiment/experiment.ts';
import { modelKindsOf, modelSpecOf } from '../model/model-specs.ts';
import { initialWeights } from '../model/models.ts';
import { strategyOf } from '../strategies/index.ts';
import type { Environment } from './context.ts';
import { shiftTimes } from './event-queue.ts';
import { emptyRunState, type FamilyState, type RunState } from './run-state.ts';

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

/** The clock begins again at the record's end: all offsets are from there now. */
export function moveOrigin(state: RunState, by: number): void {
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
