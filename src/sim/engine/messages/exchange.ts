// What a strategy's devices exchange beside models and updates: named tensors, each in a packet of its own. They cross the same
// links in the same messages, and every node combines those that come up as it combines updates.

import type { Aggregator, WeightedUpdate } from '../../aggregators/aggregator.ts';
import { encodeMessage } from '../../compression/encoded-message.ts';
import { makeCodec } from '../../compression/index.ts';
import { sampleCount } from '../../data/dataset.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { OwnSettings } from '../../experiment/variants.ts';
import { memoryOptionsOf, ramOf, trainingMemory } from '../../fleet/memory.ts';
import { requiredStorage, storageInput, storageOf } from '../../fleet/storage.ts';
import type { ModelSpec } from '../../model/models.ts';
import type { Rng } from '../../random.ts';
import { clientHalfOf } from '../../strategies/index.ts';
import type { ClientExchange, NamedTensors, PayloadTensor } from '../../strategies/strategy.ts';
import type { Context, FamilyContext } from '../context.ts';
import type { FamilyState, NamedPacket, Turn } from '../run-state.ts';
import { isUsable } from './encoding.ts';

export const exchangeOf = (experiment: Experiment): ClientExchange<OwnSettings> | null =>
  clientHalfOf(experiment)?.exchange ?? null;

/** Packs tensors for their way. @param rng split by their names */
export function packTensors(
  tensors: readonly PayloadTensor<OwnSettings>[],
  values: NamedTensors,
  model: ModelSpec,
  settings: Experiment['aggregation'],
  rng: Rng,
): readonly NamedPacket[] {
  return tensors.map((tensor) => ({
    name: tensor.name,
    ...encodeMessage(makeCodec(tensor.codec(settings)), model, values[tensor.name], rng.split('tensor', tensor.name)),
  }));
}

/** Tensors as their receiver has them. */
export const tensorsOf = (packets: readonly NamedPacket[] = []): NamedTensors =>
  Object.fromEntries(packets.map(({ name, values }) => [name, values]));

interface Message {
  readonly size: number;
  readonly rawSize: number;
  readonly beside?: readonly NamedPacket[];
}

/** Bytes of a whole message: the model or the update, and the tensors beside it. */
export function sizesOf({ size, rawSize, beside = [] }: Message): { readonly size: number; readonly rawSize: number } {
  return {
    size: beside.reduce((sum, packet) => sum + packet.size, size),
    rawSize: beside.reduce((sum, packet) => sum + packet.rawSize, rawSize),
  };
}

/** What a device keeps from its earlier turns: zeros before its first. */
export function clientStateOf({ state, model }: FamilyContext, device: string, exchange: ClientExchange<OwnSettings>) {
  const known = state.clients.get(device);
  if (known) return known;
  return Object.fromEntries(exchange.stateNames.map((name) => [name, new Float32Array(model.parameters)]));
}

/** The device's update is used, and so is what it sent beside it: both ends know the same. */
export function keepExchanged(context: Context, device: string, turn: Turn): void {
  const exchange = exchangeOf(context.experiment);
  const beside = turn.sent?.beside;
  if (!exchange || !beside) return;
  const family = context.families[turn.family];
  family.state.clients.set(device, exchange.nextState(clientStateOf(family, device, exchange), tensorsOf(beside)));
}

/** Combines updates, and what came beside them in the same way. */
export function combineAll(
  aggregator: Aggregator<OwnSettings>,
  updates: readonly WeightedUpdate[],
  settings: Experiment['aggregation'],
): WeightedUpdate {
  const result = aggregator.combine(updates, settings);
  const names = Object.keys(updates[0].tensors ?? {});
  if (names.length === 0) return result;
  const combined = (name: string): Float32Array => {
    const own = updates.map((update) => ({ ...update, values: update.tensors?.[name] ?? new Float32Array(0) }));
    return aggregator.combine(own, settings).values;
  };
  return { ...result, tensors: Object.fromEntries(names.map((name) => [name, combined(name)])) };
}

/** Tensors that a node combines of each update: the update itself, and those beside it. */
export const tensorCount = (updates: readonly WeightedUpdate[]): number =>
  1 + Object.keys(updates[0]?.tensors ?? {}).length;

/** Whether an update and all that came beside it can be used. */
export const isWholeUsable = ({ values, tensors = {} }: WeightedUpdate): boolean =>
  isUsable(values) && Object.values(tensors).every(isUsable);

/**
 * What devices sent and keep, and a node could not report, it adds to its next report, so that nothing is lost of it. Sums over
 * the samples behind it.
 */
export function keepUnreported({ unreported }: FamilyState, node: string, { tensors, samples }: WeightedUpdate): void {
  if (!tensors) return;
  const before = unreported.get(node) ?? {};
  const sums = Object.entries(tensors).map(([name, values]) => {
    const sum = Float64Array.from(values, (value, i) => samples * value + (before[name]?.[i] ?? 0));
    return [name, sum];
  });
  unreported.set(node, Object.fromEntries(sums));
}

/** A node's total with what it could not report before. */
export function withUnreported({ unreported }: FamilyState, node: string, total: WeightedUpdate): WeightedUpdate {
  const sums = unreported.get(node);
  const { tensors, samples } = total;
  if (!sums || !tensors || samples === 0) return total;
  unreported.delete(node);
  const whole = Object.entries(tensors).map(([name, values]) => [
    name,
    values.map((value, i) => value + (sums[name]?.[i] ?? 0) / samples),
  ]);
  return { ...total, tensors: Object.fromEntries(whole) };
}

/** Samples of all devices that can train the family's model at all: of those, the ones behind an update are a share. */
export function clientSamples(
  { topology, env, experiment, round }: Context,
  { state }: FamilyContext,
  needed: ModelSpec,
): number {
  const memory = trainingMemory(needed, memoryOptionsOf(experiment));
  const stored = storageInput(state.kind, experiment, { samples: 0, round });
  let sum = 0;
  for (const device of topology.devices) {
    const data = env.data.get(device.number);
    const samples = data ? sampleCount(data) : 0;
    const isStorable = requiredStorage(device.figures, { ...stored, samples }) <= storageOf(device.figures);
    if (isStorable && memory <= ramOf(device.figures)) sum += samples;
  }
  return sum;
}
