// A window of vibration from a motor in one of five conditions, synthesised from what each fault does to the shaft and the
// bearing. Which orders (multiples of the shaft speed) a fault excites: Randall, Vibration-based Condition Monitoring (2011),
// ch. 2; ISO 13373-3 annexes; impacts with random slip: Randall & Antoni, Mech. Syst. Signal Process. 25 (2011) 485–520.
// Amplitudes are in m/s² and of the size that ISO 20816 expects of small machines: at 45 Hz 0.15 … 0.35 m/s² are velocities
// of 0.4 … 0.9 mm/s r.m.s. (zone A, as good as new), 1.1 … 2.8 m/s² are 2.8 … 7 mm/s (zones C and D, repair soon or now).

import type { Rng } from '../../../random.ts';
import type { Motor } from './motor.ts';
import { type Condition, conditions, SAMPLE_RATE } from './motor-task.ts';

export { type Condition, conditions };

/** Twice the mains frequency: magnetic pull on the stator, Hz. */
const HUM_HZ = 100;

/** Log-uniform, since faults grow by factors: most are found while still mild. */
const severity = (rng: Rng, low: number, high: number): number => low * (high / low) ** rng.uniform();
/** Log-normal scatter around one, for what varies from window to window with the load. */
const scatter = (rng: Rng, spread: number): number => Math.exp(spread * rng.normal());

/** Adds amplitude · cos(2πft + phase), by rotating a phasor: two multiplications instead of a cosine a sample. */
function addTone(out: Float64Array, hertz: number, amplitude: number, phase: number): void {
  const step = (2 * Math.PI * hertz) / SAMPLE_RATE;
  const c = Math.cos(step);
  const s = Math.sin(step);
  let re = amplitude * Math.cos(phase);
  let im = amplitude * Math.sin(phase);
  for (let n = 0; n < out.length; n++) {
    out[n] += re;
    const next = re * c - im * s;
    im = re * s + im * c;
    re = next;
  }
}

/** Adds white noise: four uniform bytes of one draw, summed, are near enough to normal and ten times as quick. */
function addNoise(out: Float64Array, sigma: number, rng: Rng): void {
  // One byte has variance (256² − 1)/12; four of them add up, centred on 510.
  const scale = sigma / Math.sqrt((4 * (256 ** 2 - 1)) / 12);
  for (let n = 0; n < out.length; n++) {
    const bits = rng.bits();
    out[n] += scale * ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510);
  }
}

/** Adds one impact: the housing rings at its resonance and dies away. `start` is in samples and may lie before the window. */
function addImpact(out: Float64Array, start: number, amplitude: number, motor: Motor): void {
  const omega = (2 * Math.PI * motor.housingHz) / SAMPLE_RATE;
  const decay = Math.exp(-motor.housingDamping * omega);
  const first = Math.max(0, Math.ceil(start));
  const age = first - start;
  // Ring-down as a damped phasor: its imaginary part starts at zero and rings.
  let re = amplitude * decay ** age * Math.cos(omega * age);
  let im = amplitude * decay ** age * Math.sin(omega * age);
  const c = decay * Math.cos(omega);
  const s = decay * Math.sin(omega);
  // Six time constants: what is left afterwards is below a quarter of a per cent.
  const last = Math.min(out.length, first + Math.ceil(6 / (motor.housingDamping * omega)));
  for (let n = first; n < last; n++) {
    out[n] += im;
    const next = re * c - im * s;
    im = re * s + im * c;
    re = next;
  }
}

/** Imbalance: a rotating force, so 1× and hardly anything else. */
function imbalance(out: Float64Array, hertz: number, rng: Rng): void {
  addTone(out, hertz, severity(rng, 1.1, 2.8), rng.between(0, 2 * Math.PI));
}

/** Misalignment: the coupling is bent twice a turn, so 2× leads, 3× follows and 1× grows a little. */
function misalignment(out: Float64Array, hertz: number, rng: Rng): void {
  const level = severity(rng, 0.7, 1.8);
  addTone(out, hertz, level * rng.between(0.2, 0.5), rng.between(0, 2 * Math.PI));
  addTone(out, 2 * hertz, level, rng.between(0, 2 * Math.PI));
  addTone(out, 3 * hertz, level * rng.between(0.3, 0.7), rng.between(0, 2 * Math.PI));
}

/**
 * Looseness: the foot lifts and lands, so the motion is cut off on one side: harmonics without end, half orders where it
 * lands only every second turn, and a small knock on the housing each time.
 */
function looseness(out: Float64Array, hertz: number, motor: Motor, rng: Rng): void {
  const level = severity(rng, 0.9, 2.2);
  const half = rng.between(0.3, 0.7);
  const stop = rng.between(0.1, 0.5);
  const start = rng.between(0, 4 * Math.PI);
  const step = (2 * Math.PI * hertz) / SAMPLE_RATE;
  for (let n = 0; n < out.length; n++) {
    const turn = start + n * step;
    out[n] += level * Math.min(stop, Math.cos(turn) + half * Math.cos(turn / 2));
  }
  const period = SAMPLE_RATE / hertz;
  for (let at = -period * rng.uniform(); at < out.length; at += period) {
    addImpact(out, at + 0.02 * period * rng.normal(), 0.25 * level * scatter(rng, 0.3), motor);
  }
}

/** Bearing fault: balls strike a pit in the outer race at about BPFO (they slip a little); the rotating load modulates. */
function bearingFault(out: Float64Array, hertz: number, motor: Motor, rng: Rng): void {
  const level = severity(rng, 2, 4.5);
  const period = SAMPLE_RATE / (hertz * motor.bpfoOrder);
  const load = rng.between(0, 2 * Math.PI);
  for (let at = -period * (1 + rng.uniform()); at < out.length; at += period * (1 + 0.02 * rng.normal())) {
    const modulation = 1 + 0.4 * Math.cos(load + (2 * Math.PI * hertz * at) / SAMPLE_RATE);
    addImpact(out, at, level * modulation * scatter(rng, 0.2), motor);
  }
}

/** Fills `out` with one window of acceleration, m/s², as it is at the bearing, before mounting and sensor. */
export function synthesiseVibration(motor: Motor, condition: Condition, rng: Rng, out: Float64Array): void {
  out.fill(0);
  const hertz = motor.shaftHz * (1 + 0.01 * rng.normal());
  addTone(out, hertz, motor.residual1x * scatter(rng, 0.2), rng.between(0, 2 * Math.PI));
  addTone(out, 2 * hertz, motor.residual2x * scatter(rng, 0.2), rng.between(0, 2 * Math.PI));
  addTone(out, HUM_HZ, motor.hum * scatter(rng, 0.2), rng.between(0, 2 * Math.PI));
  if (condition === 'imbalance') imbalance(out, hertz, rng);
  if (condition === 'misalignment') misalignment(out, hertz, rng);
  if (condition === 'looseness') looseness(out, hertz, motor, rng);
  if (condition === 'bearing fault') bearingFault(out, hertz, motor, rng);
  addNoise(out, motor.noise * scatter(rng, 0.15), rng);
}
