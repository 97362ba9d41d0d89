// The signs on painted devices (absence-sign.tsx, straggler-sign.tsx, the plug of device-face.tsx), each drawn once in the size
// that is needed and copied from then on: a fleet may show thousands of the same.

import type { Severity } from '../../../sim/record/statuses.ts';
import { absenceOf } from '../absence.ts';
import { HOURGLASS, PLUG } from '../sign-paths.ts';
import type { Sign } from './draw-style.ts';
import type { Ink, Palette } from './palette.ts';

export interface SignPictures {
  /** With its middle at (x, y). */
  draw(context: CanvasRenderingContext2D, sign: Sign, x: number, y: number): void;
}

/** As in absence-sign.css: what the sign, its disc and the disc's edge are drawn in. */
const inks: Readonly<Record<Severity, { readonly sign: Ink; readonly disc: Ink; readonly edge: Ink }>> = {
  bad: { sign: 'var(--raised)', disc: 'var(--bad)', edge: 'var(--bad)' },
  dead: { sign: 'var(--bad)', disc: 'var(--raised)', edge: 'color-mix(in srgb, var(--bad) 45%, var(--raised))' },
  warn: { sign: 'var(--warn)', disc: 'var(--raised)', edge: 'color-mix(in srgb, var(--warn) 45%, var(--raised))' },
  fine: { sign: 'var(--ink-2)', disc: 'var(--raised)', edge: 'var(--line)' },
  off: { sign: 'var(--ink-2)', disc: 'var(--raised)', edge: 'var(--line-strong)' },
  calm: { sign: 'var(--ink-2)', disc: 'var(--raised)', edge: 'var(--line)' },
  busy: { sign: 'var(--device)', disc: 'var(--raised)', edge: 'var(--line-strong)' },
};

function disc(context: CanvasRenderingContext2D, radius: number): void {
  context.beginPath();
  context.arc(8, 8, radius, 0, 2 * Math.PI);
}

/** On the signs' own grid: 24 units with the disc, 16 without. */
function paintSign(context: CanvasRenderingContext2D, { sign, isMiddle }: Sign, palette: Palette): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  if (sign === 'plug') {
    context.strokeStyle = palette.colourOf('var(--ink-2)');
    context.lineWidth = 1.6;
    context.stroke(new Path2D(PLUG));
    return;
  }
  if (sign === 'straggler') {
    disc(context, 7.5);
    context.fillStyle = palette.colourOf('var(--bad)');
    context.fill();
    context.strokeStyle = palette.colourOf('var(--raised)');
    context.lineWidth = 1.4;
    context.stroke(new Path2D(HOURGLASS));
    return;
  }
  const { path, fill, severity, isDotted } = absenceOf(sign);
  const ink = inks[severity];
  disc(context, 11);
  context.fillStyle = palette.colourOf(ink.disc);
  context.fill();
  // In the middle the ring around it is edge enough.
  if (!isMiddle || severity === 'bad') {
    context.lineWidth = 1.2;
    context.strokeStyle = palette.colourOf(ink.edge);
    context.stroke();
  }
  if (fill) {
    context.fillStyle = palette.colourOf(ink.sign);
    context.fill(new Path2D(fill));
  }
  context.strokeStyle = palette.colourOf(ink.sign);
  context.lineWidth = isDotted ? 2.6 : 1.7;
  context.stroke(new Path2D(path));
}

/** `density`: pixels of the canvas to a unit of the picture. */
export function createSignPictures(palette: Palette, density: number): SignPictures {
  const pictures = new Map<string, HTMLCanvasElement>();

  const pictureOf = (sign: Sign, pixels: number): HTMLCanvasElement => {
    const key = `${sign.sign} ${sign.isMiddle} ${pixels}`;
    const known = pictures.get(key);
    if (known) return known;
    const picture = document.createElement('canvas');
    picture.width = pixels;
    picture.height = pixels;
    const context = picture.getContext('2d');
    if (context) {
      const [units, from] = sign.sign === 'plug' || sign.sign === 'straggler' ? [16, 0] : [24, -4];
      context.scale(pixels / units, pixels / units);
      context.translate(-from, -from);
      paintSign(context, sign, palette);
    }
    pictures.set(key, picture);
    return picture;
  };

  return {
    draw: (context, sign, x, y) => {
      const pixels = Math.max(1, Math.round(sign.size * density));
      // On whole pixels, or a copy is blurred.
      const left = Math.round((x - sign.size / 2) * density) / density;
      const top = Math.round((y - sign.size / 2) * density) / density;
      context.drawImage(pictureOf(sign, pixels), left, top, pixels / density, pixels / density);
    },
  };
}
