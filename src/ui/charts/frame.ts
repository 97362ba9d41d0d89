// Where the curves lie within a chart, in pixels: the same for all four, so that a round is at the same place in each.

export const frame = { top: 6, right: 46, bottom: 16, left: 46 } as const;

/** Pixels from the chart's left edge to a share (0 … 1) of the x axis. */
export const pixelAt = (share: number, width: number): number =>
  frame.left + share * (width - frame.left - frame.right);

/** The share of the x axis at a pixel, within the axis. */
export const shareAt = (pixel: number, width: number): number =>
  Math.min(1, Math.max(0, (pixel - frame.left) / Math.max(1, width - frame.left - frame.right)));
