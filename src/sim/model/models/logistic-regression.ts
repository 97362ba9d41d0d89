// Multinomial logistic regression: one dense layer, whose loss is convex in its weights. The model of Li et al. 2020 (FedProx) on
// Synthetic(α, β), and of Karimireddy et al. 2020 (SCAFFOLD) on EMNIST. It has no hidden units, so that there is nothing for dropout or
// a sub-model to leave out.

import type { TaskShape } from '../../data/task.ts';
import { type Architecture, architectureOf, lowRank, type Model } from '../architecture.ts';
import { denseLayer, worthwhileRank } from '../layers.ts';

function linear({ features, classes }: TaskShape, rank: number): Architecture {
  const layer = denseLayer('fc', classes, features, rank, { rowLayer: null, columnLayer: null });
  return architectureOf({
    features,
    classes,
    layers: [layer],
    forwardMacs: layer.macs,
    activationsPerSample: features + classes + rank,
    checkpointsPerSample: features + classes,
    largestSegment: rank,
    dropout: 0,
    units: [],
  });
}

export const logisticRegression: Model<typeof lowRank> = {
  id: 'logistic-regression',
  label: 'Logistic regression',
  help: 'One dense layer: its loss is convex, and a few bytes are all that it sends. No hidden units.',
  source: {
    text: 'Li et al. 2020, Federated optimization in heterogeneous networks',
    url: 'https://arxiv.org/abs/1812.06127',
  },
  settings: lowRank,
  minFeatures: 1,
  build: (task, { rank }) => linear(task, worthwhileRank(task.classes, task.features, rank)),
  withUnits: (whole) => whole,
};
