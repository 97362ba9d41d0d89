import { expect, it } from 'vitest';
import { deviceSizes } from '../sizes.ts';
import { type Placed, paintMarks } from './draw-marks.ts';
import { drawn, filled } from './draw-style.ts';

/** Records the drawing calls. */
function noting() {
  const notes: string[] = [];
  let shapes = 0;
  const context = new Proxy({} as Record<string, unknown>, {
    get: (settings, name: string) =>
      settings[name] ??
      (() => {
        if (name === 'beginPath') shapes = 0;
        else if (name === 'arc') shapes++;
        else if (name === 'fill') notes.push(`fill ${settings.fillStyle} × ${shapes}`);
        else if (name === 'stroke') notes.push(`stroke ${settings.strokeStyle} × ${shapes}`);
        else if (name === 'fillText') notes.push('text');
        return name === 'measureText' ? { width: 10 } : undefined;
      }),
  });
  return { context: context as unknown as CanvasRenderingContext2D, notes };
}

it('all marks of one style are drawn with one path, from the disc up to the name', () => {
  const { radius } = deviceSizes[0];
  const circle = { kind: 'circle', radius } as const;
  const words = { kind: 'words', text: '7', y: 9, size: 9, weight: 400, ink: 'black', alpha: 1, ground: null } as const;
  const device = (x: number): Placed[] => [
    [words, x, 0],
    [{ kind: 'sign', sign: 'late', isMiddle: false, alpha: 1, x: 0, y: 0, size: 9 }, x, 0],
    [{ kind: 'drawn', style: filled('face', 'blue'), shape: circle }, x, 0],
    [{ kind: 'drawn', style: drawn('ring', 'green', 2), shape: circle }, x, 0],
    [{ kind: 'drawn', style: filled('ground', 'white'), shape: circle }, x, 0],
  ];
  const { context, notes } = noting();
  const palette = { font: 'Inter', colourOf: (ink: string) => ink };
  paintMarks(context, palette, { draw: () => notes.push('sign') }, [0, 50, 100].flatMap(device));
  expect(notes).toEqual([
    'fill white × 3',
    'stroke green × 3',
    'fill blue × 3',
    ...['sign', 'sign', 'sign'],
    ...['text', 'text', 'text'],
  ]);
});
