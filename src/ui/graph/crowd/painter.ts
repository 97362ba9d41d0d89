// Paints a crowd under the graph's elements, outside React: its links, its devices and what is
// selected of them are a picture each, and share the time that
// a frame has to spare. Nothing is worked out or painted while nothing changes.

import { type Looks, sameDevices, sameLinks, toLooks } from './looks.ts';
import { paintDevices } from './paint-devices.ts';
import { paintLinks } from './paint-links.ts';
import { paintSelection } from './paint-selection.ts';
import { readPalette } from './palette.ts';
import { createPicture } from './picture.ts';
import type { Frame, Scene, Wanted } from './scene.ts';

/** Of a frame's 16: the rest is for the page, and for the browser to bring the strokes to the screen. */
const FRAME_SHARE_MILLISECONDS = 5;

export interface CrowdPainter {
  show(wanted: Wanted): void;
  move(frame: Frame): void;
  stop(): void;
}

const unknown: Looks = new Map();

export function startCrowd(host: HTMLElement): CrowdPainter {
  const links = createPicture(host, paintLinks);
  const selection = createPicture(host, paintSelection);
  const devices = createPicture(host, paintDevices);
  const pictures = [links, selection, devices];
  let palette = readPalette(host);
  let scene: Scene | null = null;
  let wanted: Wanted | null = null;
  let looking: { readonly pieces: Generator<void, Looks>; readonly wanted: Wanted } | null = null;
  let request = 0;

  const begin = (next: Scene) => {
    const before = scene;
    scene = next;
    const isSamePlace = before !== null && before.places === next.places;
    const keepsLinks = isSamePlace && before.isFast === next.isFast && sameLinks(before.looks, next.looks);
    const keepsDevices = isSamePlace && before.shade === next.shade && sameDevices(before.looks, next.looks);
    links.show(next, palette, !keepsLinks);
    devices.show(next, palette, !keepsDevices);
    selection.show(next, palette, !isSamePlace || before.selected !== next.selected);
  };

  /** A piece of working out how devices look; false if that is done. */
  const look = (): boolean => {
    if (!looking) return false;
    const piece = looking.pieces.next();
    if (!piece.done) return true;
    const { wanted: done } = looking;
    looking = null;
    begin({ ...done, looks: piece.value });
    // What has changed meanwhile.
    if (wanted && wanted !== done) ask(wanted);
    return true;
  };

  const ask = (next: Wanted) => {
    const { places, state } = next;
    if (scene?.state === state) begin({ ...next, looks: scene.looks });
    // What has begun is finished first, or a fast run would never be seen; but not where devices are not any more.
    else if (!looking || looking.wanted.places !== places)
      looking = { pieces: toLooks(state, scene?.looks ?? unknown), wanted: next };
  };

  const work = () => {
    request = 0;
    const until = performance.now() + FRAME_SHARE_MILLISECONDS;
    let isBusy = true;
    while (isBusy && performance.now() < until) isBusy = look() || selection.work() || links.work() || devices.work();
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
