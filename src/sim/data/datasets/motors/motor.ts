// One machine of the simulated factory: an induction motor on a variable-speed drive with an accelerometer on its bearing
// housing. No two machines sound alike: shaft speed, bearing geometry, residual faults of a healthy machine, noise floor,
// sensor gain and mounting differ. That difference is the "feature skew" that federated learning has to bridge.
// Sources: Randall, Vibration-based Condition Monitoring (2011), ch. 2; ISO 13373-1 (mounting, transfer path).

import type { Rng } from '../../../random.ts';
import { BIN_HZ, BINS } from './spectrum.ts';

export interface Motor {
  /** Shaft speed, Hz (36 … 54 Hz = 2160 … 3240 rpm: two-pole motors on drives). */
  readonly shaftHz: number;
  /** Ball passing frequency of the outer race, in multiples of the shaft speed. */
  readonly bpfoOrder: number;
  /** Resonance of the bearing housing that impacts excite, Hz, and its damping ratio. */
  readonly housingHz: number;
  readonly housingDamping: number;
  /** Acceleration amplitudes that remain when all is well, m/s²: at 1×, at 2×, and the magnetic hum at twice the mains. */
  readonly residual1x: number;
  readonly residual2x: number;
  readonly hum: number;
  /** Standard deviation of the broadband noise (flow, friction, neighbours), m/s². */
  readonly noise: number;
  /** |H(f)|² from the bearing to the sensor's output, bin by bin: gain, tilt of the mounting, one mounting resonance. */
  readonly transfer: Float64Array;
}

const decibels = (value: number): number => 10 ** (value / 20);
const logUniform = (rng: Rng, low: number, high: number): number =>
  Math.exp(rng.between(Math.log(low), Math.log(high)));

/** The tilt leaves this frequency's level alone. */
const PIVOT_HZ = 150;

function mounting(rng: Rng): Float64Array {
  const gain = decibels(2.5 * rng.normal());
  const tilt = 0.7 * rng.normal();
  const resonanceHz = logUniform(rng, 200, 900);
  const damping = rng.between(0.15, 0.35);
  return Float64Array.from({ length: BINS }, (_, bin) => {
    const hertz = Math.max(bin, 1) * BIN_HZ;
    const ratio = (hertz / resonanceHz) ** 2;
    // A single-degree-of-freedom mount amplifies around its resonance; half of it bypasses the mount, so that nothing
    // above the resonance is lost altogether.
    const mount = 0.5 + 0.5 / Math.sqrt((1 - ratio) ** 2 + 4 * damping ** 2 * ratio);
    return (gain * decibels(tilt * Math.log2(hertz / PIVOT_HZ)) * mount) ** 2;
  });
}

/** BPFO = n/2 · (1 − d/D · cos φ) · shaft speed, for n balls of diameter d on pitch diameter D, contact angle φ = 0. */
export const bpfoOrder = (balls: number, diameterRatio: number): number => (balls / 2) * (1 - diameterRatio);

/** The machine that a generator's draws describe; the same generator name gives the same machine. */
export function buildMotor(rng: Rng): Motor {
  return {
    shaftHz: logUniform(rng, 30, 58),
    bpfoOrder: bpfoOrder(7 + rng.integer(3), rng.between(0.2, 0.3)),
    housingHz: logUniform(rng, 700, 1350),
    housingDamping: rng.between(0.04, 0.09),
    residual1x: logUniform(rng, 0.15, 0.35),
    residual2x: logUniform(rng, 0.08, 0.2),
    hum: logUniform(rng, 0.05, 0.25),
    noise: logUniform(rng, 0.2, 0.35),
    transfer: mounting(rng.split('mounting')),
  };
}
