// The contract of a link's trace: how its rate and its losses vary over the simulated clock. One file a trace. A trace is a
// pure function of the link, the time and the seed, so that any moment can be asked for in any order.

import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';

export interface LinkState {
  /** The share of the link's rate that is there for it; what that does to a radio is said in ../link.ts, `linkWithTrace`. */
  readonly rate: number;
  /** Share of packets lost on top of the link's own figure, 0 … below 1. */
  readonly loss: number;
}

export interface Trace<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** State at a time (seconds on the simulated clock). `rng` is the trace's own, the same for all links: split it by link. */
  at(link: string, time: number, settings: ValuesOf<Own>, rng: Rng): LinkState;
}
