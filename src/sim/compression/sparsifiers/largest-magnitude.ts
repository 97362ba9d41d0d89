// The k values of largest magnitude, in O(n).

/**
 * The k-th largest magnitude, as float32 bits: with the sign cleared they order as the numbers do, so four counting
 * passes of one byte each find it in O(n), whatever the values.
 */
function thresholdBits(words: Uint32Array, k: number): { readonly bits: number; readonly above: number } {
  const counts = new Uint32Array(256);
  let prefix = 0;
  let above = 0;
  for (let shift = 24; shift >= 0; shift -= 8) {
    counts.fill(0);
    for (let i = 0; i < words.length; i++) {
      const magnitude = words[i] & 0x7fffffff;
      if (shift === 24 || magnitude >>> (shift + 8) === prefix) counts[(magnitude >>> shift) & 255]++;
    }
    let byte = 255;
    while (above + counts[byte] < k) above += counts[byte--];
    prefix = (prefix << 8) | byte;
  }
  return { bits: prefix, above };
}

/** The positions of the k values of largest magnitude, ascending; of equal magnitudes the lower position is kept. */
export function largestPositions(values: Float32Array, k: number): Uint32Array {
  const positions = new Uint32Array(k);
  if (k === 0) return positions;
  // A copy, so that the bits can be read wherever the tensor lies in its buffer.
  const words = new Uint32Array(values.slice().buffer);
  const { bits, above } = thresholdBits(words, k);
  let ties = k - above;
  let found = 0;
  for (let i = 0; found < k; i++) {
    const magnitude = words[i] & 0x7fffffff;
    if (magnitude > bits || (magnitude === bits && ties-- > 0)) positions[found++] = i;
  }
  return positions;
}
