// Where the points of the scatter and their names lie: bytes on a logarithmic axis, accuracy on a linear one.

export interface Plane extends Size {
  /** Ends of the axes, in bytes and in shares. */
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
}

const STEPS = [1, 2, 5] as const;

/** 1, 2 and 5 times the powers of ten, from at most `low` to at least `high`. */
export function logTicks(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const step of STEPS) ticks.push(step * 10 ** power);
  }
  const first = ticks.findLastIndex((tick) => tick <= low * (1 + 1e-9));
  const last = ticks.findIndex((tick) => tick >= high * (1 - 1e-9));
  return ticks.slice(Math.max(0, first), last + 1);
}

/** Round shares below and above the accuracies, and a few between. */
export function shareTicks(low: number, high: number): number[] {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2].find((each) => (high - low) / each <= 5) ?? 0.25;
  const from = Math.max(0, Math.floor(low / step + 1e-9 - 0.2) * step);
  const to = Math.min(1, Math.ceil(high / step - 1e-9 + 0.2) * step);
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
}

export const placeOf = (bytes: number, share: number, { width, height, x, y }: Plane) => ({
  x: (width * Math.log(bytes / x[0])) / Math.log(x[1] / x[0]),
  y: height * (1 - (share - y[0]) / (y[1] - y[0])),
});

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Dot extends Place {
  readonly label: string;
}

export interface Named extends Dot {
  readonly anchor: 'start' | 'end' | 'middle';
  /** Where its name is written: the middle of the line's height. */
  readonly textX: number;
  readonly textY: number;
}

const LETTER = 6.1;
const LINE = 13;
const GAP = 8;

export interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlap = (a: Rect, b: Rect): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

/** The front's line as thin boxes: along each step, and up it. */
const stairs = (front: readonly Place[]): Rect[] =>
  front.slice(1).flatMap(({ x, y }, index) => {
    const from = front[index];
    return [
      { left: from.x, right: x, top: from.y - 2, bottom: from.y + 2 },
      { left: x - 2, right: x + 2, top: Math.min(y, from.y), bottom: Math.max(y, from.y) },
    ];
  });

interface Side {
  readonly anchor: Named['anchor'];
  readonly dx: number;
  readonly dy: number;
}

const around: readonly Side[] = [
  { anchor: 'start', dx: GAP, dy: 0 },
  { anchor: 'end', dx: -GAP, dy: 0 },
  { anchor: 'middle', dx: 0, dy: -LINE },
  { anchor: 'middle', dx: 0, dy: LINE },
  { anchor: 'start', dx: GAP, dy: -LINE },
  { anchor: 'start', dx: GAP, dy: LINE },
  { anchor: 'end', dx: -GAP, dy: -LINE },
  { anchor: 'end', dx: -GAP, dy: LINE },
  { anchor: 'middle', dx: 0, dy: 2 * LINE },
  { anchor: 'middle', dx: 0, dy: -2 * LINE },
  { anchor: 'start', dx: GAP, dy: 2 * LINE },
  { anchor: 'middle', dx: 0, dy: 3 * LINE },
  // Error bars are long: beside them, then past their ends.
  ...[2, -2, 3, -3, 4, -4].flatMap((lines): Side[] => [
    { anchor: 'start', dx: GAP, dy: lines * LINE },
    { anchor: 'end', dx: -GAP, dy: lines * LINE },
  ]),
  ...[-3, 4, -4, 5, -5, 6, -6].map((lines): Side => ({ anchor: 'middle', dx: 0, dy: lines * LINE })),
];

interface Interval {
  readonly mean: number;
  readonly sd: number;
}

/** Ends of an error bar, mean ± sd; the mean itself where the spread is unknown. */
export const endsOf = ({ mean, sd }: Interval): readonly [low: number, high: number] =>
  Number.isFinite(sd) ? [mean - sd, mean + sd] : [mean, mean];

/** Where a dot's two error bars end, on the plane: one may be of no length. */
export interface ErrorBars {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function errorBarsOf(bytes: Interval, share: Interval, plane: Plane): ErrorBars {
  const [fewest, most] = endsOf(bytes);
  const [worst, best] = endsOf(share);
  const within = (value: number, [low, high]: readonly [number, number]) => Math.min(high, Math.max(low, value));
  const start = placeOf(within(fewest, plane.x), within(worst, plane.y), plane);
  const end = placeOf(within(most, plane.x), within(best, plane.y), plane);
  return { left: start.x, right: end.x, top: end.y, bottom: start.y };
}

/** The two bars as thin boxes that names keep off. */
export const boxesOfBars = ({ x, y }: Place, { left, right, top, bottom }: ErrorBars): Rect[] => [
  { left: x - 4, right: x + 4, top, bottom },
  { left, right, top: y - 4, bottom: y + 4 },
];

/** Each name goes to the side of its dot where it covers least of other names, dots, bars, the front's line and the edge. */
export function nameDots(
  dots: readonly Dot[],
  front: readonly Place[],
  { width, height }: Size,
  bars: readonly Rect[] = [],
): Named[] {
  const taken: Rect[] = [
    ...dots.map(({ x, y }) => ({ left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 })),
    ...stairs(front),
    ...bars,
  ];
  return dots.map((dot) => {
    const size = dot.label.length * LETTER;
    const choices = around.map(({ anchor, dx, dy }) => {
      const textX = dot.x + dx;
      const textY = dot.y + dy;
      const left = anchor === 'start' ? textX : anchor === 'end' ? textX - size : textX - size / 2;
      const rect = { left, right: left + size, top: textY - LINE / 2, bottom: textY + LINE / 2 };
      const inside = overlap(rect, { left: 0, right: width, top: 0, bottom: height });
      const cost = size * LINE - inside + taken.reduce((sum, each) => sum + overlap(rect, each), 0);
      return { anchor, textX, textY, rect, cost };
    });
    const { rect, cost: _, ...best } = choices.reduce((a, b) => (b.cost < a.cost - 1e-6 ? b : a));
    taken.push(rect);
    return { ...dot, ...best };
  });
}
