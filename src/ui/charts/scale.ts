// Axes that read well: a round number at the top, a few round ticks below it, and one unit for the whole axis.

/** What an axis counts. */
export type Quantity = 'rounds' | 'seconds' | 'joules' | 'bytes' | 'share' | 'nats' | 'devices';

interface Unit {
  readonly per: number;
  readonly unit: string;
  /** Used from here on; from `per` if left out. 90 s say more than 1.5 min. */
  readonly from?: number;
}

/** Largest first; the last is used for whatever is smaller. */
const units: Readonly<Record<Quantity, readonly Unit[]>> = {
  rounds: [{ per: 1, unit: '' }],
  seconds: [
    { per: 86_400, unit: 'd', from: 172_800 },
    { per: 3600, unit: 'h', from: 7200 },
    { per: 60, unit: 'min', from: 120 },
    { per: 1, unit: 's' },
    { per: 1e-3, unit: 'ms' },
  ],
  joules: [
    { per: 1e12, unit: 'TJ' },
    { per: 1e9, unit: 'GJ' },
    { per: 1e6, unit: 'MJ' },
    { per: 1e3, unit: 'kJ' },
    { per: 1, unit: 'J' },
    { per: 1e-3, unit: 'mJ' },
  ],
  bytes: [
    { per: 1e15, unit: 'PB' },
    { per: 1e12, unit: 'TB' },
    { per: 1e9, unit: 'GB' },
    { per: 1e6, unit: 'MB' },
    { per: 1e3, unit: 'kB' },
    { per: 1, unit: 'B' },
  ],
  share: [{ per: 0.01, unit: '%' }],
  nats: [{ per: 1, unit: 'nats' }],
  devices: [{ per: 1, unit: '' }],
};

/** Tops of an axis in one decade, and into how many parts each is cut. */
const tops: readonly { readonly top: number; readonly parts: number }[] = [
  { top: 1, parts: 2 },
  { top: 1.5, parts: 3 },
  { top: 2, parts: 2 },
  { top: 3, parts: 3 },
  { top: 4, parts: 2 },
  { top: 6, parts: 3 },
  { top: 8, parts: 2 },
  { top: 10, parts: 2 },
];

/** Made once: making one costs more than all the ticks of a chart. */
const numbers = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** There is room for six characters beside a plot: '10,000', '0.005', then '2e13'. */
const short = (value: number): string =>
  value === 0 || (value >= 1e-3 && value < 1e5)
    ? numbers.format(value)
    : Number(value.toPrecision(3)).toExponential().replace('e+', 'e');

const LONG_PARTS = 5;

export interface Scale {
  /** Its unit, in SI units: 60 for minutes. */
  readonly per: number;
  readonly top: number;
  readonly ticks: readonly number[];
  readonly isTop: (tick: number) => boolean;
  /** A tick's words; only the top one carries the unit. */
  readonly textOf: (tick: number) => string;
  /** Its words with the unit, for where ticks are few. */
  readonly textWithUnit: (tick: number) => string;
}

/** An axis from 0 to a round number not below `most`; with ticks for a long axis, if it is one. */
export function toScale(quantity: Quantity, most: number, isLong = false): Scale {
  const least = quantity === 'rounds' ? 10 : quantity === 'devices' ? 2 : 0;
  // Neither nothing, nor what the quotients below cannot hold.
  const reach = most > 1e-290 && most < Number.POSITIVE_INFINITY ? Math.min(most, 1e290) : 0;
  const wanted = Math.max(reach, least) || 1;
  const known = units[quantity];
  const { per, unit } = known.find((each) => wanted >= (each.from ?? each.per) * 0.999) ?? known[known.length - 1];
  const decade = 10 ** Math.floor(Math.log10(wanted / per) + 1e-9);
  const { top, parts } = tops.find((each) => each.top * decade * per >= wanted * (1 - 1e-9)) ?? { top: 10, parts: 2 };
  const step = (top * decade) / parts;
  const few = Array.from({ length: parts + 1 }, (_, i) => i * step);
  const ticks = (isLong ? ticksUpTo(top * decade, LONG_PARTS) : few).map((tick) => tick * per);
  const highest = top * decade * per;
  const numberOf = (tick: number) => short(tick / per);
  const isTop = (tick: number) => tick > highest * (1 - 1e-9);
  const textWithUnit = (tick: number) => (unit ? `${numberOf(tick)} ${unit}` : numberOf(tick));
  const textOf = (tick: number) => (isTop(tick) ? textWithUnit(tick) : numberOf(tick));
  return { per, top: highest, ticks, isTop, textOf, textWithUnit };
}

/** Round steps from 0 to at most `most`, and no more than `parts` of them: 0, 200, 400, 600 for 798. */
export function ticksUpTo(most: number, parts: number): number[] {
  if (!(most > 0)) return [0];
  const decade = 10 ** Math.floor(Math.log10(most / parts));
  const step =
    [1, 2, 5, 10].map((each) => each * decade).find((each) => most / each <= parts * (1 + 1e-9)) ?? 10 * decade;
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) => i * step);
}
