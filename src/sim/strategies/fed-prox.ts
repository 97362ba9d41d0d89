// FedProx: FedAvg whose devices are held near the model that they received: a term μ/2 ‖w − w₀‖² in their loss adds
// μ (w − w₀) to each gradient. With μ = 0 it is FedAvg. (Its devices may also do different amounts of work: see the
// schedules.) Li et al., "Federated Optimization in Heterogeneous Networks", MLSys 2020.

import { number } from '../experiment/settings.ts';
import { fedAvg } from './fed-avg.ts';
import { type Strategy, serverLearningRate } from './strategy.ts';

const own = {
  ...serverLearningRate,
  proximal: number({
    default: 0.1,
    min: 0,
    max: 10,
    step: 0.001,
    scale: 'log',
    label: 'Proximal term μ',
    help: 'FedProx’s μ: how strongly a device is pulled back to the model that it received; 0 is FedAvg.',
    live: true,
  }),
};

const { serverInit, serverMacs, serverStep } = fedAvg;

export const fedProx: Strategy<null, typeof own> = {
  id: 'fed-prox',
  label: 'FedProx',
  help: 'FedAvg whose devices are pulled back to the model that they received, so that they drift apart less.',
  source: 'Li et al. 2020',
  settings: own,
  client: {
    // The weights that it started from.
    trainingFloats: ({ proximal }) => Number(proximal > 0),
    // A difference, and a product that is added.
    stepMacs: ({ proximal }) => (proximal > 0 ? 2 : 0),
    turnMacs: () => 0,
    proximal: ({ proximal }) => proximal,
  },
  serverInit,
  serverMacs,
  serverStep,
};
