// FedAdagrad: v ← v + Δ², so that a weight's steps only become smaller. Reddi et al., "Adaptive Federated Optimization", ICLR
// 2021, Algorithm 2.

import { type AdaptiveState, adaptive, adaptiveSettings } from './adaptive.ts';
import type { Strategy } from './strategy.ts';

export const fedAdagrad: Strategy<AdaptiveState, typeof adaptiveSettings> = {
  id: 'fed-adagrad',
  label: 'FedAdagrad',
  help: 'Each weight’s step is the smaller, the more it has moved in all rounds so far.',
  source: 'Reddi et al. 2021',
  settings: adaptiveSettings,
  ...adaptive<typeof adaptiveSettings>((square, squared) => square + squared),
};
