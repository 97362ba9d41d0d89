// How a device packs its update this round: the codec of its tier, warmed up, or the rung of the ladder that the adaptive
// policy picks for its link, its battery, the round or the update itself.

import type { World } from '../engine/world.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { DeviceNode } from '../fleet/topology.ts';
import { type Kept, masked } from '../model/masks.ts';
import type { ModelSpec } from '../model/models.ts';
import { transfer } from '../network/link.ts';
import type { Rng } from '../random.ts';
import { codecOf, normOf, type Senders, type Sent } from '../round/senders.ts';
import { bytes } from '../units.ts';
import { policies } from './adaptive/index.ts';
import { ladder } from './adaptive/policy.ts';
import { carryUp, type UplinkSettings } from './carry.ts';
import type { CodecSpec } from './index.ts';

export interface UplinkInput {
  readonly experiment: Experiment;
  readonly world: World;
  readonly model: ModelSpec;
  readonly senders: Senders;
  readonly charge: ReadonlyMap<string, number>;
  readonly round: number;
  /** On the simulated clock. */
  readonly time: number;
}

export interface DeviceSent extends Sent {
  /** The rung of the ladder that the policy picked; −1 for the codec of the tier. */
  readonly rung: number;
}

/**
 * The share that is kept while warming up: it falls exponentially, as with W = 4 and 0.1 %: 25, 6.3, 1.6, 0.4, 0.1 %.
 * Lin et al. 2018, "Deep Gradient Compression", section 3.3.
 */
export const warmedUp = (keep: number, round: number, warmUp: number): number =>
  round > warmUp ? keep : keep ** (round / (warmUp + 1));

/** The codec of the devices' tier in a round. */
export function deviceCodec({ compression }: Experiment, round: number): CodecSpec {
  const { device, warmUp } = compression;
  return codecOf({ ...device, keep: warmedUp(device.keep, round, warmUp) });
}

/** A rung of the ladder, rounded and packed as the devices' tier is set. */
export const rungCodec = (own: CodecSpec, rung: number): CodecSpec => ({ ...own, factor: 'none', ...ladder[rung] });

/**
 * @param start the model that the device received
 * @param kept what of it the device trained and sends; all, if left out
 */
export function sendFromDevice(
  input: UplinkInput,
  device: DeviceNode,
  start: Float32Array,
  update: Float32Array,
  rng: Rng,
  kept?: Kept,
): DeviceSent {
  const { experiment, senders, model, round } = input;
  const { payload, momentum } = experiment.compression;
  const { feedback } = experiment.compression.device;
  const own = deviceCodec(experiment, round);
  const { wanted } = senders.wanted(device.id, update, { feedback, momentum }, kept?.mask);
  const uplink = { payload, base: start, model, kept };
  const rung = rungFor(input, device, wanted, { ...uplink, spec: own }, rng);
  const settings = { ...uplink, feedback, momentum, spec: rung === null ? own : rungCodec(own, rung) };
  // What was tried is what is sent, to the last random rounding: a bound on its error holds for the message itself.
  const sent = senders.send(device.id, update, settings, rung === null ? rng : triedWith(rng, rung));
  return { ...sent, rung: rung ?? -1 };
}

const triedWith = (rng: Rng, rung: number): Rng => rng.split('tried', rung);

/** @param wanted the change that the device wants to send, whether it travels as that or as weights */
function rungFor(
  { experiment, world, charge, round, time }: UplinkInput,
  device: DeviceNode,
  wanted: Float32Array,
  uplink: UplinkSettings,
  rng: Rng,
): number | null {
  const { adapt, budget, errorBound } = experiment.compression;
  const change = uplink.kept ? masked(wanted, uplink.kept.mask) : wanted;
  return policies[adapt].choose({
    round,
    rounds: experiment.rounds,
    charge: charge.get(device.id) ?? experiment.power.batteryStart,
    uploadTime: (size) => transfer(bytes(size), world.linkOf(device, time), 'up', device.profile.radio).time,
    tried: (rung) => {
      const spec = rungCodec(uplink.spec, rung);
      const { values, size } = carryUp(wanted, { ...uplink, spec }, triedWith(rng, rung));
      const error = normOf(change.map((value, i) => value - values[i]));
      return { bytes: size, relativeError: error === 0 ? 0 : error / normOf(change) };
    },
    settings: { budget, errorBound },
  });
}
