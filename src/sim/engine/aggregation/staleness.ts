// How much an update counts that was made from an old version of the global model.

/**
 * (1 + staleness) ^ −exponent: the polynomial weighting of FedAsync (Xie, Koyejo & Gupta, "Asynchronous Federated
 * Optimization", 2019), and with exponent ½ that of FedBuff (Nguyen et al., AISTATS 2022).
 * Both ask that a fresh update counts in full. FedAsync’s proximal term is left out (ρ = 0).
 * @param staleness versions that the global model has moved on by, 0 or more
 */
export const stalenessWeight = (staleness: number, exponent: number): number => (1 + staleness) ** -exponent;

/** FedAsync's step: the global model moves to the device's model by α × the staleness weight. */
export function mixIn(weights: Float32Array, deviceModel: Float32Array, share: number): Float32Array {
  return weights.map((weight, i) => weight + share * (deviceModel[i] - weight));
}
