// Local training, lazy and batched: a device's training is asked for when its model is on the way, and computed when the first
// result is needed, together with all that wait. What a device learns depends on what it received, never on who trains beside it.

import type { Cohort } from '../../trainer.ts';
import { type Context, deviceNode, deviceState, unitScalesOf } from '../context.ts';
import { clientStateOf, exchangeOf, tensorsOf } from '../messages/exchange.ts';
import type { Turn } from '../run-state.ts';

const rootMeanSquare = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length));

interface Waiting {
  readonly device: string;
  readonly turn: Turn;
}

/** Computes every training that waits, as one cohort a family and round. */
export async function trainWaiting(context: Context): Promise<void> {
  const cohorts = new Map<string, Waiting[]>();
  const keys = new Map<Turn['descent'], string>();
  for (const device of context.state.waiting) {
    const { turn } = deviceState(context, device);
    if (!turn?.model || turn.trained) continue;
    // Turns that were asked together share their settings' object: it is written out once.
    const settings = keys.get(turn.descent) ?? JSON.stringify(turn.descent);
    keys.set(turn.descent, settings);
    const key = `${turn.family} ${turn.countsSteps} ${settings}`;
    const cohort = cohorts.get(key);
    if (cohort) cohort.push({ device, turn });
    else cohorts.set(key, [{ device, turn }]);
  }
  context.state.waiting.clear();
  for (const cohort of cohorts.values()) await train(context, cohort);
}

async function train(context: Context, waiting: readonly Waiting[]): Promise<void> {
  const { env } = context;
  const [{ turn: first }] = waiting;
  const family = context.families[first.family];
  const unitScales = unitScalesOf(context, family);
  const { countsSteps, descent } = first;
  const exchange = exchangeOf(context.experiment);
  const cohort: Cohort = {
    model: family.model,
    ...descent,
    ...(unitScales && { unitScales }),
    shuffle: env.shuffle ?? true,
    members: waiting.map(({ device, turn }) => {
      const data = env.data.get(deviceNode(context, device)?.number ?? 0);
      if (!data) throw new Error(`No samples were dealt to ${device}.`);
      return {
        data,
        offset: exchange?.offset(clientStateOf(family, device, exchange), tensorsOf(turn.model?.beside)),
        start: startOf(turn),
        epochs: turn.work.epochs,
        steps: countsSteps ? turn.work.steps : undefined,
        mask: turn.upload?.mask,
        rng: family.rng.split('train', device, turn.round, turn.part),
      };
    }),
  };
  const results = await env.trainer.train(cohort);
  for (const [index, { device, turn }] of waiting.entries()) {
    const { weights, loss, accuracy, steps, stepLosses } = results[index];
    const start = startOf(turn);
    const update = weights.map((weight, i) => weight - start[i]);
    const done = { update, steps, learningRate: descent.learningRate };
    turn.trained = {
      update,
      loss,
      lossRms: rootMeanSquare(stepLosses),
      accuracy,
      steps,
      ...(exchange && {
        beside: exchange.send(clientStateOf(family, device, exchange), tensorsOf(turn.model?.beside), done),
      }),
    };
  }
}

/** The model that a device received. */
export function startOf({ model }: Turn): Float32Array {
  if (!model) throw new Error('This turn has not been given a model.');
  return model.copy.values;
}
