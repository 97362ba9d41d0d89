// FedAdam: v ← β₂ v + (1 − β₂) Δ². Reddi et al., "Adaptive Federated Optimization", ICLR 2021, Algorithm 2.

import { type AdaptiveState, adaptive, meanSettings } from './adaptive.ts';
import type { Strategy } from './strategy.ts';

export const fedAdam: Strategy<AdaptiveState, typeof meanSettings> = {
  id: 'fed-adam',
  label: 'FedAdam',
  help: 'Each weight’s step is scaled by running means of the averaged update and of its square: Adam at the server.',
  source: 'Reddi et al. 2021',
  settings: meanSettings,
  ...adaptive<typeof meanSettings>(
    (square, squared, { serverBeta2 }) => serverBeta2 * square + (1 - serverBeta2) * squared,
  ),
};
