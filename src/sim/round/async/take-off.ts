// A device's turn in asynchronous learning, known as soon as it begins: what it does when, and whether its update will arrive.

import type { Carried } from '../../compression/carry.ts';
import { localMacs } from '../../engine/local-work.ts';
import { transfer } from '../../network/link.ts';
import type { Status } from '../../record/record.ts';
import type { Participant } from '../../selection/participants.ts';
import { bytes } from '../../units.ts';
import type { Trained } from '../local-training.ts';
import type { Portions } from '../portions.ts';
import type { RoundInput } from '../round-input.ts';
import { type Turn, takeTurn } from '../turn.ts';
import { above } from './above.ts';
import type { Flight } from './async-state.ts';

interface Departure {
  readonly participant: Participant;
  readonly result: Trained;
  /** What the device downloads. */
  readonly message: Carried;
  readonly portions: Portions;
  readonly samples: number;
  readonly version: number;
  readonly now: number;
  /** When the model is at its gateway. */
  readonly begins: number;
}

export function takeOff(input: RoundInput, departure: Departure): Flight {
  const { participant, result, message, portions, samples, version, now, begins } = departure;
  const { device, work, joules } = participant;
  const { experiment, world, topology, offUntil } = input;
  const { carried, steps, accuracy, told } = result;
  const macs = localMacs(portions.local, work, experiment.training);
  const load = { bytesDown: message.size, macs, bytesUp: carried?.size ?? 0 };
  const turn = takeTurn(device, begins, load, (time) => world.linkOf(device, time), joules, offUntil.get(device.id));
  if (device.profile.radio === 'LoRa') offUntil.set(device.id, turn.offUntil);
  const end = [turn.uploadEnd, turn.computeEnd, turn.downloadEnd].find((time) => !Number.isNaN(time)) ?? begins;
  const way = above(topology, device);
  const failure = failureOf(input, way, turn, carried);
  const relay = way.reduce((sum, node) => sum + transfer(bytes(carried?.size ?? 0), node.figures, 'up').time, 0);
  return {
    device,
    version,
    begun: now,
    turn,
    end,
    arrival: failure ? Number.NaN : end + relay,
    start: message.values,
    carried,
    isPart: portions.differ,
    samples,
    failure,
    work: { macs, steps, loss: told.loss, accuracy },
    message,
  };
}

/** Why nothing will arrive; null if something will. */
function failureOf(
  { world }: RoundInput,
  [gateway, fog]: ReturnType<typeof above>,
  turn: Turn,
  carried: Trained['carried'],
): Status | null {
  if (turn.died) return 'battery died';
  if (!carried) return 'diverged';
  const isCut = !gateway || !fog || world.isCutAbove(gateway) || world.isLinkOff(fog);
  return isCut ? 'lost above' : null;
}
