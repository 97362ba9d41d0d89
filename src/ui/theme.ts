// Mantine's theme: every colour that it uses is one of theme.css's variables.

import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

const accent: MantineColorsTuple = [
  'var(--sunken)',
  'var(--sunken)',
  'var(--line)',
  'var(--line-strong)',
  'var(--ink-3)',
  'var(--ink-2)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
];

/** Mantine's neutrals, from the lightest to the darkest: the same as theme.css's, which cannot be read from here. */
const gray: MantineColorsTuple = [
  '#f7f7f4',
  '#f1f1ee',
  '#e3e3de',
  '#d6d6d0',
  '#c9c9c2',
  '#8d9298',
  '#6d747d',
  '#545b64',
  '#353b43',
  '#1b1f24',
];
const dark: MantineColorsTuple = [
  '#eceff2',
  '#cdd3da',
  '#aab2bc',
  '#8d96a1',
  '#343b44',
  '#3b434d',
  '#1a1e23',
  '#15181c',
  '#22272d',
  '#101316',
];

const variantColorResolver: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  // The dark theme's accent is light, so its text is dark: never plain white.
  return input.variant === 'filled' ? { ...resolved, color: 'var(--on-accent)' } : resolved;
};

export const theme = createTheme({
  colors: { accent, gray, dark },
  primaryColor: 'accent',
  primaryShade: 6,
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '32px' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  variantColorResolver,
});

const shared = {
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-body': 'var(--page)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--cloud)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
  '--mantine-color-accent-outline': 'var(--focus)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
