// Numbers with units, both ways: as a field shows a setting's value, and as a visitor may type one. One reader for every
// number field of the page, so that a decimal comma or 'Mbit/s' means the same everywhere.

import { superscripts } from './format.ts';

/** Unit by its names; how many of the family's base unit it is. The first name is the one that is written. */
type Family = readonly (readonly [factor: number, ...names: string[]])[];

const families: readonly Family[] = [
  [
    [1e-6, 'µs', 'us'],
    [1e-3, 'ms', 'msec', 'millisecond', 'milliseconds'],
    [1, 's', 'sec', 'second', 'seconds'],
    [60, 'min', 'm', 'mins', 'minute', 'minutes'],
    [3600, 'h', 'hr', 'hrs', 'hour', 'hours'],
    [86_400, 'd', 'day', 'days'],
    [604_800, 'w', 'week', 'weeks'],
  ],
  [
    [1, 'bit/s', 'bps', 'b/s', 'bits/s'],
    [1e3, 'kbit/s', 'kbps', 'kb/s', 'kbits/s'],
    [1e6, 'Mbit/s', 'Mbps', 'Mb/s', 'Mbits/s'],
    [1e9, 'Gbit/s', 'Gbps', 'Gb/s', 'Gbits/s'],
    [8, 'B/s', 'byte/s', 'bytes/s'],
    [8e3, 'kB/s', 'KB/s'],
    [8e6, 'MB/s'],
    [8e9, 'GB/s'],
  ],
  // Memory is made and sold in powers of two: 1 kB of RAM is 1,024 B.
  [
    [1, 'B', 'byte', 'bytes'],
    [1024, 'kB', 'KB', 'KiB', 'k'],
    [1024 ** 2, 'MB', 'MiB', 'M'],
    [1024 ** 3, 'GB', 'GiB', 'G'],
    [1024 ** 4, 'TB', 'TiB', 'T'],
  ],
  [
    [1e-9, 'nW'],
    [1e-6, 'µW', 'uW'],
    [1e-3, 'mW', 'milliwatt', 'milliwatts'],
    [1, 'W', 'watt', 'watts'],
    [1e3, 'kW'],
  ],
  [
    [1e-6, 'µJ', 'uJ'],
    [1e-3, 'mJ', 'millijoule', 'millijoules'],
    [1, 'J', 'joule', 'joules', 'Ws'],
    [1e3, 'kJ'],
    [3.6, 'mWh'],
    [3600, 'Wh'],
  ],
  [
    [1e-3, 'µAh', 'uAh'],
    [1, 'mAh'],
    [1e3, 'Ah'],
  ],
  [
    [1e-3, 'mV'],
    [1, 'V', 'volt', 'volts'],
  ],
  [
    [1, 'MAC/s'],
    [1e3, 'kMAC/s'],
    [1e6, 'MMAC/s'],
    [1e9, 'GMAC/s'],
    [1e12, 'TMAC/s'],
  ],
  [
    [1, '', '×', 'x'],
    [0.01, '%', 'percent', 'per cent', 'pct'],
    [1e-3, '‰'],
  ],
];

/** From which value of its own unit a figure is shown in a larger or a smaller one. The others keep the unit they have. */
const ladders: Readonly<Record<string, readonly string[]>> = {
  'kbit/s': ['Gbit/s', 'Mbit/s', 'kbit/s', 'bit/s'],
  kB: ['GB', 'MB', 'kB'],
  'MMAC/s': ['TMAC/s', 'GMAC/s', 'MMAC/s', 'kMAC/s'],
  mW: ['W', 'mW', 'µW'],
  mJ: ['J', 'mJ', 'µJ'],
};

/** One spelling of the micro sign, of minus and of spaces; no spaces within a unit ('kbit / s'). */
const plain = (text: string): string => text.normalize('NFKC').replaceAll('−', '-').replace(/\s+/g, ' ').trim();
const nameOf = (unit: string): string => plain(unit).replaceAll(' ', '').replace(/\.$/, '');

/** 'rounds' is also 'round'. */
const singular = (unit: string): string => unit.replace(/(?<=[a-z]{3})s$/, '');

function familyOf(unit: string): Family {
  const known = families.find((family) => family.some(([, ...names]) => names.includes(unit)));
  if (known) return known;
  return [[1, unit, singular(unit)]];
}

/** What is typed as a unit, in base units; by its exact name, or in other letters where only one unit could be meant. */
function factorOf(family: Family, unit: string): number | null {
  const wanted = nameOf(unit);
  const exact = family.find(([, ...names]) => names.some((name) => nameOf(name) === wanted));
  if (exact) return exact[0];
  const alike = family.filter(([, ...names]) =>
    names.some((name) => nameOf(name).toLowerCase() === wanted.toLowerCase()),
  );
  return alike.length === 1 ? alike[0][0] : null;
}

/** Takes out what binary fractions add: 0.30000000000000004 becomes 0.3. */
export const tidy = (value: number): number => Number(value.toPrecision(12));

const groupMark = /[ '’_]/g;
const inThrees = (whole: string, mark: string): boolean =>
  whole.split(mark).every((part, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(part));

/**
 * A number as people write it in any country: '0,1', '0.1', '1.234,5', '1,234.5', '1 234,5', "1'234.5", '1e-3', '3.8 × 10⁵'.
 * Of two different marks the last one is the decimal mark. A mark that comes twice groups thousands. A single comma groups if
 * the page would have written it so (one to three digits that do not begin with 0, then exactly three): '1,000' is a thousand
 * and '0,125' an eighth. A single point is always a decimal point. Null for anything else, and for groups that are not of three.
 */
export function parseNumber(text: string): number | null {
  const match = /^([+-]?)([\d.,'’_ ]+?)(?:e([+-]?\d+)| ?[×x*·] ?10(?:\^([+-]?\d+)|([+-]\d+)))?$/i.exec(
    plainPower(text),
  );
  if (!match) return null;
  const [, sign, digits, exponent, power, signedPower] = match;
  const spaced = digits.match(groupMark) ?? [];
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const mark = digits[last] ?? '.';
  const count = digits.split(mark).length - 1;
  const other = mark === '.' ? ',' : '.';
  const groupsByComma = mark === ',' && spaced.length === 0 && /^[1-9]\d{0,2},\d{3}$/.test(digits);
  const hasDecimals = last >= 0 && count === 1 && !groupsByComma;
  const whole = hasDecimals ? digits.slice(0, last) : digits;
  const decimals = hasDecimals ? digits.slice(last + 1) : '';
  const groups = [
    ...new Set([...(whole.match(groupMark) ?? []), ...[mark, other].filter((each) => whole.includes(each))]),
  ];
  if (groups.length > 1 || (groups.length === 1 && !inThrees(whole, groups[0]))) return null;
  const bare = groups.length === 1 ? whole.replaceAll(groups[0], '') : whole;
  if (!/^\d*$/.test(bare) || !/^\d*$/.test(decimals) || bare + decimals === '') return null;
  const value = Number(`${sign}${bare || '0'}.${decimals || '0'}e${exponent ?? power ?? signedPower ?? 0}`);
  return Number.isFinite(value) ? value : null;
}

/** '10¹³' as '10^13', before superscripts would become plain digits. */
const plainPower = (text: string): string =>
  plain(
    text.replace(/[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (power) =>
      `^${power.replace('⁻', '-').replace('⁺', '')}`.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) =>
        String(superscripts.indexOf(digit)),
      ),
    ),
  );

/** The number at a text's start, as much of it as is one, and what follows. */
function split(text: string): { number: number; unit: string; rest: string } | null {
  const match = /^([+-]?[\d.,'’_ ]*[\d.,](?:e[+-]?\d+| ?[×x*·] ?10(?:\^[+-]?\d+|[+-]\d+))?) ?([^\d+-]*)(.*)$/i.exec(
    text,
  );
  const number = match && parseNumber(match[1]);
  return match && number !== null ? { number, unit: match[2].trim(), rest: match[3] } : null;
}

/**
 * What was typed into a field, in the field's unit; null if it cannot be read.
 *
 * Any unit of the same kind is understood ('2 Mbit/s', '250 ms', '1 d', '2 GB', '20 %', '5 W'), and times in parts ('2 h 30 min').
 * `bare` is the unit of a number without one: the unit that the field shows.
 */
export function parseQuantity(text: string, unit: string, bare: string = unit): number | null {
  const typed = plainPower(text);
  if (unit === 'mAh' && typed.toLowerCase() === 'mains') return 0;
  const family = familyOf(unit);
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(typed);
  if (clock && unit === 'h') return tidy(Number(clock[1]) + Number(clock[2]) / 60);
  const parts: { number: number; factor: number }[] = [];
  for (let rest = typed; rest !== '' || parts.length === 0; ) {
    const part = split(rest);
    const isNext = parts.length > 0;
    if (!part || (isNext && (family !== families[0] || part.unit === '' || part.number < 0))) return null;
    const factor = factorOf(family, part.unit === '' ? bare : part.unit);
    // '30 min 2 h' is a slip.
    if (factor === null || (isNext && factor >= parts[parts.length - 1].factor)) return null;
    parts.push({ number: part.number, factor });
    rest = part.rest;
  }
  const own = factorOf(family, unit) ?? 1;
  // Its own unit is not converted, so that what was typed is what is kept.
  if (parts.length === 1 && parts[0].factor === own) return parts[0].number;
  return tidy(parts.reduce((sum, { number, factor }) => sum + number * factor, 0) / own);
}

export interface Shown {
  readonly number: number;
  readonly unit: string;
}

/** A value in the unit that people would use: 20,000 kbit/s is 20 Mbit/s, 1,048,576 kB of RAM is 1 GB. */
export function toShown(value: number, unit: string): Shown {
  const family = familyOf(unit);
  const own = factorOf(family, unit) ?? 1;
  const inUnit = (name: string) => tidy((value * own) / (factorOf(family, name) ?? own));
  const larger = ladders[unit]?.find((name) => Math.abs(inUnit(name)) >= 1);
  if (larger !== undefined) return { number: inUnit(larger), unit: larger };
  // Whole minutes, hours and days above two minutes; other times stay as they are, and are written in parts.
  if (family === families[0] && Math.abs(value * own) >= LONG_SECONDS) {
    const round = ['d', 'h', 'min'].find((name) => Number.isInteger(inUnit(name)));
    if (round === 'd' || (round && inUnit(round) < 100)) return { number: inUnit(round), unit: round };
  }
  return { number: value, unit };
}

/** Up to here seconds are counted: '90 s'. */
const LONG_SECONDS = 120;

/** Whole numbers in full, others to four digits and at least one decimal. */
const written = (value: number): string =>
  value.toLocaleString('en', {
    maximumSignificantDigits: Number.isInteger(value) ? 15 : Math.max(4, String(Math.trunc(value)).length + 1),
  });

/** '2 h 30 min' */
function inParts(seconds: number): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${written(count)} ${unit}`);
    rest = tidy(rest - count * size);
  }
  return [...parts, ...(rest > 0 ? [`${written(rest)} s`] : [])].join(' ');
}

/** A setting's or a figure's value as its field shows it: '100 kbit/s', '1 d', '2 h 30 min', '0.05', 'mains'. */
export function formatQuantity(value: number, unit: string): string {
  if (unit === 'mAh' && value === 0) return 'mains';
  const { number, unit: shown } = toShown(value, unit);
  if (shown === 's' && number >= LONG_SECONDS) return inParts(number);
  if (shown === '') return written(number);
  return `${written(number)} ${number === 1 ? singular(shown) : shown}`;
}
