// The cloud: it asks devices to take part, and makes the next global model of what comes back. In synchronous rounds it asks
// once a round; with a buffer it asks again whenever devices are free.

import { encodeMessage } from '../../compression/encoded-message.ts';
import { makeCodec } from '../../compression/index.ts';
import type { DeviceNode, UpperNode } from '../../fleet/topology.ts';
import type { WeightSubset } from '../../model/masks.ts';
import { masked } from '../../model/masks.ts';
import { pruningMask } from '../../model/pruning.ts';
import type { Rng } from '../../random.ts';
import { strategyOf } from '../../strategies/index.ts';
import {
  CLOUD,
  type Context,
  deviceState,
  type FamilyContext,
  type Published,
  pathAbove,
  portionsOf,
  trainedModel,
  upperNode,
} from '../context.ts';
import { newTurn, sleep } from '../device/device-turn.ts';
import { payUntil } from '../device/energy.ts';
import type { LocalWork } from '../device/local-work.ts';
import { type Chosen, chooseParticipants, type Participant } from '../device/participants.ts';
import { distribute } from '../messages/distribution.ts';
import { isUsable, pruneFeedback } from '../messages/encoding.ts';
import { clientSamples, combineAll, exchangeOf, keepUnreported, packTensors, sizesOf } from '../messages/exchange.ts';
import { reachesCloud } from '../messages/links.ts';
import type { Arrival, EncodedModel, NamedPacket } from '../run-state.ts';
import { isAsynchronous } from '../synchrony.ts';
import { aggregatorAt, latest, openRound } from './aggregation.ts';
import { aggregatorOf, combinerAbove, worksInRounds } from './combining-nodes.ts';
import { assignModels } from './families.ts';
import { mixIn, stalenessWeight } from './staleness.ts';

/** The cloud prunes a family's model before it goes down. Senders' residuals of pruned weights are cleared. */
export function prune({ state, model }: FamilyContext, sparsity: number): void {
  if (sparsity === 0) {
    if (state.mask) state.version++;
    state.mask = undefined;
    return;
  }
  const mask = pruningMask(model, state.weights, sparsity);
  // Who holds a model under the same mask can be sent a difference.
  if (state.mask?.every((kept, i) => kept === mask[i])) return;
  state.mask = mask;
  state.version++;
  state.weights = masked(state.weights, mask);
  pruneFeedback(state, mask);
}

/** The present model as it leaves the cloud, encoded once a version. @param round names its chance */
function published(context: Context, family: FamilyContext, round: number): Published {
  const { state, encoder, rng } = family;
  if (state.published?.version !== state.version) {
    const chance = rng.split('down', round);
    const model = encoder.whole(state.weights, state.mask, chance);
    state.published = { version: state.version, model: withBroadcast(context, family, model, chance) };
  }
  return { source: CLOUD, ...state.published };
}

/** A model, and what the strategy sends beside it. */
function withBroadcast(
  context: Context,
  { state, model: spec }: FamilyContext,
  model: EncodedModel,
  rng: Rng,
): EncodedModel {
  const { experiment } = context;
  const exchange = exchangeOf(experiment);
  const values = strategyOf(experiment).broadcast?.(state.serverState);
  if (!exchange || !values) return model;
  return { ...model, beside: packTensors(exchange.down, values, spec, experiment.aggregation, rng) };
}

/** What would go up beside an update, as one encoding of zeros shows its size. */
function estimatedBeside({ experiment, round }: Context, { model, rng }: FamilyContext): readonly NamedPacket[] {
  const exchange = exchangeOf(experiment);
  if (!exchange) return [];
  const zeros = Object.fromEntries(exchange.up.map(({ name }) => [name, new Float32Array(model.parameters)]));
  return packTensors(exchange.up, zeros, model, experiment.aggregation, rng.split('estimate', round));
}

/** Asks devices to take part in a synchronous round. @returns how many were asked */
export function askForRound(context: Context): number {
  const { topology, families, round } = context;
  const charge = new Map(topology.devices.map(({ id }) => [id, deviceState(context, id).charge]));
  const kinds = assignModels(topology, charge, context.experiment, context.env.data, round);
  let asked = 0;
  for (const family of families) {
    const isOnly = families.length === 1;
    // Each round the model goes down again, whether it has moved or not.
    family.state.version++;
    const members = (device: DeviceNode) => kinds.get(device.id) === family.state.kind;
    const model = published(context, family, round);
    const chosen = choose(context, family, model.model, round, isOnly ? undefined : members);
    ask(context, family, chosen, model, round);
    asked += chosen.participants.length;
  }
  return asked;
}

/** With a buffer: asks every free device that can work and that the policy picks. @returns how many were asked */
export function askFreeDevices(context: Context): number {
  const { state, families } = context;
  const [family] = families;
  const round = state.counters.dispatches + 1;
  const model = published(context, family, round);
  const chosen = choose(context, family, model.model, round);
  if (chosen.participants.length === 0) return 0;
  state.counters.dispatches++;
  ask(context, family, chosen, model, round);
  return chosen.participants.length;
}

/** Chooses who takes part. @param round names its chance */
function choose(
  context: Context,
  family: FamilyContext,
  model: EncodedModel,
  round: number,
  members?: (device: DeviceNode) => boolean,
): Chosen {
  const estimated = portionsOf(context, family, 'estimate', round);
  const download = estimated.download && family.encoder.forReceiver(model, CLOUD, 'estimate', true, estimated.download);
  const sizes = { bytesDown: sizesOf(download ?? model).size, bytesUp: uploadSize(context, family, estimated.upload) };
  return chooseParticipants(context, family, { round, ...sizes, ...(members && { members }) });
}

/** Bytes of an update as devices send it, from one encoding of the model as it is. */
function uploadSize(context: Context, family: FamilyContext, part: WeightSubset | undefined): number {
  const { estimate, state, model, rng } = family;
  if (estimate.version === state.version && !part) return estimate.bytesUp;
  const codec = makeCodec(context.codecs.device);
  const encoded = encodeMessage(codec, model, state.weights, rng.split('estimate', context.round), part);
  const { size } = sizesOf({ ...encoded, beside: estimatedBeside(context, family) });
  Object.assign(estimate, { version: state.version, bytesUp: size });
  return size;
}

/** Opens the rounds of all that combine updates on the way, and sends the model down. */
function ask(
  context: Context,
  family: FamilyContext,
  { participants, goal }: Chosen,
  model: Published,
  round: number,
): void {
  const { state } = context;
  const session = ++state.counters.sessions;
  const nodes = new Map<string, Set<string>>();
  const online: string[] = [];
  const cutOff = new Map<string, string[]>();
  for (const { device, work } of participants) {
    const path = pathAbove(context, device);
    const isOnline = reachesCloud(context, path);
    begin(context, family, device, { work, round, session });
    addToCombiners(context, nodes, device.id, isOnline);
    if (isOnline) online.push(device.id);
    else cutOff.set(device.parent, [...(cutOff.get(device.parent) ?? []), device.id]);
  }
  const goals = shareGoal(context, participants, goal);
  for (const [id, members] of nodes) {
    const own = aggregatorOf(family, id);
    own.works.clear();
    for (const { device, work } of participants) if (members.has(device.id)) own.works.set(device.id, work);
    Object.assign(own, { round, session, part: 1, roundsHeld: 0 });
    if (!worksInRounds(context, upperNode(context, id))) {
      for (const member of members) own.members.add(member);
      continue;
    }
    Object.assign(own, { members, goal: goals.get(id) ?? Number.POSITIVE_INFINITY, isAsked: true, isWaitedFor: true });
    // What a gateway that was cut off has gathered is not reported any more.
    for (const { update } of own.arrivals) keepUnreported(family.state, id, update);
    if (own.total) keepUnreported(family.state, id, own.total);
    own.arrivals.length = 0;
    own.computing = 0;
    own.total = null;
    own.contributors.clear();
    openRound(context, family, id);
  }
  family.state.cloud = online.length > 0 ? 'waiting' : 'idle';
  distribute(context, family, context.topology.cloud, model, online);
  // A gateway that is cut off serves the model that it last received.
  for (const [gateway, devices] of cutOff) serveFromCache(context, family, upperNode(context, gateway), devices);
}

function begin(
  context: Context,
  family: FamilyContext,
  device: DeviceNode,
  { work, round, session }: { readonly work: LocalWork; readonly round: number; readonly session: number },
): void {
  const own = deviceState(context, device.id);
  const owner = combinerAbove(context, device.id).id;
  payUntil(context, device, context.now);
  own.mode = 'idle';
  own.hasDied = false;
  own.observed = { loss: Number.NaN, lossRms: Number.NaN, ...own.observed, round };
  own.turn = newTurn(context, { family: family.index, owner, round, session, part: 1, work });
}

/** Every node that combines what comes from a device waits for the one below it. */
function addToCombiners(context: Context, nodes: Map<string, Set<string>>, device: string, isOnline: boolean): void {
  let child = device;
  for (let node = combinerAbove(context, child); ; node = combinerAbove(context, child)) {
    const members = nodes.get(node.id) ?? new Set();
    nodes.set(node.id, members.add(child));
    // No node above waits for a gateway that is cut off.
    if (node.id === CLOUD || !isOnline) return;
    child = node.id;
  }
}

/** Splits the number of updates that are enough over the nodes that combine devices' updates, by how many each has asked. */
function shareGoal(context: Context, participants: readonly Participant[], goal: number): Map<string, number> {
  const shares = new Map<string, number>();
  if (!Number.isFinite(goal)) return shares;
  const asked = new Map<string, number>();
  for (const { device } of participants) {
    const owner = combinerAbove(context, device.id).id;
    asked.set(owner, (asked.get(owner) ?? 0) + 1);
  }
  // Largest remainders: the shares add up to the goal.
  const exact = [...asked].map(([id, count]) => ({ id, share: (goal * count) / participants.length }));
  let left = goal;
  for (const { id, share } of exact) {
    shares.set(id, Math.floor(share));
    left -= Math.floor(share);
  }
  const byRemainder = exact.toSorted((a, b) => (b.share % 1) - (a.share % 1));
  for (const { id } of byRemainder.slice(0, left)) shares.set(id, (shares.get(id) ?? 0) + 1);
  for (const [id, share] of shares) shares.set(id, Math.max(1, share));
  return shares;
}

function serveFromCache(context: Context, family: FamilyContext, gateway: UpperNode, devices: readonly string[]): void {
  const served = family.state.served.get(gateway.id);
  if (!served) return;
  const own = aggregatorOf(family, gateway.id);
  const version = own.baseVersion;
  own.base = served.model.copy;
  distribute(context, family, gateway, { source: CLOUD, version, model: served.model }, devices);
}

/** The cloud's sums are computed: the global model moves. */
export function stepModel(context: Context, family: FamilyContext, arrivals: readonly Arrival[]): void {
  const { state } = family;
  const { mode, mixing, stalenessExponent } = context.experiment.aggregation;
  const isSync = !isAsynchronous(context.experiment);
  context.combined += arrivals.length;
  context.recorder.stepped(arrivals, latest(arrivals), state.version);
  const weightOf = ({ version }: Arrival) => stalenessWeight(state.version - version, stalenessExponent);
  if (mode === 'fed-async') {
    for (const arrival of arrivals) mix(family, arrival, mixing * weightOf(arrival));
    state.cloud = 'done';
    return;
  }
  const updates = arrivals.map((arrival) => {
    const weight = isSync ? 1 : weightOf(arrival);
    const { update } = arrival;
    return weight === 1 ? update : { ...update, values: update.values.map((change) => weight * change) };
  });
  const settings = context.experiment.aggregation;
  const { values, samples, tensors = {} } = combineAll(aggregatorAt(context, 'cloud'), updates, settings);
  const next = strategyOf(context.experiment).serverStep(state.serverState, {
    weights: state.weights,
    update: values,
    tensors,
    participation: exchangeOf(context.experiment)
      ? samples / clientSamples(context, family, trainedModel(context, family))
      : 1,
    settings,
  });
  if (acceptIfFinite(family, state.mask ? masked(next.weights, state.mask) : next.weights))
    state.serverState = next.state;
  state.version++;
  state.cloud = 'done';
}

/** FedAsync: the global model moves towards the device's. */
function mix(family: FamilyContext, { update, start }: Arrival, share: number): void {
  const { state } = family;
  const now = state.weights;
  const { values, mass } = update;
  const device = values.map((change, i) => (mass?.[i] === 0 ? now[i] : start[i] + change));
  const mixed = mixIn(now, device, share);
  acceptIfFinite(family, state.mask ? masked(mixed, state.mask) : mixed);
  state.version++;
}

/** A step that has diverged is discarded: the model stays, the record says so, and the run goes on. */
function acceptIfFinite(family: FamilyContext, weights: Float32Array): boolean {
  const isSound = isUsable(weights);
  if (isSound) family.state.weights = weights;
  else family.diverged = true;
  return isSound;
}

/** At a synchronous round's end nobody waits any longer; those still at work go on. */
export function releaseAll(context: Context): void {
  for (const { state } of context.families) {
    for (const own of state.aggregators.values()) Object.assign(own, { isAsked: false, isWaitedFor: false });
  }
  for (const device of context.topology.devices) {
    if (deviceState(context, device.id).turn === null) sleep(context, device);
    else payUntil(context, device, context.now);
  }
}
