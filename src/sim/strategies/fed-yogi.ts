// FedYogi: v ← v − (1 − β₂) Δ² sign(v − Δ²): v moves towards Δ² by a share of Δ², and not of their difference, so that it falls more slowly
// than FedAdam's. Reddi et al., "Adaptive Federated Optimization", ICLR 2021, Algorithm 2; Zaheer et al., NeurIPS 2018.

import { type AdaptiveState, adaptive, meanSettings } from './adaptive.ts';
import type { Strategy } from './strategy.ts';

export const fedYogi: Strategy<AdaptiveState, typeof meanSettings> = {
  id: 'fed-yogi',
  label: 'FedYogi',
  help: 'As FedAdam, but a weight that has moved much stays cautious for longer.',
  source: 'Reddi et al. 2021',
  settings: meanSettings,
  ...adaptive<typeof meanSettings>(
    (square, squared, { serverBeta2 }) => square - (1 - serverBeta2) * squared * Math.sign(square - squared),
  ),
};
