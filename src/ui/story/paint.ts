// A lane's bars as one CSS background: thirty lanes of five bars are then thirty elements, not two hundred, and a lane whose
// round was like the one before costs nothing at all.

import type { Act, Bar } from './bars.ts';

const percent = (share: number): string => `${Number((100 * share).toFixed(2))}%`;

interface Layer {
  readonly bars: readonly Bar[];
  /** Place and height within the track, in pixels. */
  readonly top: number;
  readonly height: number;
}

/** Pixels between two bars, and of the shortest bar with its gap. */
const GAP = 1;
const SHORTEST = 3;

function paintLayer({ bars, top, height }: Layer, total: number): string {
  const stops = bars.flatMap(({ act, from, to }) => {
    // The shortest bar shows at the very end of the clock too.
    const start = `min(${percent(from / total)}, calc(100% - ${SHORTEST}px))`;
    const end = `max(${percent(Math.min(1, to / total))}, calc(${start} + ${SHORTEST}px))`;
    const color = `var(--bar-${act})`;
    return [`#0000 calc(${start} + ${GAP}px)`, `${color} 0`, `${color} ${end}`, '#0000 0'];
  });
  return `linear-gradient(to right, ${stops.join(', ')}) 0 ${top}px / 100% ${height}px no-repeat`;
}

/** In a track 15 pixels high; waiting is thin, because nothing happens there. */
const BAR: Pick<Layer, 'top' | 'height'> = { top: 2, height: 11 };
const WAIT: Pick<Layer, 'top' | 'height'> = { top: 6, height: 3 };
/** Many devices together: a thin band for each thing that they do, because they do them at the same time. */
const bands: Readonly<Partial<Record<Act, Pick<Layer, 'top' | 'height'>>>> = {
  down: { top: 1, height: 4 },
  compute: { top: 6, height: 3 },
  up: { top: 10, height: 4 },
};

/** @param deviceGroup bars of many devices together, drawn as bands */
export function paint(bars: readonly Bar[], total: number, deviceGroup: readonly Bar[] = []): string {
  const layers: Layer[] = [
    { ...BAR, bars: bars.filter(({ act }) => act !== 'wait') },
    ...Object.entries(bands).map(([act, place]) => ({
      ...place,
      bars: deviceGroup.filter((each) => each.act === act),
    })),
    // A gateway waits while its devices work: the wait is not drawn beside their bands.
    { ...WAIT, bars: deviceGroup.length > 0 ? [] : bars.filter(({ act }) => act === 'wait') },
  ];
  return layers
    .filter((layer) => layer.bars.length > 0)
    .map((layer) => paintLayer(layer, total))
    .join(', ');
}
