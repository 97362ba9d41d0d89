// The name below a painted device, as far as there is room for one: the number, and its kind where devices are large. Pure.

import { CLOSE, FAR } from '../close-up.ts';
import type { DeviceSize } from '../sizes.ts';
import type { DeviceAppearance } from './device-appearance.ts';
import type { Mark } from './draw-style.ts';
import type { RenderOptions } from './render-options.ts';

interface LabelStyle {
  readonly size: number;
  /** Close by, where the kind is named too. */
  readonly closeSize?: number;
  readonly line: number;
  /** Below the device; beside the text. */
  readonly gap: number;
  readonly room: number;
  /** When the kind is named, not only the number; and when there is a name at all. */
  readonly kind: 'always' | 'close' | 'never';
  readonly shown: 'always' | 'close';
}

/** As in device-node.css. */
const styles: Readonly<Record<DeviceSize['id'], LabelStyle>> = {
  large: { size: 12, line: 1.15, gap: 5, room: 1, kind: 'always', shown: 'always' },
  medium: { size: 10.5, line: 1.15, gap: 3, room: 1, kind: 'always', shown: 'always' },
  small: { size: 9, closeSize: 6, line: 1.15, gap: 1, room: 1, kind: 'close', shown: 'always' },
  tight: { size: 8.5, closeSize: 5, line: 1.1, gap: 0, room: 0, kind: 'close', shown: 'always' },
  dense: { size: 4, line: 1.15, gap: -0.6, room: 1, kind: 'never', shown: 'close' },
};

export function labelMarks({ label, straggler }: DeviceAppearance, { size, zoom }: RenderOptions): readonly Mark[] {
  const style = styles[size.id];
  const isClose = zoom > CLOSE;
  if (zoom < FAR || (style.shown === 'close' && !isClose)) return [];
  const named = style.kind === 'always' || (style.kind === 'close' && isClose);
  const fontSize = (isClose && style.closeSize) || style.size;
  const height = fontSize * style.line;
  return [
    {
      kind: 'words',
      text: named ? label : label.slice(label.lastIndexOf(' ') + 1),
      y: size.radius + style.gap + height / 2,
      size: fontSize,
      most: size.name.width - 2 * style.room,
      weight: straggler ? 650 : 400,
      ink: straggler ? 'var(--bad)' : 'var(--ink-2)',
      alpha: 1,
      ground: { ink: 'color-mix(in srgb, var(--canvas) 86%, transparent)', height, room: style.room },
    },
  ];
}
