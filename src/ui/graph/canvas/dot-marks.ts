// A device so small that its ring, its slices and its sign are less than pixels: a dot in the colour of its battery, and in
// it a dot of the class that it has most of, of its loss, or of what keeps it away. Pure.

import { type Severity, statusEntry } from '../../../sim/record/statuses.ts';
import { isAbsence } from '../absence.ts';
import { tintOf } from '../device-fill.ts';
import type { DeviceAppearance } from './device-appearance.ts';
import { filled, type Mark, type Shape } from './draw-style.ts';
import { greyOf, type Ink } from './palette.ts';
import type { RenderOptions } from './render-options.ts';
import { ringInk } from './ring-marks.ts';

/** A disc with a smaller radius on the screen, in pixels, cannot be told from a square, which is quicker to paint. */
const SQUARE_BELOW = 0.8;
/** The half of a square as large as a disc of radius 1. */
const SAME_AREA = Math.sqrt(Math.PI) / 2;
/** A little more than the face's own share: a ring of less than a pixel would drown it. */
const FACE = 0.68;

const half = (ink: Ink): Ink => `color-mix(in srgb, ${ink} 55%, var(--raised))`;
const awayInks: Readonly<Record<Exclude<Severity, 'fine'>, Ink>> = {
  bad: 'var(--bad)',
  dead: half('var(--bad)'),
  warn: half('var(--warn)'),
  busy: half('var(--device)'),
  off: 'var(--raised)',
  calm: 'var(--raised)',
};

function faceInk({ depth, mix }: DeviceAppearance, { deviceFill }: RenderOptions): Ink {
  if (deviceFill === 'battery') return 'var(--sunken)';
  if (deviceFill === 'loss') return Number.isNaN(depth) ? 'var(--sunken)' : tintOf(depth);
  const most = Math.max(0, ...mix);
  return most === 0 ? 'var(--raised)' : `var(--class-${mix.indexOf(most)})`;
}

export function dotMarks(appearance: DeviceAppearance, options: RenderOptions): readonly Mark[] {
  const { radius } = options.size;
  const shapeOf = (r: number): Shape =>
    r * options.zoom < SQUARE_BELOW || appearance.shape === 'square'
      ? { kind: 'box', half: SAME_AREA * r, corner: 0 }
      : { kind: 'circle', radius: r };
  const severity = isAbsence(appearance.presence) ? statusEntry(appearance.presence).severity : 'fine';
  const ring = ringInk(appearance);
  const ringStyle =
    severity === 'off'
      ? filled('ring', greyOf(ring), 0.4)
      : filled('ring', appearance.percent === 0 ? 'var(--line-strong)' : ring, severity === 'calm' ? 0.45 : 1);
  const face = severity === 'fine' ? faceInk(appearance, options) : awayInks[severity];
  return [
    { kind: 'drawn', style: ringStyle, shape: shapeOf(radius) },
    { kind: 'drawn', style: filled('face', face), shape: shapeOf(FACE * radius) },
  ];
}
