// The tutorial's MicroCNN: two width-3 convolutions over the features, average pool to 4 positions, one dense layer; 757 parameters at
// 16 features and 5 classes. No dropout.

import type { TaskShape } from '../../data/task.ts';
import { type Architecture, architectureOf, lowRank, type Model } from '../architecture.ts';
import { conv1dLayer, denseLayer, worthwhileRank } from '../layers.ts';

const FILTERS = [8, 16];
const KERNEL = 3;
const POOLED = 4;

/** @param rank of the dense layer; convolutions stay whole */
function convolutional(
  { features, classes }: TaskShape,
  [filters1, filters2]: readonly number[],
  rank: number,
): Architecture {
  const conv1 = conv1dLayer('conv1', [filters1, 1, KERNEL], { rowLayer: 0, columnLayer: null });
  const conv2 = conv1dLayer('conv2', [filters2, filters1, KERNEL], { rowLayer: 1, columnLayer: 0 }, POOLED);
  const fc = denseLayer('fc', classes, filters2 * POOLED, rank, { rowLayer: null, columnLayer: 1 });
  return architectureOf({
    features,
    classes,
    layers: [conv1, conv2, fc],
    forwardMacs: features * (conv1.macs + conv2.macs) + fc.macs,
    activationsPerSample: features + 2 * features * (filters1 + filters2) + filters2 * POOLED + classes + rank,
    checkpointsPerSample: features + features * filters1 + filters2 * POOLED + classes,
    largestSegment: 2 * features * filters2,
    dropout: 0,
    units: [filters1, filters2],
  });
}

export const microCnn: Model<typeof lowRank> = {
  id: 'micro-cnn',
  label: 'MicroCNN',
  help: 'The tutorial’s two small convolutions and a dense layer: fewer bytes, more computing.',
  source: 'Tutorial 198, Federated Learning for IoT and Edge Computing',
  settings: lowRank,
  // As many as the kernel covers.
  minFeatures: KERNEL,
  build: (task, { rank }) => convolutional(task, FILTERS, worthwhileRank(task.classes, FILTERS[1] * POOLED, rank)),
  withUnits: (whole, units) => convolutional(whole, units, whole.ranks[2]),
};
