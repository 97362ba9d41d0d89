// The theme's colours for a canvas, which knows no CSS variables: inks are colours as the style sheets write them.

/** A CSS colour, with the theme's variables in it: 'var(--device)', 'color-mix(in oklab, var(--device) 30%, var(--sunken))'. */
export type Ink = string;

const GREY = 'grey ';
/** The same ink without its colour, as the CSS filter makes it. */
export const greyOf = (ink: Ink): Ink => GREY + ink;

export interface Palette {
  readonly font: string;
  colourOf(ink: Ink): string;
}

/** The weights of CSS's grayscale(). */
function withoutColour(hex: string): string {
  // One of the system's own colours, where they are forced.
  if (!hex.startsWith('#')) return hex;
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const grey = Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  return `rgb(${grey} ${grey} ${grey})`;
}

/** As an element of the page sees them now. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const known = new Map<Ink, string>();
  const resolve = (ink: Ink): string =>
    ink.startsWith(GREY)
      ? withoutColour(resolve(ink.slice(GREY.length)))
      : ink.replaceAll(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim());
  return {
    font: style.fontFamily,
    colourOf: (ink) => {
      let colour = known.get(ink);
      if (colour === undefined) {
        colour = resolve(ink);
        known.set(ink, colour);
      }
      return colour;
    },
  };
}
