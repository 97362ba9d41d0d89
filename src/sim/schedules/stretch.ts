// Stretch: makes the battery last for a target number of rounds. Each round may spend an equal part of what is left: as many
// epochs as it pays for after the transfers, none if it does not pay for one. What a round leaves over, later rounds share.
// Training within a budget of resources: Wang et al., "Adaptive Federated Learning in Resource Constrained Edge Computing
// Systems", IEEE JSAC 2019 (they tune when to aggregate; this only how long to train). After the target round it does not save energy.

import { integer } from '../experiment/settings.ts';
import type { Schedule } from './schedule.ts';

const own = {
  targetRounds: integer({
    default: 100,
    min: 1,
    max: 10_000,
    step: 1,
    scale: 'log',
    unit: 'rounds',
    label: 'Make it last',
    help: 'The stretch schedule spends each battery evenly over so many rounds.',
    live: true,
  }),
};

export const stretch: Schedule<typeof own> = {
  id: 'stretch',
  label: 'Stretch to a target',
  help: 'Spends an equal part of the battery each round, so that it lasts for the target number of rounds.',
  settings: own,
  epochs: ({ round, epochs, joulesLeft, joulesPerEpoch, joulesForTransfers, settings }) => {
    if (round > settings.targetRounds) return epochs;
    const roundsLeft = settings.targetRounds - round + 1;
    const forTraining = joulesLeft / roundsLeft - joulesForTransfers;
    if (forTraining >= epochs * joulesPerEpoch) return epochs;
    return Math.max(0, Math.floor(forTraining / joulesPerEpoch));
  },
};
