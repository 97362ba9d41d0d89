// What is painted of a device: its marks, from the same values as the style sheets of its element have (device-node.css,
// absence-sign.css, straggler-sign.css). Pure.

import { type Severity, statusEntry } from '../../../sim/record/statuses.ts';
import { isAbsence, signPlace } from '../absence.ts';
import type { DeviceSize } from '../sizes.ts';
import type { DeviceAppearance } from './device-appearance.ts';
import { dotMarks } from './dot-marks.ts';
import { filled, type Mark, type Shape } from './draw-style.ts';
import { faceMarks } from './face-marks.ts';
import { labelMarks } from './label-marks.ts';
import { greyOf } from './palette.ts';
import { CORNER, type Fading, type RenderOptions } from './render-options.ts';
import { ringMarks } from './ring-marks.ts';

/** A device with a smaller radius on the screen, in pixels, is a dot in a dot. */
const DOTS_BELOW = 2.2;
const plain: Fading = { alpha: 1, ink: (ink) => ink };
/** Away: grey; not asked: only pale. */
const fadings: Readonly<Partial<Record<Severity, Fading>>> = {
  calm: { alpha: 0.45, ink: (ink) => ink },
  off: { alpha: 0.4, ink: greyOf },
};

/** Beside the smallest devices the hourglass is larger for its node, and further out. */
const straggler = ({ id, radius }: DeviceSize): Mark => {
  const [share, out] = id === 'dense' ? [0.8, 0.36] : [0.42, 0.09];
  const beside = radius * (1 + 2 * out - share);
  return {
    kind: 'sign',
    sign: 'straggler',
    isMiddle: false,
    alpha: 1,
    x: beside,
    y: -beside,
    size: 2 * radius * share,
  };
};

/** The marks of one device, around its centre. */
export function toMarks(appearance: DeviceAppearance, options: RenderOptions): readonly Mark[] {
  const { size, deviceFill, zoom } = options;
  const { radius } = size;
  if (radius * zoom < DOTS_BELOW) return dotMarks(appearance, options);
  const reason = isAbsence(appearance.presence) ? appearance.presence : null;
  const severity = reason && statusEntry(reason).severity;
  const isMiddle = reason !== null && signPlace(reason, size.id, deviceFill) === 'middle';
  const fading = (severity && fadings[severity]) ?? plain;
  const disc: Shape =
    appearance.shape === 'round' ? { kind: 'circle', radius } : { kind: 'box', half: radius, corner: CORNER * radius };
  const marks: Mark[] = [{ kind: 'drawn', style: filled('ground', 'var(--raised)'), shape: disc }];
  marks.push(...ringMarks(appearance, radius, severity, fading));
  if (!isMiddle) marks.push(...faceMarks(appearance, options, fading));
  if (reason) {
    marks.push(
      isMiddle
        ? { kind: 'sign', sign: reason, isMiddle, alpha: 1, x: 0, y: 0, size: 1.52 * radius }
        : { kind: 'sign', sign: reason, isMiddle, alpha: 1, x: 0.74 * radius, y: 0.66 * radius, size: 1.08 * radius },
    );
  }
  if (appearance.straggler) marks.push(straggler(size));
  marks.push(...labelMarks(appearance, options));
  return marks;
}
