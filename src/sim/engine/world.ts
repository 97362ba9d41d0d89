// The network as it is at a moment: what is switched off, who can be reached, how fast a link is just now. A pure function of
// the experiment, the simulated clock and the seed.

import type { Experiment } from '../experiment/experiment.ts';
import { chargings } from '../fleet/charging/index.ts';
import type { DeviceNode, NetworkNode, Topology } from '../fleet/topology.ts';
import { availabilities } from '../network/availability/index.ts';
import { type LinkFigures, linkWithTrace } from '../network/link.ts';
import { traces } from '../network/traces/index.ts';
import type { Rng } from '../random.ts';

const SECONDS_PER_HOUR = 3600;
/** A device that is there for less than this is gone: a clock's last bits must not bring it back at the moment it goes. */
const SHORTEST_SECONDS = 1e-6;

export interface World {
  /** Switched off by hand: the node itself, or its link up. */
  isOff(node: NetworkNode): boolean;
  isLinkOff(node: NetworkNode): boolean;
  /** Whether messages pass between a gateway or fog and the node above it. */
  isCutAbove(node: NetworkNode): boolean;
  isReachable(device: DeviceNode, time: number): boolean;
  /** Until when a device that can be reached at a time stays so; the time itself if it cannot. */
  reachableUntil(device: DeviceNode, time: number): number;
  /** A node's link up to its parent, as it is at a time on the simulated clock. */
  linkOf(node: NetworkNode, time: number): LinkFigures;
  isCharging(device: DeviceNode, time: number): boolean;
  /** Joules that a device's charger gives between two times. */
  charged(device: DeviceNode, from: number, to: number): number;
}

export function worldOf({ fleet, network, power }: Experiment, topology: Topology, rng: Rng): World {
  const off = new Set(fleet.off);
  const trace = traces[network.trace];
  const availability = availabilities[network.availability];
  const charging = chargings[power.charging];
  /** The patterns count from midnight of the first day. */
  const ofDay = (time: number): number => time + power.startHour * SECONDS_PER_HOUR;
  const [traceRng, availabilityRng, chargingRng] = ['trace', 'availability', 'charging'].map((each) => rng.split(each));
  const reachableUntil = (device: DeviceNode, time: number): number =>
    availability.isOn(device.number, ofDay(time), network, availabilityRng)
      ? time + availability.onUntil(device.number, ofDay(time), network, availabilityRng) - ofDay(time)
      : time;
  return {
    isOff: (node) => off.has(node.id),
    isLinkOff: (node) => off.has(`link:${node.id}`),
    isCutAbove: (node) => {
      const above = node.parent === null ? undefined : topology.byId.get(node.parent);
      return off.has(`link:${node.id}`) || (above !== undefined && off.has(above.id));
    },
    isReachable: (device, time) => reachableUntil(device, time) > time + SHORTEST_SECONDS,
    reachableUntil,
    linkOf: (node, time) => {
      if (node.tier !== 'device') return node.figures;
      return linkWithTrace(node.figures, trace.at(node.id, ofDay(time), network, traceRng), node.profile.radio);
    },
    isCharging: (device, time) =>
      device.figures.battery === 0 || charging.powerFraction(device.number, ofDay(time), power, chargingRng) > 0,
    charged: (device, from, to) =>
      (power.chargePower / 1000) *
      charging.meanPowerFraction(device.number, ofDay(from), ofDay(to), power, chargingRng) *
      (to - from),
  };
}
