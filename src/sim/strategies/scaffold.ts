// SCAFFOLD: each device corrects its steps by how its gradients differ from everyone's: to each gradient it adds c − cᵢ, the
// server's control variate less its own. Of the two ways to renew cᵢ this is option II: cᵢ⁺ = cᵢ − c + (x − yᵢ) ÷ (K η). cᵢ⁺ − cᵢ goes
// up beside the update, and c down beside the model. The server: x ← x + ηg mean(Δy); c ← c + |S| ÷ N mean(Δc), with samples for
// numbers, so that c is always the mean of all cᵢ, weighted as the updates are.
// Karimireddy et al., "SCAFFOLD: Stochastic Controlled Averaging for Federated Learning", ICML 2020, Algorithm 1.

import { quantisers } from '../compression/quantisers/index.ts';
import { choice } from '../experiment/settings.ts';
import { choicesOf } from '../experiment/variants.ts';
import { fedAvg } from './fed-avg.ts';
import { type PayloadTensor, type Strategy, type StrategyContext, serverLearningRate } from './strategy.ts';

const own = {
  ...serverLearningRate,
  controlQuantise: choice(choicesOf(quantisers), {
    default: 'fp32',
    label: 'Control variates as',
    help: 'The numbers in which SCAFFOLD’s control variates travel, up and down.',
    live: true,
  }),
};
type Own = typeof own;

const travelling = (name: string, label: string): PayloadTensor<Own> => ({
  name,
  label,
  codec: ({ controlQuantise }) => ({ sparsify: 'none', keep: 1, quantise: controlQuantise }),
});

interface ScaffoldState {
  /** c */
  readonly control: Float32Array;
}

export const scaffold: Strategy<ScaffoldState, Own> = {
  id: 'scaffold',
  label: 'SCAFFOLD',
  help: 'Devices correct their steps by how their gradients differ from everyone’s, so that they do not drift apart; a second vector travels both ways.',
  source: 'Karimireddy et al. 2020',
  settings: own,
  client: {
    // c and its own cᵢ.
    trainingFloats: () => 2,
    // Their difference is added in each step, and made of them once; then the change of cᵢ.
    stepMacs: () => 1,
    turnMacs: () => 3,
    exchange: {
      stateNames: ['control'],
      down: [travelling('control', 'control variate c')],
      up: [travelling('control', 'change of the control variate cᵢ')],
      offset: ({ control: own }, { control }) => control.map((all, i) => all - own[i]),
      // cᵢ⁺ − cᵢ = −c + (x − y) ÷ (K η).
      send: (_, { control }, { update, steps, learningRate }) => ({
        control: control.map((all, i) =>
          steps > 0 && learningRate > 0 ? -all - update[i] / (steps * learningRate) : 0,
        ),
      }),
      nextState: ({ control }, sent) => ({ control: control.map((own, i) => own + sent.control[i]) }),
    },
  },
  serverInit: (parameters) => ({ control: new Float32Array(parameters) }),
  broadcast: ({ control }) => ({ control }),
  serverMacs: () => 1,
  serverStep: ({ control }, step) => ({
    weights: fedAvg.serverStep(null, step).weights,
    state: { control: control.map((all, i) => all + step.participation * (step.tensors.control?.[i] ?? 0)) },
  }),
  refusal: refusalOf,
};

function refusalOf({ aggregation, training, families, subModels, pruning }: StrategyContext): string | null {
  const needs = 'is not for aggregation.strategy scaffold';
  if (aggregation.mode !== 'sync')
    return `aggregation.mode ${aggregation.mode} ${needs}, whose control variates would be of different ages; it must be sync.`;
  for (const name of ['gatewayRounds', 'fogRounds'] as const) {
    if (aggregation[name] > 1)
      return `aggregation.${name} ${aggregation[name]} ${needs}, whose control variates the cloud must combine in each round; it must be 1.`;
  }
  for (const name of ['gatewayAggregator', 'upperAggregator'] as const) {
    if (aggregation[name] !== 'samples')
      return `aggregation.${name} ${aggregation[name]} ${needs}, whose control variates must weigh as their devices' samples do; it must be samples.`;
  }
  if (training.optimiser !== 'sgd')
    return `training.optimiser ${training.optimiser} ${needs}, whose control variates are gradients taken from plain SGD steps; it must be sgd.`;
  if (training.momentum > 0)
    return `training.momentum ${training.momentum} ${needs}, whose control variates are gradients taken from plain SGD steps; it must be 0.`;
  if (families.assignment !== 'one')
    return `families.assignment ${families.assignment} ${needs}, whose control variates are of one model; it must be one.`;
  if (subModels.keep < 1)
    return `subModels.keep ${subModels.keep} ${needs}, whose devices would each know a part of the control variates; it must be 1.`;
  if (pruning.sparsity > 0)
    return `pruning.sparsity ${pruning.sparsity} ${needs}, whose control variates are of all weights; it must be 0.`;
  return null;
}
