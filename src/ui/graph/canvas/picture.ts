// One layer of the painted fleet: two canvases, one that is shown and one that the next picture is painted on, a piece per frame,
// so that the page stays responsive. Until that is ready the old one is moved and scaled with the view.

import type { Palette } from './palette.ts';
import { type Frame, MARGIN, type Painter, type Scene, serves } from './scene.ts';

/** While the view comes closer or goes away its picture is stretched, and painted again when the view rests, or after so long. */
const REST_MILLISECONDS = 80;
const MOST_STRETCHED_MILLISECONDS = 250;

export interface Picture {
  /** Sets what is shown from now on; `hasChanged`: it must be painted again. */
  show(scene: Scene, palette: Palette, hasChanged: boolean): void;
  move(frame: Frame): void;
  /** Paints on for a piece; false if there is nothing to do now. */
  work(): boolean;
  /** Whether there will be something to do when the view rests. */
  waits(): boolean;
}

function createCanvas(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.className = 'fleet-canvas-layer';
  canvas.style.visibility = 'hidden';
  host.append(canvas);
  return canvas;
}

/** On whole pixels of the screen, or a picture that only moves is blurred. */
const whole = (length: number, density: number): number => Math.round(length * density) / density;

/** An empty canvas as large as the view with its margin, in the picture's own units. */
function clear(
  canvas: HTMLCanvasElement,
  { transform, width, height, density }: Frame,
): CanvasRenderingContext2D | null {
  const context = canvas.getContext('2d');
  const [across, down] = [width, height].map((length) => Math.round((length + 2 * MARGIN) * density));
  // Setting a size wipes a canvas too, but takes new memory.
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${across / density}px`;
    canvas.style.height = `${down / density}px`;
  }
  if (!context) return null;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, across, down);
  const [x, y, zoom] = transform;
  const [left, top] = [x, y].map((length) => Math.round((length + MARGIN) * density));
  context.setTransform(zoom * density, 0, 0, zoom * density, left, top);
  return context;
}

export function createPicture(host: HTMLElement, paint: Painter): Picture {
  let [front, back] = [createCanvas(host), createCanvas(host)];
  let scene: Scene | null = null;
  let palette: Palette | null = null;
  let frame: Frame | null = null;
  /** As the front was painted, and whether what it shows is still so. */
  let shown: Frame | null = null;
  let isOutdated = true;
  let job: { readonly pieces: Generator<void, void>; readonly frame: Frame } | null = null;
  let movedAt = 0;
  let finishedAt = 0;

  const place = () => {
    if (!shown || !frame) return;
    const [x, y, zoom] = frame.transform;
    const [fromX, fromY, fromZoom] = shown.transform;
    const scale = zoom / fromZoom;
    const { density } = frame;
    const left = whole(x - scale * (whole(fromX, density) + MARGIN), density);
    const top = whole(y - scale * (whole(fromY, density) + MARGIN), density);
    front.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
  };

  const lacks = (): boolean =>
    scene !== null &&
    frame !== null &&
    frame.width > 0 &&
    (isOutdated || !shown || !serves(shown, frame, scene.places.bounds));

  const isStretchable = (): boolean => {
    const now = performance.now();
    const isZooming = !isOutdated && shown !== null && shown.transform[2] !== frame?.transform[2];
    return isZooming && now - movedAt < REST_MILLISECONDS && now - finishedAt < MOST_STRETCHED_MILLISECONDS;
  };

  const begin = () => {
    if (!scene || !palette || !frame) return;
    isOutdated = false;
    const context = clear(back, frame);
    if (context) job = { pieces: paint(context, scene, frame, palette), frame };
    // No canvas to be had: not asked for again.
    else shown = frame;
  };

  const finish = (done: Frame) => {
    [front, back] = [back, front];
    shown = done;
    job = null;
    finishedAt = performance.now();
    place();
    front.style.visibility = 'visible';
    back.style.visibility = 'hidden';
  };

  return {
    show: (next, inks, hasChanged) => {
      // A picture in progress is finished first, or a fast run would never be shown, unless the layout has changed.
      if (scene?.places !== next.places) job = null;
      scene = next;
      palette = inks;
      isOutdated ||= hasChanged;
    },
    move: (next) => {
      frame = next;
      movedAt = performance.now();
      place();
    },
    work: () => {
      if (!job) {
        if (!lacks() || isStretchable()) return false;
        begin();
      }
      if (job?.pieces.next().done) finish(job.frame);
      return job !== null || lacks();
    },
    waits: lacks,
  };
}
