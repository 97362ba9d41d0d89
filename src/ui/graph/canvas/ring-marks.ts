// The ring of a painted device: how much of its battery is left, clockwise from the top. As device-ring.tsx and device-ring.css
// have it. Pure.

import type { Severity } from '../../../sim/record/statuses.ts';
import { levelOf } from '../ring.ts';
import type { DeviceAppearance } from './device-appearance.ts';
import { drawn, type Mark, type Shape } from './draw-style.ts';
import type { Ink } from './palette.ts';
import type { Fading } from './render-options.ts';

const ringInks = { good: 'var(--device)', low: 'var(--warn)', bad: 'var(--bad)' } as const;
export const ringInk = ({ percent, mains }: DeviceAppearance): Ink => ringInks[mains ? 'good' : levelOf(percent)];

export function ringMarks(
  { percent, mains, shape }: DeviceAppearance,
  radius: number,
  severity: Severity | null,
  { alpha, ink }: Fading,
): readonly Mark[] {
  // The ring's own drawing is 40 units wide.
  const unit = radius / 20;
  const isRound = shape === 'round';
  const outline: Shape = isRound
    ? { kind: 'circle', radius: 17.5 * unit }
    : { kind: 'box', half: 17 * unit, corner: 8 * unit };
  if (mains) {
    return [
      {
        kind: 'drawn',
        style: drawn('ring', ink('var(--device)'), 1.6 * unit, alpha, [3 * unit, 2.5 * unit]),
        shape: outline,
      },
    ];
  }
  const isFaint = severity === 'calm' || severity === 'off';
  const dash = severity === 'off' ? [4 * unit, 3 * unit] : [];
  const track = drawn('track', ink(isFaint ? 'var(--line-strong)' : 'var(--line)'), 4 * unit, alpha, dash);
  const marks: Mark[] = [];
  if (percent < 100 || dash.length > 0) marks.push({ kind: 'drawn', style: track, shape: outline });
  if (percent === 0) return marks;
  const left = ink(ringInks[levelOf(percent)]);
  if (isRound || percent === 100) {
    const arc: Shape = percent === 100 ? outline : { kind: 'arc', radius: 17.5 * unit, from: 0, to: percent / 100 };
    marks.push({ kind: 'drawn', style: drawn('ring', left, 4 * unit, alpha), shape: arc });
  } else {
    const around = (4 * 18 + 2 * Math.PI * 8) * unit;
    const part = [(around * percent) / 100, around];
    marks.push({ kind: 'drawn', style: drawn('ring', left, 4 * unit, alpha, part), shape: outline });
  }
  return marks;
}
