// The line that a painted link is drawn with: as link-edge.css has it. Pure.

import type { DeviceSize } from '../sizes.ts';
import type { DeviceAppearance } from './device-appearance.ts';
import type { Ink } from './palette.ts';

export interface Line {
  readonly ink: Ink;
  readonly width: number;
  readonly alpha: number;
  readonly dash: readonly number[];
}

/** With hundreds of links each one is a hair, or they would be a carpet. */
const HAIR = { width: 0.8, alpha: 0.38 } as const;

export function toLine(
  { link, width }: Pick<DeviceAppearance, 'link' | 'width'>,
  size: DeviceSize['id'],
  isFast: boolean,
): Line {
  if (link === 'off' || link === 'dead') return { ink: 'var(--ink-3)', width: 1, alpha: 0.6, dash: [2, 5] };
  const isHair = size === 'tight' || size === 'dense';
  if (link === 'unused') return { ink: 'var(--ink-3)', dash: [3, 4], ...(isHair ? HAIR : { width: 1, alpha: 0.35 }) };
  if (isHair) return { ink: 'var(--device)', dash: [], ...HAIR };
  const alpha = link === 'fresh' ? 0.4 : isFast ? 0.72 : 0.5;
  return { ink: 'var(--device)', dash: [], width: width || 1, alpha };
}
