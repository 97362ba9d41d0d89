// How close the view must be for names to be worth drawing.

/** Below this names are too small to read. */
export const FAR = 0.6;
/** Above it there is room for those of a dense fleet. */
export const CLOSE = 2;
