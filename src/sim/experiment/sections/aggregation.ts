// How updates become the next model: who averages how, when a tier reports, and whether anyone waits.

import * as z from 'zod/mini';
import { aggregators } from '../../aggregators/index.ts';
import { strategies } from '../../strategies/index.ts';
import { choice, integer, number } from '../settings.ts';
import { choicesOf, settingsOfAll } from '../variants.ts';

const synchronies = [
  { id: 'barrier', label: 'Wait for all' },
  { id: 'buffer', label: 'Buffer' },
  { id: 'relay', label: 'Pass on' },
] as const;

export const aggregation = z.strictObject({
  strategy: choice(choicesOf(strategies), {
    default: 'fed-avg',
    label: 'Strategy',
    help: 'How the updates become the next global model.',
    live: false,
  }),
  ...settingsOfAll(strategies),
  ...settingsOfAll(aggregators),
  gatewayAggregator: choice(choicesOf(aggregators), {
    default: 'samples',
    label: 'Weights at the gateway',
    help: 'By samples: a device counts by how much data it holds. Uniform: all count alike.',
    live: true,
  }),
  upperAggregator: choice(choicesOf(aggregators), {
    default: 'samples',
    label: 'Weights at fog and cloud',
    help: 'By samples equals flat FedAvg. Uniform is what the tutorial’s fog does.',
    live: true,
  }),
  mode: choice(
    [
      { id: 'sync', label: 'Synchronous' },
      { id: 'fed-async', label: 'FedAsync' },
      { id: 'fed-buff', label: 'FedBuff' },
      { id: 'by-tier', label: 'By tier' },
    ],
    {
      default: 'sync',
      label: 'Rounds',
      help: 'Synchronous: all wait for the last. FedAsync: the cloud mixes in each update as it comes. FedBuff: a buffer at a time. By tier: as you choose for gateways, fogs and cloud.',
      live: false,
    },
  ),
  gatewayWaits: choice(synchronies, {
    default: 'barrier',
    label: 'Gateways',
    help: 'Wait for all (a barrier): for the devices that were asked, or until the deadline. Buffer: a gateway adds up a number of updates as they come. Pass on (a relay): each update goes on as it is.',
    live: false,
  }),
  gatewayBuffer: integer({
    default: 3,
    min: 1,
    max: 200,
    step: 1,
    unit: 'updates',
    label: 'Gateway’s buffer',
    help: 'Updates that a gateway adds up before it sends their mean on.',
    live: true,
  }),
  fogWaits: choice(synchronies, {
    default: 'relay',
    label: 'Fogs',
    help: 'Wait for all (a barrier): for the gateways below. Buffer: a fog adds up a number of updates as they come. Pass on (a relay): each update goes on as it is.',
    live: false,
  }),
  fogBuffer: integer({
    default: 3,
    min: 1,
    max: 200,
    step: 1,
    unit: 'updates',
    label: 'Fog’s buffer',
    help: 'Updates that a fog adds up before it sends their mean on.',
    live: true,
  }),
  cloudWaits: choice([synchronies[0], synchronies[1]], {
    default: 'buffer',
    label: 'Cloud',
    help: 'Wait for all (a barrier): a round ends when all that were asked have answered. Buffer: a new version after a number of updates, and nobody waits for the slowest.',
    live: false,
  }),
  buffer: integer({
    default: 10,
    min: 1,
    max: 200,
    step: 1,
    unit: 'updates',
    label: 'Buffer',
    help: 'Updates that make a new version where the cloud has a buffer: devices’ own, or the means that gateways or fogs send. In FedAsync a record is kept after so many.',
    live: true,
  }),
  bufferAggregator: choice(choicesOf(aggregators), {
    default: 'uniform',
    label: 'Weights in the buffer',
    help: 'Uniform: FedBuff divides the sum by the size of its buffer, as in the paper. By samples: an update counts by its device’s data.',
    live: true,
  }),
  maxStaleness: integer({
    default: 0,
    min: 0,
    max: 10_000,
    step: 1,
    scale: 'log',
    unit: 'versions',
    zero: 'any age',
    label: 'Most staleness',
    help: 'An update from more versions ago than this is dropped at the cloud (PAPAYA, FLSim); 0: none is.',
    live: true,
  }),
  mixing: number({
    default: 0.6,
    min: 0.01,
    max: 1,
    step: 0.01,
    label: 'Mixing',
    help: 'FedAsync’s α: how far the global model moves to a fresh device’s model.',
    live: true,
  }),
  stalenessExponent: number({
    default: 0.5,
    min: 0,
    max: 2,
    step: 0.1,
    label: 'Staleness exponent',
    help: 'An update from s versions ago is scaled by (1 + s) to the minus this; 0: old counts as new.',
    live: true,
  }),
  gatewayRounds: integer({
    default: 1,
    min: 1,
    max: 100,
    step: 1,
    scale: 'log',
    label: 'Gateway rounds',
    help: 'Rounds between a gateway and its devices before it sends its model to the fog (HierFAVG).',
    live: true,
  }),
  fogRounds: integer({
    default: 1,
    min: 1,
    max: 100,
    step: 1,
    scale: 'log',
    label: 'Fog rounds',
    help: 'Rounds between a fog and its gateways before it sends its model to the cloud (HierFAVG).',
    live: true,
  }),
});
