// Nodes that combine updates: gateways and fogs with a barrier or a buffer of their own, and the cloud. Each keeps, for each
// family, the model that it received, what its rounds have changed since, and which children it waits for. A node acts on what has
// reached it: of a device that dies, or has nothing to send, its gateway is notified when the connection breaks.

import { type Aggregator, massOf, type WeightedUpdate } from '../../aggregators/aggregator.ts';
import { aggregators } from '../../aggregators/index.ts';
import type { OwnSettings } from '../../experiment/variants.ts';
import { computeTime, macRateOf } from '../../fleet/compute.ts';
import { type DeviceNode, numberOf, type UpperNode } from '../../fleet/topology.ts';
import { weightSubset } from '../../model/masks.ts';
import { hasContributed, type Status } from '../../record/statuses.ts';
import { strategyOf } from '../../strategies/index.ts';
import { macs } from '../../units.ts';
import {
  CLOUD,
  type Context,
  countFailure,
  deviceNode,
  deviceState,
  type FamilyContext,
  hasSubModels,
  type Listener,
  type Published,
  prunedPart,
  upperNode,
} from '../context.ts';
import { endTurn, failTurn, updateFeedback } from '../device/device-turn.ts';
import { payUntil } from '../device/energy.ts';
import { startOf } from '../device/training.ts';
import { schedule } from '../event-queue.ts';
import { distribute } from '../messages/distribution.ts';
import { encodeUpdate, isUsable, updateResidual } from '../messages/encoding.ts';
import {
  combineAll,
  exchangeOf,
  isWholeUsable,
  keepUnreported,
  packTensors,
  sizesOf,
  tensorCount,
  tensorsOf,
  withUnreported,
} from '../messages/exchange.ts';
import { isLinkUp, sendOverLink } from '../messages/links.ts';
import { notifyObserver } from '../messages/message-observer.ts';
import type {
  AggregatorState,
  Arrival,
  Contribution,
  EncodedUpdate,
  EngineEvent,
  Message,
  Turn,
} from '../run-state.ts';

/** The node that combines what a device or a lower node sends: the first one above that does not just pass it on. */
export function combinerAbove({ policies, topology }: Context, id: string): UpperNode {
  for (let at = topology.byId.get(id)?.parent; at; at = topology.byId.get(at)?.parent) {
    const node = topology.byId.get(at);
    if (node && node.tier !== 'device' && policies[node.tier].synchrony !== 'relay') return node;
  }
  return topology.cloud;
}

const synchronyOf = ({ policies }: Context, tier: UpperNode['tier']) => policies[tier].synchrony;

export function aggregatorOf(family: FamilyContext, node: string): AggregatorState {
  const known = family.state.aggregators.get(node);
  if (known) return known;
  const fresh: AggregatorState = {
    base: null,
    baseVersion: 0,
    total: null,
    contributors: new Map(),
    version: 0,
    round: 0,
    session: 0,
    part: 0,
    roundsHeld: 0,
    members: new Set(),
    works: new Map(),
    pending: new Set(),
    goal: Number.POSITIVE_INFINITY,
    arrivals: [],
    counted: 0,
    computing: 0,
    isOpen: false,
    isAsked: false,
    isWaitedFor: false,
    slowest: '',
  };
  family.state.aggregators.set(node, fresh);
  return fresh;
}

/** A node's own model: what it received, and its rounds' changes. */
function ownModel({ base, total }: AggregatorState): Float32Array {
  if (!base) throw new Error('This node has not received a model.');
  return total ? plus(base.values, total.values) : base.values;
}

const plus = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, i) => value + b[i]);

/**
 * Whether a node works in rounds: it waits for those below it, or the node above waits for it. Others combine what comes, when
 * it comes.
 */
export function worksInRounds(context: Context, node: UpperNode): boolean {
  for (let at: UpperNode = node; ; at = combinerAbove(context, at.id)) {
    if (synchronyOf(context, at.tier) === 'barrier') return true;
    if (at.id === CLOUD) return false;
  }
}

/**
 * The highest node whose round a device's turn belongs to, from the node that combines its update; null if none works in rounds.
 * Until that round is over, the device waits, and is not asked again.
 */
export function roundHolder(context: Context, owner: UpperNode): UpperNode | null {
  let highest: UpperNode | null = null;
  for (let at = owner; ; at = combinerAbove(context, at.id)) {
    if (worksInRounds(context, at)) highest = at;
    if (at.id === CLOUD) return highest;
  }
}

/** A round of a node with those below it begins: it waits for them. */
export function openRound(context: Context, family: FamilyContext, node: string): void {
  const own = aggregatorOf(family, node);
  own.isOpen = true;
  own.counted = 0;
  own.pending = new Set(own.members);
  const { closes, deadline } = context.experiment.selection;
  if (!closes || ![...own.members].some((id) => deviceNode(context, id))) return;
  const { session, part } = own;
  const event = { kind: 'deadline', node, family: family.index, session, part } as const;
  schedule(context.state.queue, context.now + deadline, event);
}

export function onDeadline(context: Context, family: FamilyContext, node: string, session: number, part: number): void {
  const own = aggregatorOf(family, node);
  if (own.isOpen && own.session === session && own.part === part) close(context, family, upperNode(context, node));
}

/** A node has received a model from above. */
export function receiveModel(context: Context, family: FamilyContext, node: UpperNode, published: Published): void {
  if (context.policies[node.tier].synchrony === 'relay') return;
  const own = aggregatorOf(family, node.id);
  own.base = published.model.copy;
  own.baseVersion = published.version;
  own.total = null;
  own.contributors.clear();
}

type Place = Pick<UpdateMessage, 'session' | 'part'> & { readonly isLast: boolean };

/**
 * An update is at the node that combines it. Returns whether it counts; one that is too late for its round does not.
 * @param place the node's round that it was made in, and whether its sender has more to send in it
 */
function offer(
  context: Context,
  family: FamilyContext,
  node: UpperNode,
  arrival: Arrival,
  { session, part, isLast }: Place,
): boolean {
  const own = aggregatorOf(family, node.id);
  const { synchrony, buffer } = context.policies[node.tier];
  const isRound = worksInRounds(context, node);
  if (isRound) {
    const isAwaited = own.isOpen && own.session === session && own.part === part && own.pending.has(arrival.from);
    if (!isAwaited) return false;
    if (isLast) own.pending.delete(arrival.from);
  }
  context.mayDispatch = true;
  if (node.id === CLOUD && isTooStale(context, family, arrival)) return false;
  own.arrivals.push(arrival);
  own.counted++;
  if (node.id === CLOUD) observe(context, arrival);
  else context.recorder.received(node.id, context.now, isRound ? `${family.index} ${arrival.from}` : undefined);
  if (isComplete(own)) close(context, family, node);
  else if (synchrony === 'buffer' && own.arrivals.length >= buffer) combine(context, family, node);
  return true;
}

/** The cloud receives reports of devices' training with the update that they contributed to, not before. */
function observe(context: Context, { contributors }: Arrival): void {
  for (const [id, { observed }] of contributors) {
    if (context.topology.byId.has(id)) deviceState(context, id).observed = observed;
  }
}

/** Whether the global model has moved on by more versions than an update may be old. */
function isTooStale(context: Context, { state }: FamilyContext, { version }: Arrival): boolean {
  const { maxStaleness } = context.experiment.aggregation;
  return synchronyOf(context, 'cloud') === 'buffer' && maxStaleness > 0 && state.version - version > maxStaleness;
}

/** A child of a node has nothing to send, or will send nothing more in this round. */
function silent(context: Context, family: FamilyContext, node: UpperNode, child: string): void {
  aggregatorOf(family, node.id).members.delete(child);
  answered(context, family, node, child);
}

/** A child of a node has no more to send in this round. */
function answered(context: Context, family: FamilyContext, node: UpperNode, child: string): void {
  const own = aggregatorOf(family, node.id);
  if (own.pending.delete(child) && isComplete(own)) close(context, family, node);
}

const isComplete = ({ isOpen, pending, counted, goal }: AggregatorState): boolean =>
  isOpen && (pending.size === 0 || counted >= goal);

/** Nodes that were removed from the fleet are not waited for. */
export function forgetChildren(context: Context, family: FamilyContext, isGone: (id: string) => boolean): void {
  const { aggregators } = family.state;
  for (const id of [...aggregators.keys()].filter(isGone)) aggregators.delete(id);
  for (const [id, { members }] of aggregators) {
    for (const child of [...members].filter(isGone)) silent(context, family, upperNode(context, id), child);
  }
}

/** A node stops waiting. Devices that have not reported are late. */
function close(context: Context, family: FamilyContext, node: UpperNode): void {
  const own = aggregatorOf(family, node.id);
  own.isOpen = false;
  if (node.id === CLOUD) context.recorder.cloudClosed = context.now;
  else context.recorder.closed(node.id, context.now);
  for (const id of own.pending) if (deviceNode(context, id)) context.recorder.setStatus(id, 'late');
  own.pending.clear();
  if (own.arrivals.length > 0) combine(context, family, node);
  else if (own.computing > 0) return;
  else if (node.id === CLOUD) family.state.cloud = 'done';
  else partDone(context, family, node);
}

/** A node adds up what has arrived; its sums take time. */
function combine(context: Context, family: FamilyContext, node: UpperNode): void {
  const own = aggregatorOf(family, node.id);
  const aggregator = aggregatorAt(context, node.tier);
  const arrivals = own.arrivals.splice(0).sort((a, b) => numberOf(a.from) - numberOf(b.from));
  const updates = arrivals.map(({ update }) => update);
  const { parameters } = family.model;
  const step = node.id === CLOUD ? parameters * serverMacsOf(context.experiment) : 0;
  const sums = aggregator.macs(parameters, arrivals.length) * tensorCount(updates) + step;
  const end = context.now + computeTime(macs(sums), macRateOf(node.figures));
  own.slowest = latest(arrivals).device;
  if (node.id === CLOUD) {
    family.state.cloud = 'stepping';
    context.recorder.bar(CLOUD, 'aggregate', context.now, end);
    schedule(context.state.queue, end, { kind: 'stepped', family: family.index, arrivals });
    return;
  }
  const result = combineAll(aggregator, updates, context.experiment.aggregation);
  // A buffer's updates stand for themselves; to a barrier's total each child contributes once, whatever part it was in.
  if (synchronyOf(context, node.tier) === 'buffer') {
    own.contributors.clear();
    own.baseVersion = Math.min(...arrivals.map(({ version }) => version));
  }
  for (const [device, contribution] of contributionsOf(arrivals)) own.contributors.set(device, contribution);
  own.computing++;
  context.recorder.combined(node.id, family.index, samplesOf(own), context.now, end);
  schedule(context.state.queue, end, {
    kind: 'combined',
    node: node.id,
    family: family.index,
    session: own.session,
    result,
  });
}

/** Multiply-accumulates a weight of the strategy's own at the cloud; FedAsync's mixing is what an average costs. */
function serverMacsOf(experiment: Context['experiment']): number {
  const { aggregation } = experiment;
  return aggregation.mode === 'fed-async' ? 0 : strategyOf(experiment).serverMacs(aggregation);
}

/** How the nodes of a tier make one update of many. */
export function aggregatorAt(context: Context, tier: UpperNode['tier']): Aggregator<OwnSettings> {
  const { gatewayAggregator, upperAggregator, bufferAggregator } = context.experiment.aggregation;
  if (tier === 'gateway') return aggregators[gatewayAggregator];
  return aggregators[
    tier === 'cloud' && synchronyOf(context, 'cloud') === 'buffer' ? bufferAggregator : upperAggregator
  ];
}

/** The devices behind updates that are combined at once; a buffer may hold several of one device. */
function contributionsOf(arrivals: readonly Arrival[]): Map<string, Contribution> {
  const all = new Map<string, Contribution>();
  for (const { contributors } of arrivals) {
    for (const [device, { samples, observed }] of contributors) {
      all.set(device, { samples: samples + (all.get(device)?.samples ?? 0), observed });
    }
  }
  return all;
}

export const latest = (arrivals: readonly Arrival[]): Arrival =>
  arrivals.reduce((last, each) => (each.time > last.time ? each : last));

/** Behind a node's total stand all who contributed to it, each once, whatever round it was in. */
const samplesOf = ({ contributors }: AggregatorState): number =>
  [...contributors.values()].reduce((sum, { samples }) => sum + samples, 0);

/** A node's sums are computed: they are part of its model. */
export function onCombined(
  context: Context,
  family: FamilyContext,
  id: string,
  { session, result }: Extract<EngineEvent, { kind: 'combined' }>,
): void {
  const own = aggregatorOf(family, id);
  const node = upperNode(context, id);
  // A gateway that was cut off may have been asked again meanwhile: its sums belong to an earlier round.
  if (worksInRounds(context, node) && own.session !== session) {
    keepUnreported(family.state, id, result);
    return;
  }
  own.computing--;
  own.version++;
  if (synchronyOf(context, node.tier) === 'buffer') {
    own.total = result;
    report(context, family, node);
    return;
  }
  const { total } = own;
  const mass =
    result.mass && total?.mass ? result.mass.map((own, i) => Math.max(own, total.mass?.[i] ?? 0)) : result.mass;
  const values = total ? plus(total.values, result.values) : result.values;
  own.total = { values, samples: samplesOf(own), mass, tensors: result.tensors };
  partDone(context, family, node);
}

/** A node's round is over: it holds another one with those below, or reports to the node above. */
function partDone(context: Context, family: FamilyContext, node: UpperNode): void {
  const own = aggregatorOf(family, node.id);
  const { rounds } = context.policies[node.tier];
  own.roundsHeld++;
  if (own.base && own.roundsHeld < rounds && own.members.size > 0) beginPart(context, family, node);
  else report(context, family, node);
}

/** A node sends its own model down for another round with those below. */
function beginPart(context: Context, family: FamilyContext, node: UpperNode): void {
  const own = aggregatorOf(family, node.id);
  const { rng, encoder } = family;
  // A gateway's model is named by the part that it opens, a fog's by the gateways' parts that it sums up.
  const part = node.tier === 'gateway' ? own.part + 1 : partsBehind(context, node, own);
  const model = encoder.whole(ownModel(own), own.base?.mask, rng.split('down', node.id, own.round, part));
  const devices = openBelow(context, family, node);
  const published = { source: node.id, version: own.version, model };
  distribute(context, family, node, published, devices);
}

/** Opens the rounds of a node and of the combining nodes below it; returns the devices that are free to begin. */
function openBelow(context: Context, family: FamilyContext, node: UpperNode): string[] {
  const own = aggregatorOf(family, node.id);
  own.part++;
  own.arrivals.length = 0;
  const free: string[] = [];
  for (const id of own.members) {
    const device = deviceNode(context, id);
    if (!device) free.push(...openLower(context, family, upperNode(context, id)));
    else if (beginTurn(context, family, device, own, node.id)) free.push(id);
  }
  openRound(context, family, node.id);
  return free;
}

function openLower(context: Context, family: FamilyContext, node: UpperNode): string[] {
  aggregatorOf(family, node.id).roundsHeld = 0;
  return openBelow(context, family, node);
}

/** The gateways' parts that a node has summed up since it was asked. */
const partsBehind = ({ policies }: Context, node: UpperNode, { part }: AggregatorState): number =>
  node.tier === 'gateway' ? part : part * policies.gateway.rounds;

/** Gives a device another turn in a later part; false while it is still at work for an earlier one. */
function beginTurn(
  context: Context,
  family: FamilyContext,
  device: DeviceNode,
  own: AggregatorState,
  owner: string,
): boolean {
  const state = deviceState(context, device.id);
  if (state.turn) return false;
  const { round, session, part } = own;
  const work = own.works.get(device.id);
  if (!work) return false;
  payUntil(context, device, context.now);
  state.mode = 'idle';
  state.turn = newTurn(context, { family: family.index, owner, round, session, part, work });
  return true;
}

type TurnPlace = Pick<Turn, 'family' | 'owner' | 'round' | 'session' | 'part' | 'work'>;

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

/** A node sends what its rounds have changed to the node that combines it above. */
function report(context: Context, family: FamilyContext, node: UpperNode): void {
  const own = aggregatorOf(family, node.id);
  const above = combinerAbove(context, node.id);
  const { base } = own;
  const total = own.total && withUnreported(family.state, node.id, own.total);
  const isLast = !own.isOpen && own.computing === 0;
  const contributors = new Map(own.contributors);
  if (total && base && isLinkUp(context, node)) {
    const encoded = encodeReport(context, family, node, own, total);
    const arrival: Arrival = {
      from: node.id,
      update: {
        values: encoded.values,
        samples: total.samples,
        mass: total.mass,
        ...(encoded.beside && { tensors: tensorsOf(encoded.beside) }),
      },
      contributors,
      time: context.now,
      device: own.slowest,
      version: own.baseVersion,
      start: base.values,
    };
    updateResidual(family.state, node.id, encoded, isUsable(encoded.values));
    const { part } = aggregatorOf(family, above.id);
    sendUp(context, family, node, { arrival, encoded, session: own.session, part, isLast });
  } else {
    if (total) {
      markContributors(context, contributors, 'lost above');
      keepUnreported(family.state, node.id, total);
    }
    if (isLast) nothingToReport(context, family, node, total !== null);
  }
  own.total = null;
  if (!isLast || !own.isWaitedFor || roundHolder(context, node)?.id !== node.id) return;
  own.isWaitedFor = false;
  release(context, family, own);
}

/** Nothing will reach the node above: of this round, or of this report only. */
function nothingToReport(context: Context, family: FamilyContext, node: UpperNode, wasLost: boolean): void {
  const above = combinerAbove(context, node.id);
  if (wasLost || synchronyOf(context, node.tier) === 'barrier') silent(context, family, above, node.id);
  else answered(context, family, above, node.id);
  freed(context, family, node.id);
}

/** Devices below a node need not wait any longer: its round is over. */
function release(context: Context, family: FamilyContext, { members }: AggregatorState): void {
  for (const id of members) {
    const device = deviceNode(context, id);
    if (!device) release(context, family, aggregatorOf(family, id));
    else if (deviceState(context, id).turn === null) sleep(context, device);
  }
}

/** The cloud knows that a node's round is over, and may ask it again. */
function freed(context: Context, family: FamilyContext, node: string): void {
  const own = aggregatorOf(family, node);
  if (!own.isAsked) return;
  own.isAsked = false;
  context.mayDispatch = true;
}

/** A device sleeps until it is asked again. */
export function sleep(context: Context, device: DeviceNode): void {
  payUntil(context, device, context.now);
  deviceState(context, device.id).mode = context.world.isOff(device) ? 'off' : 'sleep';
}

/** What became of the devices whose updates a node had combined. */
function markContributors(context: Context, contributors: ReadonlyMap<string, Contribution>, status: Status): void {
  for (const id of contributors.keys()) {
    if (!context.topology.byId.has(id)) continue;
    if (hasContributed(context.recorder.statusOf(id))) countFailure(context, id, status);
  }
}

function encodeReport(
  context: Context,
  family: FamilyContext,
  node: UpperNode,
  own: AggregatorState,
  total: WeightedUpdate,
): EncodedUpdate {
  const { compression } = context.experiment;
  const pipeline = node.tier === 'gateway' ? compression.gateway : compression.fog;
  const { model, rng, state } = family;
  // Of sub-models it sends what any of its devices held.
  const subset = total.mass
    ? weightSubset(
        model,
        Uint8Array.from(total.mass, (samples) => (samples > 0 ? 1 : 0)),
      )
    : prunedPart(family);
  const settings = {
    spec: node.tier === 'gateway' ? context.codecs.gateway : context.codecs.fog,
    payload: compression.payload,
    base: own.base?.values ?? state.weights,
    model,
    feedback: pipeline.feedback,
    momentum: 0,
    subset,
  };
  // A buffer reports more than once a round.
  const isBuffer = synchronyOf(context, node.tier) === 'buffer';
  const chance = isBuffer
    ? rng.split('up', node.id, 'version', own.version)
    : rng.split('up', node.id, own.round, partsBehind(context, node, own));
  const encoded = encodeUpdate(state, node.id, total.values, settings, chance);
  const exchange = exchangeOf(context.experiment);
  if (!exchange || !total.tensors) return encoded;
  const beside = packTensors(exchange.up, total.tensors, model, context.experiment.aggregation, chance);
  return { ...encoded, beside };
}

type UpdateMessage = Extract<Message, { kind: 'update' }>;
type Report = Pick<UpdateMessage, 'arrival' | 'encoded' | 'session' | 'part' | 'isLast'>;

/** An update crosses a gateway's or fog's link to the node above. */
function sendUp(context: Context, family: FamilyContext, node: UpperNode, report: Report): void {
  const { state } = context;
  const { size } = sizesOf(report.encoded);
  const { start, end } = sendOverLink(context, node, 'up', size);
  const id = state.counters.messages++;
  const { arrival, encoded, session, part, isLast } = report;
  const place = { id, family: family.index, link: node.id, start, end };
  state.messages.set(id, { ...place, kind: 'update', arrival, encoded, session, part, isLast });
  schedule(state.queue, end, { kind: 'message', message: id });
}

/** An update has crossed a link between upper nodes. */
export function onUpdateArrived(context: Context, message: UpdateMessage): void {
  const family = context.families[message.family];
  const below = upperNode(context, message.link);
  const { arrival, isLast } = message;
  const device = deviceNode(context, arrival.from);
  if (!isLinkUp(context, below)) {
    loseUpdate(context, message);
    return;
  }
  context.recorder.crossed(message, sizesOf(message.encoded));
  notifyObserver(
    { ...context.env, round: context.round, model: family.model },
    { node: below.id, direction: 'up' },
    message.encoded,
  );
  const node = upperNode(context, below.parent ?? CLOUD);
  const here: Arrival = { ...arrival, time: context.now };
  if (context.policies[node.tier].synchrony === 'relay') {
    relay(context, family, node, { ...message, arrival: here });
    return;
  }
  if (device) {
    conclude(context, device, offer(context, family, node, here, message));
    return;
  }
  if (isLast) freed(context, family, arrival.from);
  // A diverged update is discarded where it arrives.
  if (!isWholeUsable(arrival.update)) {
    markContributors(context, arrival.contributors, 'diverged');
    if (isLast) silent(context, family, node, arrival.from);
    return;
  }
  if (offer(context, family, node, here, message)) return;
  markContributors(context, arrival.contributors, 'too stale');
  keepUnreported(family.state, arrival.from, arrival.update);
}

/** A node passes an update on as it is. */
function relay(context: Context, family: FamilyContext, node: UpperNode, report: Report): boolean {
  context.recorder.received(node.id, context.now);
  if (!isLinkUp(context, node)) return false;
  sendUp(context, family, node, report);
  return true;
}

/** An update is lost between two upper nodes: no node above is notified. */
export function loseUpdate(context: Context, { arrival, isLast, family: index }: UpdateMessage): void {
  const family = context.families[index];
  const device = deviceNode(context, arrival.from);
  if (device) {
    const { turn } = deviceState(context, device.id);
    if (turn) failTurn(context, device, turn, 'lost above');
    return;
  }
  markContributors(context, arrival.contributors, 'lost above');
  keepUnreported(family.state, arrival.from, arrival.update);
  // Its sender may be gone.
  if (!isLast || !context.topology.byId.has(arrival.from)) return;
  silent(context, family, combinerAbove(context, arrival.from), arrival.from);
  freed(context, family, arrival.from);
}

/** A device's update has reached the node that combines it, which it was told. */
function conclude(context: Context, device: DeviceNode, isCounted: boolean): void {
  const state = deviceState(context, device.id);
  const { turn } = state;
  if (!turn) return;
  updateFeedback(context, device, turn, isCounted);
  endTurn(context, device, turn);
  const { trained } = turn;
  if (isCounted && trained) {
    const isFromEarlier = turn.trainedIn < context.round;
    context.recorder.setStatus(device.id, isFromEarlier ? 'arrived' : 'trained');
  } else if (!isInRound(context, turn)) countFailure(context, device.id, 'too stale');
  else if (turn.askedIn === context.round) context.recorder.setStatus(device.id, 'late');
  if (!isInRound(context, turn)) sleep(context, device);
}

/** Whether a device waits for the end of the round that its turn belongs to. */
function isInRound(context: Context, { owner, family, session }: Turn): boolean {
  const holder = roundHolder(context, upperNode(context, owner));
  if (!holder) return false;
  const own = aggregatorOf(context.families[family], holder.id);
  return own.isWaitedFor && own.session === session;
}

/** Whether a device without a turn stays awake: the round that it took part in is not over. */
export function waitsForRound(context: Context, device: DeviceNode): boolean {
  const owner = combinerAbove(context, device.id);
  const holder = roundHolder(context, owner);
  return context.families.some(
    (family) =>
      holder !== null &&
      aggregatorOf(family, holder.id).isWaitedFor &&
      aggregatorOf(family, owner.id).members.has(device.id),
  );
}

/** What becomes of devices' turns. */
export const listener: Listener = {
  received: receiveModel,
  arrived: (context, device, turn) => {
    const family = context.families[turn.family];
    const gateway = upperNode(context, device.parent);
    const { sent, trained } = turn;
    if (!sent || !trained) return;
    const samples = context.recorder.devices.samples[context.recorder.row(device.id)];
    const mass = hasSubModels(context.experiment, family.model) && sent.held ? massOf(sent.held, samples) : undefined;
    const arrival: Arrival = {
      from: device.id,
      update: { values: sent.values, samples, mass, ...(sent.beside && { tensors: tensorsOf(sent.beside) }) },
      contributors: new Map([
        [device.id, { samples, observed: { round: turn.round, loss: trained.loss, lossRms: trained.lossRms } }],
      ]),
      time: context.now,
      device: device.id,
      version: turn.version,
      start: startOf(turn),
    };
    if (turn.owner === gateway.id) {
      const isCounted = offer(context, family, gateway, arrival, { ...turn, isLast: true });
      conclude(context, device, isCounted);
      if (!isCounted) joinLaterPart(context, family, gateway, device);
      return;
    }
    const report = { arrival, encoded: sent, session: turn.session, part: turn.part, isLast: true };
    if (!relay(context, family, gateway, report)) failTurn(context, device, turn, 'lost above');
  },
  failed: (context, device, turn) => {
    silent(context, context.families[turn.family], upperNode(context, turn.owner), device.id);
    if (!isInRound(context, turn)) sleep(context, device);
  },
};

/** A device that was late for one part takes part in the next, which has begun meanwhile. */
function joinLaterPart(context: Context, family: FamilyContext, gateway: UpperNode, device: DeviceNode): void {
  const own = aggregatorOf(family, gateway.id);
  if (!own.isOpen || !own.pending.has(device.id)) return;
  if (!beginTurn(context, family, device, own, gateway.id)) return;
  const values = ownModel(own);
  const model = family.encoder.whole(values, own.base?.mask, family.rng.split('down', gateway.id, own.round, own.part));
  const published = { source: gateway.id, version: own.version, model };
  distribute(context, family, gateway, published, [device.id]);
}
