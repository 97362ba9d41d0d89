// Validates a fleet: not too many devices, every change to a node that is there, every figure within its range.

import { deviceFigures, type FigureSpec, upperFigures } from '../fleet/figures.ts';
import { profiles } from '../fleet/profiles/index.ts';
import { upperProfiles } from '../fleet/profiles/upper-tiers.ts';
import { buildTopology, builtDeviceCount, tierOf } from '../fleet/topology.ts';
import { formatInteger, printableText } from '../printable-text.ts';
import type { Fleet } from './sections/fleet.ts';

/** Removed devices count too: they keep their samples, so that no other device's change. */
export const MAX_DEVICES = 10_000;
/** Built and added ones. The rule itself builds at most 128 gateways and 8 fogs. */
const MAX_UPPER = { gateway: 1000, fog: 100 } as const;

const upperTiers = Object.keys(upperProfiles);

/** The figures that a target has: a node's id, or kind: and a profile or tier. Undefined if there is no such target. */
function figuresOf(target: string, isNode: (id: string) => boolean): Readonly<Record<string, FigureSpec>> | undefined {
  if (target.startsWith('kind:')) {
    const kind = target.slice('kind:'.length);
    if (upperTiers.includes(kind)) return upperFigures;
    return profiles.some(({ id }) => id === kind) ? deviceFigures : undefined;
  }
  if (!isNode(target)) return undefined;
  return tierOf(target) === 'device' ? deviceFigures : upperFigures;
}

/** Counts before anything is built, so that the work is bounded too. */
function checkCounts(fleet: Fleet): void {
  const { fogs, gatewaysPerFog, devicesPerGateway } = fleet;
  const built = builtDeviceCount(fleet);
  if (built > MAX_DEVICES) {
    const product = `${fogs} × ${gatewaysPerFog} × ${devicesPerGateway}`;
    throw new RangeError(
      `fleet makes ${formatInteger(built)} devices (${product}); at most ${formatInteger(MAX_DEVICES)} are possible.`,
    );
  }
  const counts = { device: built, gateway: fogs * gatewaysPerFog, fog: fogs, cloud: 0 };
  for (const { id } of fleet.added) counts[tierOf(id)]++;
  const limits = { device: MAX_DEVICES, ...MAX_UPPER };
  for (const tier of ['device', 'gateway', 'fog'] as const) {
    if (counts[tier] <= limits[tier]) continue;
    const kind = tier === 'fog' ? 'fog nodes' : `${tier}s`;
    throw new RangeError(
      `fleet.added makes ${formatInteger(counts[tier])} ${kind}, removed ones among them; at most ${formatInteger(limits[tier])} are possible.`,
    );
  }
}

/** @throws {RangeError} one sentence that begins with the setting's path. */
export function checkFleet(fleet: Fleet): void {
  checkCounts(fleet);
  const { devices, byId } = buildTopology(fleet);
  if (devices.length === 0) throw new RangeError('fleet has no device left; a federation needs at least one.');

  // What was edited of a node before it was removed may stay.
  const removed = new Set(fleet.removed);
  const isNode = (id: string): boolean => byId.has(id) || removed.has(id);
  for (const [target, edits] of Object.entries(fleet.figures)) {
    const specs = figuresOf(target, isNode);
    if (!specs) throw new RangeError(`fleet.figures edits ${target}, which is not in the fleet.`);
    for (const [figure, value] of Object.entries(edits)) {
      // What every object inherits, such as toString, is no figure.
      const spec = Object.hasOwn(specs, figure) ? specs[figure] : undefined;
      if (!spec) {
        const known = Object.keys(specs).join(', ');
        throw new RangeError(`fleet.figures.${target} has no figure "${printableText(figure)}"; known are ${known}.`);
      }
      if (!(value >= spec.min && value <= spec.max)) {
        throw new RangeError(
          `fleet.figures.${target}.${figure} must be from ${spec.min} to ${spec.max} ${spec.unit}, not ${value}.`,
        );
      }
    }
  }
  for (const id of Object.keys(fleet.models)) {
    if (!isNode(id)) throw new RangeError(`fleet.models names ${id}, which is not in the fleet.`);
  }
  for (const id of fleet.off) {
    if (!isNode(id.replace('link:', '')))
      throw new RangeError(`fleet.off switches off ${id}, which is not in the fleet.`);
  }
}
