// ECMAScript leaves the last bits of exp, log, sin and cos to the implementation. Where the clock or a battery depends on
// one of them it is rounded, so that the same experiment gives the same records on every machine. (Samples and losses
// become 32-bit floats, which does the same.)

const GRID = 2 ** 40;

/** A value of about unit size, rounded to a multiple of 2^−40 (twelve decimals). */
export const roundLastBits = (value: number): number => Math.round(value * GRID) / GRID;
