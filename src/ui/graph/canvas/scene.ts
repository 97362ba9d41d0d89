// The content of a painted fleet's picture: positions and appearances of its devices, and the part of it that the view shows.

import type { Rect } from '../geometry.ts';
import type { DeviceFill } from '../graph-view.ts';
import type { Transform } from '../paint-animation.ts';
import type { AppearanceState, Appearances } from './device-appearance.ts';
import type { Palette } from './palette.ts';
import type { Places } from './places.ts';

/** How the page wants the fleet to be painted. */
export interface Wanted {
  readonly places: Places;
  readonly deviceFill: DeviceFill;
  /** Too fast to follow a message: the links that carry one shine. */
  readonly isFast: boolean;
  readonly state: AppearanceState;
  /** Ids of the devices that are selected, if there are several. */
  readonly selected: ReadonlySet<string>;
}

/** The same, with all appearances computed. */
export interface Scene extends Wanted {
  readonly appearances: Appearances;
}

/** The view on the picture: React Flow's transform, its size, and pixels of the screen to one of the page. */
export interface Frame {
  readonly transform: Transform;
  readonly width: number;
  readonly height: number;
  readonly density: number;
}

/** So much is painted beyond each edge of the view, in its pixels: the view moves that far before it must be painted again. */
export const MARGIN = 160;

/** The part of the picture that is painted for a frame, with its margin or without. */
export function seenIn({ transform: [x, y, zoom], width, height }: Frame, margin: number): Rect {
  return {
    x: (-x - margin) / zoom,
    y: (-y - margin) / zoom,
    width: (width + 2 * margin) / zoom,
    height: (height + 2 * margin) / zoom,
  };
}

function common(a: Rect, b: Rect): Rect {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    x,
    y,
    width: Math.min(a.x + a.width, b.x + b.width) - x,
    height: Math.min(a.y + a.height, b.y + b.height) - y,
  };
}

/** Whether what was painted for one frame will do for another: as sharp, and with all that is in sight of these bounds. */
export function serves(painted: Frame, now: Frame, bounds: Rect): boolean {
  if (painted.transform[2] !== now.transform[2] || painted.density !== now.density) return false;
  const wanted = common(seenIn(now, 0), bounds);
  if (wanted.width <= 0 || wanted.height <= 0) return true;
  const there = seenIn(painted, MARGIN);
  return (
    wanted.x >= there.x &&
    wanted.y >= there.y &&
    wanted.x + wanted.width <= there.x + there.width &&
    wanted.y + wanted.height <= there.y + there.height
  );
}

/** Paints a part of the picture, and yields after each piece so that the page stays responsive. */
export type Painter = (
  context: CanvasRenderingContext2D,
  scene: Scene,
  frame: Frame,
  palette: Palette,
) => Generator<void, void>;
