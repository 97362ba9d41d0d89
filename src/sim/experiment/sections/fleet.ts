// The fleet's part of the experiment. It is kept as a rule (so many gateways with so many devices of these profiles) and the
// visitor's changes to it, so that an experiment stays small whatever its fleet's size. topology.ts builds the network, and
// check-fleet.ts sees that the changes fit it.

import * as z from 'zod/mini';
import { isProfileId, profiles } from '../../fleet/profiles/index.ts';
import { modelKinds } from '../../model/models.ts';
import { integer, structure } from '../settings.ts';

const deviceId = z.string().check(z.regex(/^device-[1-9]\d{0,5}$/, 'must be a device id such as device-7'));
const nodeId = z
  .string()
  .check(z.regex(/^((device|gateway|fog)-[1-9]\d{0,5}|cloud)$/, 'must be a node id such as device-7 or gateway-2'));
const switchable = z
  .string()
  .check(
    z.regex(
      /^(link:)?(device|gateway|fog)-[1-9]\d{0,5}$/,
      'must be a node or a link that can be switched off, such as gateway-2 or link:device-7',
    ),
  );
const target = z
  .string()
  .check(
    z.regex(/^((device|gateway|fog)-[1-9]\d{0,5}|cloud|kind:[a-z0-9-]+)$/, 'must be a node id, or kind: and a profile'),
  );
const profileId = z.string().check(
  z.refine(isProfileId, {
    error: () => `is not a device profile; known are ${profiles.map(({ id }) => id).join(', ')}`,
  }),
);

export const fleet = z.strictObject({
  fogs: integer({
    default: 1,
    min: 1,
    max: 8,
    step: 1,
    label: 'Fog nodes',
    help: 'Fog nodes under the cloud.',
    live: false,
  }),
  gatewaysPerFog: integer({
    default: 3,
    min: 1,
    max: 16,
    step: 1,
    label: 'Gateways per fog',
    help: 'Edge gateways under each fog node.',
    live: false,
  }),
  devicesPerGateway: integer({
    default: 10,
    min: 1,
    max: 100,
    step: 1,
    label: 'Devices per gateway',
    help: 'Devices under each gateway.',
    live: false,
  }),
  mix: structure(
    z._default(z.array(profileId).check(z.minLength(1, 'needs at least one profile')), [
      'esp32',
      'arduino',
      'raspberry-pi',
    ]),
    {
      label: 'Kinds of device',
      help: 'Profiles given to the devices in turn.',
      live: false,
    },
  ),
  added: structure(
    z._default(z.array(z.strictObject({ id: nodeId, parent: nodeId, profile: z.optional(profileId) })), []),
    { label: 'Added nodes', help: 'Devices and gateways added by hand.', live: true },
  ),
  removed: structure(z._default(z.array(nodeId), []), {
    label: 'Removed nodes',
    help: 'Devices and gateways removed by hand.',
    live: true,
  }),
  parents: structure(z._default(z.record(nodeId, nodeId), {}), {
    label: 'Moved nodes',
    help: 'Nodes that hang under another parent than the one they were built under.',
    live: true,
  }),
  profiles: structure(z._default(z.record(deviceId, profileId), {}), {
    label: 'Changed kinds',
    help: 'Devices that were given another profile.',
    live: true,
  }),
  models: structure(z._default(z.record(deviceId, z.enum(modelKinds)), {}), {
    label: 'Models by hand',
    help: 'Devices that were given a model by hand.',
    live: true,
  }),
  off: structure(z._default(z.array(switchable), []), {
    label: 'Switched off',
    help: 'Devices, gateways and links that are switched off by hand.',
    live: true,
  }),
  figures: structure(z._default(z.record(target, z.record(z.string(), z.number())), {}), {
    label: 'Edited figures',
    help: 'Figures edited by hand, of one node or (kind:profile) of all of a kind.',
    live: true,
  }),
});

export type Fleet = z.output<typeof fleet>;
