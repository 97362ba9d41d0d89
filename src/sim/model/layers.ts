// A layer of a model as the tensors that it holds, without any tensor library. Layouts are PyTorch's: a linear layer's weight
// is [out, in], a convolution's [out, in, kernel]. A layer ends with its bias, the only tensor of one dimension.

export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Initial values are drawn from U(−bound, bound). */
  readonly bound: number;
  /** Indices of the hidden layer whose units are its rows, and of the one whose units are its columns' inputs; null for none. */
  readonly rowLayer: number | null;
  readonly columnLayer: number | null;
}

export interface LayerSpec {
  /** What it computes: the trainer has a program for each type. */
  readonly type: 'dense' | 'conv1d';
  readonly tensors: readonly TensorSpec[];
  /** Multiply-accumulates of one use of the layer: of one position, for a convolution. */
  readonly macs: number;
  /** Columns of the two narrow matrices that stand for the weight; 0 where it is one whole matrix. */
  readonly rank: number;
  /** A hidden layer's outputs go through ReLU; the last layer's are the logits. */
  readonly activation: 'relu' | 'linear';
  /** Positions that an adaptive average pool leaves of a convolution's outputs; 0 where nothing is pooled. */
  readonly pooled: number;
}

type Connections = Pick<TensorSpec, 'rowLayer' | 'columnLayer'>;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

/** PyTorch draws weights and biases alike from U(−1/√fanIn, 1/√fanIn): Kaiming with a = √5. */
const boundOf = (fanIn: number): number => 1 / Math.sqrt(fanIn);

const biasOf = (name: string, outputs: number, fanIn: number, rowLayer: number | null): TensorSpec => ({
  name: `${name}.bias`,
  shape: [outputs],
  bound: boundOf(fanIn),
  rowLayer,
  columnLayer: null,
});

function fullRankLayer(
  type: LayerSpec['type'],
  name: string,
  shape: readonly number[],
  connections: Connections,
  pooled = 0,
): LayerSpec {
  const fanIn = sizeOf(shape.slice(1));
  const weight = { name: `${name}.weight`, shape, bound: boundOf(fanIn), ...connections };
  return {
    type,
    tensors: [weight, biasOf(name, shape[0], fanIn, connections.rowLayer)],
    macs: sizeOf(shape),
    rank: 0,
    activation: activationOf(connections),
    pooled,
  };
}

const activationOf = ({ rowLayer }: Connections): LayerSpec['activation'] => (rowLayer === null ? 'linear' : 'relu');

/**
 * A convolution over positions, with stride 1 and as much padding as keeps their number.
 * @param shape [filters, channels, kernel], with an odd kernel
 * @param pooled positions that an average pool leaves, as PyTorch's AdaptiveAvgPool1d; 0 for no pool
 */
export const conv1dLayer = (
  name: string,
  shape: readonly [number, number, number],
  connections: Connections,
  pooled = 0,
) => fullRankLayer('conv1d', name, shape, connections, pooled);

/** The rank of a dense layer where two narrow matrices are smaller than the whole one; 0, a whole matrix, where they are not. */
export const worthwhileRank = (outputs: number, inputs: number, rank: number): number =>
  rank * (inputs + outputs) < inputs * outputs ? rank : 0;

/**
 * A dense layer, W whole or W = V U with U [rank, in] and V [out, rank] (Sainath et al. 2013, "Low-rank matrix factorization
 * for deep neural network training"). An entry of V U is a sum of `rank` products: with a variance of 1/√(3 · in · rank) on
 * both sides it starts with the variance 1/(3 · in) of the whole layer's.
 */
export function denseLayer(
  name: string,
  outputs: number,
  inputs: number,
  rank: number,
  connections: Connections,
): LayerSpec {
  if (rank === 0) return fullRankLayer('dense', name, [outputs, inputs], connections);
  const bound = Math.sqrt(3 / Math.sqrt(3 * inputs * rank));
  return {
    type: 'dense',
    tensors: [
      { name: `${name}.u`, shape: [rank, inputs], bound, rowLayer: null, columnLayer: connections.columnLayer },
      { name: `${name}.v`, shape: [outputs, rank], bound, rowLayer: connections.rowLayer, columnLayer: null },
      biasOf(name, outputs, inputs, connections.rowLayer),
    ],
    macs: rank * (inputs + outputs),
    rank,
    activation: activationOf(connections),
    pooled: 0,
  };
}
