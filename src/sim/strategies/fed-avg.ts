// FedAvg: the global model moves by the average of the devices' updates, times the server's learning rate (1 in the paper).
// McMahan et al., "Communication-Efficient Learning of Deep Networks from Decentralized Data", AISTATS 2017; with a server
// learning rate: Reddi et al., "Adaptive Federated Optimization", ICLR 2021.

import type { Strategy } from './strategy.ts';

export const fedAvg: Strategy<null> = {
  id: 'fed-avg',
  label: 'FedAvg',
  help: 'The global model moves by the average of the updates.',
  settings: {},
  init: () => null,
  apply: (memory, { weights, update, learningRate }) => ({
    weights: weights.map((weight, index) => weight + learningRate * update[index]),
    memory,
  }),
};
