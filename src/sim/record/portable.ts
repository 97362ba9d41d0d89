// JavaScript leaves the last bits of exp, log, sin and cos to the engine and its processor. What the clock or a battery takes
// from one of them is rounded, so that the same experiment gives the same records on every machine. (Samples and losses
// become 32-bit floats, which does the same.)

const GRID = 2 ** 40;

/** A value of about unit size without its last bits: to 2^−40, some twelve decimals. */
export const portable = (value: number): number => Math.round(value * GRID) / GRID;
