// Draws marks on a canvas: all marks of one style with one path.

import type { Point } from '../geometry.ts';
import { type Drawn, type DrawStyle, layers, type Mark, type Shape, type Sign, type Words } from './draw-style.ts';
import type { Palette } from './palette.ts';
import type { SignPictures } from './sign-pictures.ts';

/** A mark and the centre of its device. */
export type Placed<Kind extends Mark = Mark> = readonly [mark: Kind, x: number, y: number];

const FULL = 2 * Math.PI;
/** Turns clockwise from the top, as canvases count angles. */
const angle = (turn: number): number => FULL * turn - Math.PI / 2;

/** A box with round corners, clockwise from the middle of its top. */
function traceBox(context: CanvasRenderingContext2D, { x, y }: Point, half: number, corner: number): void {
  context.moveTo(x, y - half);
  context.arcTo(x + half, y - half, x + half, y, corner);
  context.arcTo(x + half, y + half, x, y + half, corner);
  context.arcTo(x - half, y + half, x - half, y, corner);
  context.arcTo(x - half, y - half, x, y - half, corner);
  context.closePath();
}

/** How far a box's edge is from its middle in a direction (of length 1). */
function edgeOf(half: number, corner: number, dx: number, dy: number): number {
  const [across, along] = [Math.abs(dx), Math.abs(dy)];
  const straight = half / Math.max(across, along);
  const inner = half - corner;
  if (Math.min(across, along) * straight <= inner) return straight;
  // In a corner: where the ray meets the circle around (inner, inner).
  const middle = inner * (across + along);
  return middle + Math.sqrt(Math.max(0, middle * middle - 2 * inner * inner + corner * corner));
}

const STEP = 1 / 48;

function trace(context: CanvasRenderingContext2D, shape: Shape, x: number, y: number): void {
  switch (shape.kind) {
    case 'circle':
      context.moveTo(x + shape.radius, y);
      context.arc(x, y, shape.radius, 0, FULL);
      break;
    case 'arc': {
      const from = angle(shape.from);
      context.moveTo(x + shape.radius * Math.cos(from), y + shape.radius * Math.sin(from));
      context.arc(x, y, shape.radius, from, angle(shape.to));
      break;
    }
    case 'slice':
      context.moveTo(x, y);
      context.arc(x, y, shape.radius, angle(shape.from), angle(shape.to));
      context.closePath();
      break;
    case 'box':
      if (shape.corner > 0) traceBox(context, { x, y }, shape.half, shape.corner);
      else context.rect(x - shape.half, y - shape.half, 2 * shape.half, 2 * shape.half);
      break;
    case 'boxSlice':
      context.moveTo(x, y);
      for (let turn = shape.from; ; turn = Math.min(shape.to, turn + STEP)) {
        const [dx, dy] = [Math.cos(angle(turn)), Math.sin(angle(turn))];
        const far = edgeOf(shape.half, shape.corner, dx, dy);
        context.lineTo(x + far * dx, y + far * dy);
        if (turn >= shape.to) break;
      }
      context.closePath();
  }
}

function draw(
  context: CanvasRenderingContext2D,
  palette: Palette,
  style: DrawStyle,
  marks: readonly Placed<Drawn>[],
): void {
  context.globalAlpha = style.alpha;
  context.beginPath();
  for (const [{ shape }, x, y] of marks) trace(context, shape, x, y);
  if (style.width === 0) {
    context.fillStyle = palette.colourOf(style.ink);
    context.fill();
  } else {
    context.strokeStyle = palette.colourOf(style.ink);
    context.lineWidth = style.width;
    context.setLineDash([...style.dash]);
    context.stroke();
  }
}

function write(context: CanvasRenderingContext2D, palette: Palette, [words, x, y]: Placed<Words>): void {
  const { text, size, weight, ground, most = Number.POSITIVE_INFINITY } = words;
  context.font = `${weight} ${size}px ${palette.font}`;
  if (ground) {
    const width = Math.min(most, context.measureText(text).width) + 2 * ground.room;
    context.globalAlpha = 1;
    context.fillStyle = palette.colourOf(ground.ink);
    context.fillRect(x - width / 2, y + words.y - ground.height / 2, width, ground.height);
  }
  context.globalAlpha = words.alpha;
  context.fillStyle = palette.colourOf(words.ink);
  if (most === Number.POSITIVE_INFINITY) context.fillText(text, x, y + words.y);
  else context.fillText(text, x, y + words.y, most);
}

/** Draws them by layers, and in each by styles. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  palette: Palette,
  signs: SignPictures,
  placed: readonly Placed[],
): void {
  const byStyle = new Map<DrawStyle, Placed<Drawn>[]>();
  const shown: Placed<Sign>[] = [];
  const written: Placed<Words>[] = [];
  for (const [mark, x, y] of placed) {
    if (mark.kind === 'sign') shown.push([mark, x, y]);
    else if (mark.kind === 'words') written.push([mark, x, y]);
    else {
      const marks = byStyle.get(mark.style);
      if (marks) marks.push([mark, x, y]);
      else byStyle.set(mark.style, [[mark, x, y]]);
    }
  }
  const height = ({ layer }: DrawStyle) => layers.indexOf(layer);
  for (const [style, marks] of [...byStyle].sort(([a], [b]) => height(a) - height(b)))
    draw(context, palette, style, marks);
  for (const [sign, x, y] of shown) {
    context.globalAlpha = sign.alpha;
    signs.draw(context, sign, x + sign.x, y + sign.y);
  }
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const words of written) write(context, palette, words);
  context.globalAlpha = 1;
}
