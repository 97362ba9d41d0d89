import { describe, expect, it } from 'vitest';
import { deviceSizes } from '../sizes.ts';
import type { DeviceAppearance } from './device-appearance.ts';
import type { Mark } from './draw-style.ts';
import { toMarks } from './marks.ts';
import type { RenderOptions } from './render-options.ts';

const fresh: DeviceAppearance = {
  label: 'ESP32 7',
  presence: 'trained',
  percent: 100,
  mains: false,
  shape: 'round',
  straggler: false,
  loss: 0.5,
  depth: 0.7,
  mix: [3, 0, 1],
  link: 'carried',
  width: 2,
};
const sizeOf = (id: string) => deviceSizes.find((size) => size.id === id) ?? deviceSizes[0];
const dense: RenderOptions = { size: sizeOf('dense'), deviceFill: 'classes', zoom: 1 };
const small: RenderOptions = { ...dense, size: sizeOf('small') };

/** The list of what is painted, in words. */
function painted(appearance: Partial<DeviceAppearance>, options: RenderOptions = dense): string[] {
  return toMarks({ ...fresh, ...appearance }, options).map((mark: Mark) => {
    if (mark.kind === 'sign') return `sign ${mark.sign}${mark.isMiddle ? ' in the middle' : ''}`;
    if (mark.kind === 'words') return `"${mark.text}" ${mark.ink}`;
    const { style, shape } = mark;
    const turn = 'from' in shape ? ` ${shape.from}–${shape.to}` : '';
    const how = style.width > 0 ? 'line' : 'fill';
    return `${how} ${shape.kind}${turn} ${style.ink}${style.alpha < 1 ? ` ${style.alpha}` : ''}${style.dash.length > 0 ? ' dashed' : ''}`;
  });
}

describe('a device is painted as', () => {
  it('a disc, its battery as a ring, its classes as slices', () => {
    expect(painted({})).toEqual([
      'fill circle var(--raised)',
      'line circle var(--device)',
      'fill slice 0–0.75 var(--class-0)',
      'fill slice 0.75–1 var(--class-2)',
    ]);
  });

  it('a ring as long as the battery is full, and in the colour of how empty it is', () => {
    expect(painted({ percent: 20 })).toEqual(
      expect.arrayContaining(['line circle var(--line)', 'line arc 0–0.2 var(--warn)']),
    );
    expect(painted({ percent: 10 })).toContain('line arc 0–0.1 var(--bad)');
    expect(painted({ percent: 0 }).some((line) => line.includes('arc'))).toBe(false);
    expect(painted({ mains: true })).toContain('line circle var(--device) dashed');
  });

  it('a sign instead of its classes where it is small and was absent, beside them where there is room', () => {
    const away = painted({ presence: 'not selected' });
    expect(away).toContain('sign not selected in the middle');
    expect(away).toContain('line circle var(--device) 0.45');
    expect(away.some((line) => line.includes('slice'))).toBe(false);
    const beside = painted({ presence: 'not selected' }, small);
    expect(beside).toContain('sign not selected');
    expect(beside).toContain('fill slice 0–0.75 var(--class-0) 0.45');
  });

  it('an outline without colour where it is switched off', () => {
    const off = painted({ presence: 'switched off' });
    expect(off).toContain('line circle grey var(--line-strong) 0.4 dashed');
    expect(off).toContain('line circle grey var(--device) 0.4');
  });

  it('a tint for its loss, with the figure where there is room', () => {
    const inside = painted({}, { ...small, deviceFill: 'loss' });
    expect(inside.some((line) => line.startsWith('fill circle color-mix(in oklab, var(--device)'))).toBe(true);
    expect(inside).toContain('"0.5" var(--ink)');
    expect(painted({}, { ...dense, deviceFill: 'loss' }).some((line) => line.startsWith('"'))).toBe(false);
  });

  it('its battery in per cent, or a plug', () => {
    expect(painted({ percent: 64 }, { ...small, deviceFill: 'battery' })).toContain('"64" var(--ink)');
    expect(painted({ mains: true }, { ...dense, deviceFill: 'battery' })).toContain('sign plug in the middle');
  });

  it('a dashed face before its data are dealt', () => {
    expect(painted({ mix: [] })).toContain('line circle var(--line-strong) dashed');
  });

  it('a box where it trains the other family', () => {
    const square = painted({ shape: 'square', percent: 50 });
    expect(square).toContain('line box var(--device) dashed');
    expect(square).toContain('fill boxSlice 0–0.75 var(--class-0)');
  });

  it('with an hourglass if the round waited for it', () => {
    expect(painted({ straggler: true })).toContain('sign straggler');
  });

  it('with its name as far as it can be read', () => {
    expect(painted({}, small)).toContain('"7" var(--ink-2)');
    expect(painted({}, { ...small, zoom: 2.5 })).toContain('"ESP32 7" var(--ink-2)');
    expect(painted({}, { ...small, zoom: 0.5 }).some((line) => line.startsWith('"'))).toBe(false);
    expect(painted({}, { ...dense, zoom: 3 })).toContain('"7" var(--ink-2)');
  });
});

describe('a device of a pixel or two is', () => {
  const far: RenderOptions = { ...dense, zoom: 0.05 };
  it('a dot of its battery’s colour with one of its commonest class', () => {
    expect(painted({}, far)).toEqual(['fill box var(--device)', 'fill box var(--class-0)']);
    expect(painted({ percent: 8, mix: [1, 5, 2] }, far)).toEqual(['fill box var(--bad)', 'fill box var(--class-1)']);
  });

  it('or of what keeps it away', () => {
    expect(painted({ presence: 'battery died' }, far)[1]).toBe('fill box var(--bad)');
    expect(painted({ presence: 'switched off' }, far)).toEqual([
      'fill box grey var(--device) 0.4',
      'fill box var(--raised)',
    ]);
  });
});
