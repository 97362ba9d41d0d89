// FedAvg: the global model moves by the average of the devices' updates, times the server's learning rate (1 in the paper).
// McMahan et al., "Communication-Efficient Learning of Deep Networks from Decentralized Data", AISTATS 2017; with a server
// learning rate: Reddi et al., "Adaptive Federated Optimization", ICLR 2021.

import { type Strategy, serverLearningRate } from './strategy.ts';

export const fedAvg: Strategy<null, typeof serverLearningRate> = {
  id: 'fed-avg',
  label: 'FedAvg',
  help: 'The global model moves by the average of the updates.',
  source: 'McMahan et al. 2017',
  settings: serverLearningRate,
  serverInit: () => null,
  serverMacs: () => 0,
  serverStep: (state, { weights, update, settings }) => ({
    weights: weights.map((weight, i) => weight + settings.serverLearningRate * update[i]),
    state,
  }),
};
