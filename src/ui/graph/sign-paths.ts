// Drawings that elements and the painted fleet share, on a 16 × 16 grid.

/** The round waited for this device. */
export const HOURGLASS = 'M5.2 4h5.6M5.2 12h5.6M5.9 4c0 2.4 4.2 5.4 4.2 8M10.1 4c0 2.4-4.2 5.4-4.2 8';
/** On mains. */
export const PLUG = 'M6 1.8v3M10 1.8v3M4.2 5h7.6v2.4a3.8 3.8 0 0 1-7.6 0zM8 11.4v2.8';
