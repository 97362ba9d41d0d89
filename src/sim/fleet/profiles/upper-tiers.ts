// Gateways, fogs and the cloud. The tutorial gives no figures for them; these are estimates of ordinary equipment, and as
// editable as the rest. Their links lead up: gateway → fog, fog → cloud (the cloud's own link is not used).

import type { UpperFigures } from '../figures.ts';

export type UpperTier = 'gateway' | 'fog' | 'cloud';

export const upperProfiles: Readonly<Record<UpperTier, { label: string; about: string; figures: UpperFigures }>> = {
  gateway: {
    label: 'Gateway',
    about: 'An industrial router: four Arm cores, 20 Mbit/s up to the fog.',
    figures: { computeRate: 1000, uplink: 20_000, downlink: 20_000, latency: 5, loss: 0 },
  },
  fog: {
    label: 'Fog node',
    about: 'A server on site, 100 Mbit/s up to the cloud.',
    figures: { computeRate: 10_000, uplink: 100_000, downlink: 100_000, latency: 20, loss: 0 },
  },
  cloud: {
    label: 'Cloud',
    about: 'Holds the global model.',
    figures: { computeRate: 100_000, uplink: 1_000_000, downlink: 1_000_000, latency: 0, loss: 0 },
  },
};
