// The inside of a painted device: the classes of its samples as a pie, its training loss as a tint, or its battery in per
// cent. As device-face.tsx and device-face.css have it. Pure.

import { formatLossShort } from '../../format.ts';
import { tintOf } from '../device-fill.ts';
import type { DeviceAppearance } from './device-appearance.ts';
import { drawn, filled, type Mark, type Shape } from './draw-style.ts';
import type { Ink } from './palette.ts';
import { CORNER, type Fading, type RenderOptions } from './render-options.ts';

/** The ring is around the face: 21 % of the device on each side, which its element has on whole pixels. */
const faceRadius = (radius: number): number => radius - Math.round(0.42 * radius);

/** Text inside, by size; the smallest devices have no room for it. */
const faceText = { large: 13, medium: 9, small: 7, tight: 7, dense: 0 } as const;

export function faceMarks(
  appearance: DeviceAppearance,
  { size, deviceFill }: RenderOptions,
  { alpha, ink }: Fading,
): Mark[] {
  const radius = faceRadius(size.radius);
  const isRound = appearance.shape === 'round';
  const corner = CORNER * radius;
  const all: Shape = isRound ? { kind: 'circle', radius } : { kind: 'box', half: radius, corner };
  const ground = (fill: Ink): Mark => ({ kind: 'drawn', style: filled('face', ink(fill), alpha), shape: all });
  const text = (words: string): Mark[] =>
    faceText[size.id] === 0
      ? []
      : [
          {
            kind: 'words',
            text: words,
            y: 0,
            size: faceText[size.id],
            weight: 600,
            ink: ink('var(--ink)'),
            alpha,
            ground: null,
          },
        ];

  if (deviceFill === 'loss') {
    if (Number.isNaN(appearance.loss)) return [ground('var(--sunken)')];
    return [ground(tintOf(appearance.depth)), ...text(formatLossShort(appearance.loss))];
  }
  if (deviceFill === 'battery') {
    const plug: Mark = { kind: 'sign', sign: 'plug', isMiddle: true, alpha, x: 0, y: 0, size: 1.44 * radius };
    return [ground('var(--sunken)'), ...(appearance.mains ? [plug] : text(String(appearance.percent)))];
  }
  const total = appearance.mix.reduce((sum, count) => sum + count, 0);
  if (total === 0) {
    const edge: Shape = isRound
      ? { kind: 'circle', radius: radius - 0.75 }
      : { kind: 'box', half: radius - 0.75, corner };
    return [{ kind: 'drawn', style: drawn('face', ink('var(--line-strong)'), 1.5, alpha, [3, 2.5]), shape: edge }];
  }
  let turn = 0;
  return appearance.mix.flatMap((count, index): Mark[] => {
    if (count === 0) return [];
    const from = turn;
    turn += count / total;
    const style = filled('slice', ink(`var(--class-${index})`), alpha);
    if (count === total) return [{ kind: 'drawn', style, shape: all }];
    const shape: Shape = isRound
      ? { kind: 'slice', radius, from, to: turn }
      : { kind: 'boxSlice', half: radius, corner, from, to: turn };
    return [{ kind: 'drawn', style, shape }];
  });
}
