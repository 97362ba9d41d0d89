// The elements of a painted picture: marks, each a shape drawn with a style at a device's centre. Marks of one style are drawn
// together, in the order of the styles' layers, because devices do not overlap. Pure functions.

import type { AbsentStatus } from '../../../sim/record/statuses.ts';
import type { Ink } from './palette.ts';

/** From below; signs and names lie over all of them. */
export type Layer = 'ground' | 'track' | 'ring' | 'face' | 'slice';
export const layers: readonly Layer[] = ['ground', 'track', 'ring', 'face', 'slice'];

export interface DrawStyle {
  readonly layer: Layer;
  readonly ink: Ink;
  readonly alpha: number;
  /** Of the line; 0 where the shape is filled. */
  readonly width: number;
  readonly dash: readonly number[];
}

/** Lengths are those of the unzoomed picture; `from` and `to` are turns, clockwise from the top. */
export type Shape =
  | { readonly kind: 'circle'; readonly radius: number }
  | { readonly kind: 'arc'; readonly radius: number; readonly from: number; readonly to: number }
  | { readonly kind: 'box'; readonly half: number; readonly corner: number }
  | { readonly kind: 'slice'; readonly radius: number; readonly from: number; readonly to: number }
  | {
      readonly kind: 'boxSlice';
      readonly half: number;
      readonly corner: number;
      readonly from: number;
      readonly to: number;
    };

export interface Drawn {
  readonly kind: 'drawn';
  readonly style: DrawStyle;
  readonly shape: Shape;
}

/** A sign in its disc; x and y are its middle's place beside the device's centre. */
export interface Sign {
  readonly kind: 'sign';
  readonly sign: AbsentStatus | 'plug' | 'straggler';
  readonly isMiddle: boolean;
  readonly alpha: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** A line of text around (0, y); `ground`: the strip behind it. */
export interface Words {
  readonly kind: 'words';
  readonly text: string;
  readonly y: number;
  readonly size: number;
  /** Longer text is drawn narrower. */
  readonly most?: number;
  readonly weight: number;
  readonly ink: Ink;
  readonly alpha: number;
  readonly ground: { readonly ink: Ink; readonly height: number; readonly room: number } | null;
}

export type Mark = Drawn | Sign | Words;

const styles = new Map<string, DrawStyle>();

/** Equal styles are the same object, so that marks can be grouped by identity. */
function styleOf(layer: Layer, ink: Ink, alpha: number, width: number, dash: readonly number[]): DrawStyle {
  const key = `${layer} ${ink} ${alpha} ${width} ${dash}`;
  let style = styles.get(key);
  if (!style) {
    style = { layer, ink, alpha, width, dash };
    styles.set(key, style);
  }
  return style;
}

export const filled = (layer: Layer, ink: Ink, alpha = 1): DrawStyle => styleOf(layer, ink, alpha, 0, []);
export const drawn = (layer: Layer, ink: Ink, width: number, alpha = 1, dash: readonly number[] = []): DrawStyle =>
  styleOf(layer, ink, alpha, width, dash);
