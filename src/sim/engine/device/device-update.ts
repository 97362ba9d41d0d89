// How a device packs its update: the codec of its tier, warmed up, or the rung of the ladder that the adaptive policy picks for
// its link, its battery, the round or the update itself.

import { adaptivePolicies } from '../../compression/adaptive/index.ts';
import { encodeUplink, type UplinkSettings } from '../../compression/encoded-message.ts';
import { rungCodec } from '../../compression/tier-codecs.ts';
import type { DeviceNode } from '../../fleet/topology.ts';
import { masked } from '../../model/masks.ts';
import { transfer } from '../../network/link.ts';
import type { Rng } from '../../random.ts';
import { bytes } from '../../units.ts';
import { type Context, clockAt, deviceState } from '../context.ts';
import { encodeUpdate, normOf, withFeedback } from '../messages/encoding.ts';
import { exchangeOf, packTensors } from '../messages/exchange.ts';
import type { EncodedUpdate, Turn } from '../run-state.ts';
import { startOf } from './training.ts';

const triedWith = (rng: Rng, rung: number): Rng => rng.split('tried', rung);

/** Encodes what a device has learnt, at the time that it is ready to send. */
export function encodeDeviceUpdate(context: Context, device: DeviceNode, turn: Turn): EncodedUpdate {
  const { experiment } = context;
  const { state, model, rng: familyRng } = context.families[turn.family];
  const rng = familyRng.split('up', device.id, turn.round, turn.part);
  const { payload, momentum } = experiment.compression;
  const { feedback } = experiment.compression.device;
  const update = turn.trained?.update ?? new Float32Array(model.parameters);
  const spec = context.codecs.device;
  const uplink = { payload, base: startOf(turn), model, subset: turn.upload, spec };
  const { wanted } = withFeedback(state, device.id, update, { feedback, momentum }, turn.upload?.mask);
  const rung = chosenRung(context, device, wanted, uplink, rng);
  const settings = {
    ...uplink,
    feedback,
    momentum,
    rung: rung ?? -1,
    spec: rung === null ? spec : rungCodec(spec, rung),
  };
  // What was tried is what is sent, to the last random rounding: a bound on its error holds for the message itself.
  const encoded = encodeUpdate(state, device.id, update, settings, rung === null ? rng : triedWith(rng, rung));
  const exchange = exchangeOf(experiment);
  const values = turn.trained?.beside;
  if (!exchange || !values) return encoded;
  return { ...encoded, beside: packTensors(exchange.up, values, model, experiment.aggregation, rng) };
}

/** The rung of the ladder that the adaptive policy picks; null for the codec of the tier. */
function chosenRung(
  context: Context,
  device: DeviceNode,
  wanted: Float32Array,
  uplink: UplinkSettings,
  rng: Rng,
): number | null {
  const { experiment, round, world } = context;
  const { adapt } = experiment.compression;
  const change = uplink.subset ? masked(wanted, uplink.subset.mask) : wanted;
  return adaptivePolicies[adapt].choose({
    round,
    rounds: experiment.rounds,
    charge: deviceState(context, device.id).charge,
    uploadTime: (size) =>
      transfer(bytes(size), world.linkOf(device, clockAt(context, context.now)), 'up', device.profile.radio).time,
    trial: (rung) => {
      const { values, size } = encodeUplink(
        wanted,
        { ...uplink, spec: rungCodec(uplink.spec, rung) },
        triedWith(rng, rung),
      );
      const error = normOf(change.map((value, i) => value - values[i]));
      return { bytes: size, relativeError: error === 0 ? 0 : error / normOf(change) };
    },
    settings: experiment.compression,
  });
}
