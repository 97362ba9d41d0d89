// The tutorial's TinyMLP: features → h → h → classes with ReLU and dropout; 1,765 parameters at 16 features, h = 32 and 5 classes. Here
// with one to four hidden layers, each of its own width.

import type { TaskShape } from '../../data/task.ts';
import { integer, number } from '../../experiment/settings.ts';
import type { ValuesOf } from '../../experiment/variants.ts';
import { type Architecture, architectureOf, lowRank, type Model, sumOf } from '../architecture.ts';
import { denseLayer, worthwhileRank } from '../layers.ts';

const widthOf = (which: string, layer: number) =>
  integer({
    default: 0,
    min: 0,
    max: 128,
    step: 4,
    unit: 'units',
    zero: 'as the first',
    onlyIf: { key: 'hiddenLayers', least: layer },
    folded: true,
    label: `${which[0].toUpperCase()}${which.slice(1)} hidden layer`,
    help: `Width of the ${which} hidden layer; at 0 that of the first.`,
    live: false,
  });

const own = {
  hiddenLayers: integer({
    default: 2,
    min: 1,
    max: 4,
    step: 1,
    unit: 'layers',
    label: 'Hidden layers',
    help: 'Dense layers between the features and the scores of the classes. More layers: more bytes, memory and time.',
    live: false,
  }),
  hidden: integer({
    default: 32,
    min: 4,
    max: 128,
    step: 4,
    unit: 'units',
    label: 'Hidden units',
    help: 'Width of the hidden layers. More units: more bytes, memory and time.',
    live: false,
  }),
  hidden2: widthOf('second', 2),
  hidden3: widthOf('third', 3),
  hidden4: widthOf('fourth', 4),
  dropout: number({
    default: 0.1,
    min: 0,
    max: 0.5,
    step: 0.05,
    folded: true,
    label: 'Dropout',
    unit: '%',
    shownTimes: 100,
    help: 'Share of hidden units left out at random in each training step.',
    live: true,
  }),
  ...lowRank,
};

const widthsOf = ({ hiddenLayers, hidden, hidden2, hidden3, hidden4 }: ValuesOf<typeof own>): number[] =>
  [hidden, hidden2 || hidden, hidden3 || hidden, hidden4 || hidden].slice(0, hiddenLayers);

function perceptron(
  { features, classes }: TaskShape,
  units: readonly number[],
  dropout: number,
  ranks: readonly number[],
): Architecture {
  const sizes = [features, ...units, classes];
  const layers = ranks.map((rank, index) =>
    denseLayer(`fc${index + 1}`, sizes[index + 1], sizes[index], rank, {
      rowLayer: index < units.length ? index : null,
      columnLayer: index > 0 ? index - 1 : null,
    }),
  );
  return architectureOf({
    features,
    classes,
    layers,
    forwardMacs: sumOf(layers.map(({ macs }) => macs)),
    activationsPerSample: features + 2 * sumOf(units) + classes + sumOf(ranks),
    // The last hidden layer's outputs are still there when the way back begins.
    checkpointsPerSample: features + sumOf(units.slice(0, -1)) + classes,
    largestSegment: Math.max(...units.map((width, index) => 2 * width + ranks[index])),
    dropout,
    units,
  });
}

export const tinyMlp: Model<typeof own> = {
  id: 'tiny-mlp',
  label: 'TinyMLP',
  help: 'The tutorial’s network of dense layers, with ReLU and dropout.',
  source: 'Tutorial 198, Federated Learning for IoT and Edge Computing',
  settings: own,
  minFeatures: 1,
  build(task, settings) {
    const units = widthsOf(settings);
    const sizes = [task.features, ...units, task.classes];
    const ranks = sizes.slice(1).map((outputs, index) => worthwhileRank(outputs, sizes[index], settings.rank));
    return perceptron(task, units, settings.dropout, ranks);
  },
  withUnits: (whole, units) => perceptron(whole, units, whole.dropout, whole.ranks),
};
