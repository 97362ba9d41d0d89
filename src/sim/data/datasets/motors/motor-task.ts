// The task of the motor data: features are the bands of a vibration spectrum, classes the conditions of the motor.

export const conditions = ['healthy', 'imbalance', 'misalignment', 'looseness', 'bearing fault'] as const;
export type Condition = (typeof conditions)[number];

/** Samples a second. */
export const SAMPLE_RATE = 3200;
export const BANDS = 16;

const LOWEST_HZ = 12.5;
const OCTAVES = Math.log2(SAMPLE_RATE / 2 / LOWEST_HZ);

/** Edges of the bands, Hz: 17 numbers from 12.5 Hz to 1600 Hz, 7/16 of an octave apart. */
export const bandEdges = Float64Array.from({ length: BANDS + 1 }, (_, i) => LOWEST_HZ * 2 ** ((OCTAVES * i) / BANDS));
