// The page's breakpoints, as its style sheets have them. On paper none of them holds: see print.css.

/** One column: a phone, upright or lying, or a page that is enlarged to 200 %. */
export const NARROW = 'screen and (max-width: 900px), screen and (max-height: 559px)';
