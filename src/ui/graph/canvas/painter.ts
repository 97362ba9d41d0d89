// Paints a large fleet on canvases under the graph's elements, outside React. Links, devices and the selection are a picture each,
// and share a few milliseconds of each frame. Nothing is computed or painted while nothing changes.

import { type Appearances, sameDevices, sameLinks, toAppearances } from './device-appearance.ts';
import { paintDevices } from './paint-devices.ts';
import { paintLinks } from './paint-links.ts';
import { paintSelection } from './paint-selection.ts';
import { readPalette } from './palette.ts';
import { createPicture } from './picture.ts';
import type { Frame, Scene, Wanted } from './scene.ts';

/** Of a frame's 16: the rest is for the page, and for the browser to draw. */
const FRAME_SHARE_MILLISECONDS = 5;

export interface FleetPainter {
  show(wanted: Wanted): void;
  move(frame: Frame): void;
  stop(): void;
}

const unknown: Appearances = new Map();

export function startFleetPainter(host: HTMLElement): FleetPainter {
  const links = createPicture(host, paintLinks);
  const selection = createPicture(host, paintSelection);
  const devices = createPicture(host, paintDevices);
  const pictures = [links, selection, devices];
  let palette = readPalette(host);
  let scene: Scene | null = null;
  let wanted: Wanted | null = null;
  let computation: { readonly pieces: Generator<void, Appearances>; readonly wanted: Wanted } | null = null;
  let request = 0;

  const begin = (next: Scene) => {
    const before = scene;
    scene = next;
    const isSamePlace = before !== null && before.places === next.places;
    const keepsLinks = isSamePlace && before.isFast === next.isFast && sameLinks(before.appearances, next.appearances);
    const keepsDevices =
      isSamePlace && before.deviceFill === next.deviceFill && sameDevices(before.appearances, next.appearances);
    links.show(next, palette, !keepsLinks);
    devices.show(next, palette, !keepsDevices);
    selection.show(next, palette, !isSamePlace || before.selected !== next.selected);
  };

  /** Computes the appearance of some devices; false if that is done. */
  const computeAppearances = (): boolean => {
    if (!computation) return false;
    const piece = computation.pieces.next();
    if (!piece.done) return true;
    const { wanted: done } = computation;
    computation = null;
    begin({ ...done, appearances: piece.value });
    // What has changed meanwhile.
    if (wanted && wanted !== done) ask(wanted);
    return true;
  };

  const ask = (next: Wanted) => {
    const { places, state } = next;
    if (scene?.state === state) begin({ ...next, appearances: scene.appearances });
    // A computation in progress is finished first, or a fast run would never be drawn, unless the layout has changed.
    else if (!computation || computation.wanted.places !== places)
      computation = { pieces: toAppearances(state, scene?.appearances ?? unknown), wanted: next };
  };

  const work = () => {
    request = 0;
    const until = performance.now() + FRAME_SHARE_MILLISECONDS;
    let isBusy = true;
    while (isBusy && performance.now() < until)
      isBusy = computeAppearances() || selection.work() || links.work() || devices.work();
    if (isBusy || pictures.some((picture) => picture.waits())) wake();
  };
  const wake = () => {
    request ||= requestAnimationFrame(work);
  };

  // Colours are the theme's.
  const theme = new MutationObserver(() => {
    palette = readPalette(host);
    if (!scene) return;
    for (const picture of pictures) picture.show(scene, palette, true);
    wake();
  });
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });

  return {
    show: (next) => {
      wanted = next;
      ask(next);
      wake();
    },
    move: (frame) => {
      for (const picture of pictures) picture.move(frame);
      wake();
    },
    stop: () => {
      theme.disconnect();
      cancelAnimationFrame(request);
      host.replaceChildren();
    },
  };
}
