// All randomness in Fogline. A generator is split by name, so that a draw depends on what it is for (device 7, round 3,
// shuffle) and never on how many draws other parts made before it: adding a device changes no other device's draws.
// Generator: sfc32 (Doty-Humphrey, PractRand; passes BigCrush). Key hash: MurmurHash3's finaliser over the name's characters.

/** Mixes one 32-bit word so that every input bit reaches every output bit (MurmurHash3 fmix32). */
function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Hashes a name into the 128 bits of state that sfc32 starts from: four lanes that each see every character. */
function seedWords(name: string): [number, number, number, number] {
  let [a, b, c, d] = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
  for (let i = 0; i < name.length; i++) {
    const character = name.charCodeAt(i);
    a = Math.imul(a ^ character, 0x9e3779b1) ^ (b >>> 15);
    b = Math.imul(b ^ character, 0x85ebca77) ^ (c >>> 13);
    c = Math.imul(c ^ character, 0xc2b2ae3d) ^ (d >>> 16);
    d = Math.imul(d ^ character, 0x27d4eb2f) ^ (a >>> 14);
  }
  return [mix(a ^ d), mix(b ^ a), mix(c ^ b), mix(d ^ c)];
}

/** The logarithm of 10^−200: a draw above it is far from the least number. */
const LEAST_LOG = -460;

export class Rng {
  readonly #name: string;
  /** sfc32's a, b, c and counter; a typed array keeps them 32-bit integers, which is three times as fast as numbers. */
  readonly #state = new Int32Array(4);

  constructor(name: string | number) {
    this.#name = String(name);
    this.#state.set(seedWords(this.#name));
    for (let i = 0; i < 12; i++) this.bits();
  }

  /** An independent generator for one purpose: `rng.split('device', 7, 'round', 3)`. Does not advance this one. */
  split(...path: readonly (string | number)[]): Rng {
    return new Rng(`${this.#name}/${path.join('/')}`);
  }

  /** 32 uniform random bits, as an unsigned integer. */
  bits(): number {
    const state = this.#state;
    const b = state[1];
    const c = state[2];
    const t = (state[0] + b + state[3]) | 0;
    state[3] = state[3] + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.bits() / 2 ** 32;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number, uniform in [0, count). */
  integer(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Standard normal (Box & Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Gamma(shape, 1) for shape > 0 (Marsaglia & Tsang 2000). */
  gamma(shape: number): number {
    if (shape < 1) {
      const { factor, log } = this.#smallGamma(shape);
      return Math.max(factor * Math.exp(log), Number.MIN_VALUE);
    }
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** Gamma(shape, 1) for shape < 1 as factor × exp(log), which may be too small for a number. */
  #smallGamma(shape: number): { readonly factor: number; readonly log: number } {
    return { factor: this.gamma(shape + 1), log: Math.log(1 - this.uniform()) / shape };
  }

  /** Dirichlet(α₁ … αₖ): shares that sum to one. */
  dirichlet(alphas: ArrayLike<number>): Float64Array {
    const parts = Array.from(alphas, (alpha) =>
      alpha < 1 ? this.#smallGamma(alpha) : { factor: this.gamma(alpha), log: 0 },
    );
    // All draws of small shapes may be below what a number can be (α = 0.001: 10^−300 in half the draws): then only their ratios
    // count, and the largest is taken for 1.
    const logs = parts.map(({ factor, log }) => Math.log(factor) + log);
    const most = Math.max(...logs);
    const draws = Float64Array.from(parts, ({ factor, log }, index) =>
      most > LEAST_LOG ? Math.max(factor * Math.exp(log), Number.MIN_VALUE) : Math.exp(logs[index] - most),
    );
    const total = draws.reduce((sum, draw) => sum + draw, 0);
    return draws.map((draw) => draw / total);
  }

  /** The numbers 0 … count − 1 in random order (Fisher & Yates). */
  permutation(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, index) => index);
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
