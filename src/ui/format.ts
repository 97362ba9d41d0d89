// Numbers as people read them: a unit, three significant figures, and the same width while they change. However large or small
// a number becomes, its text stays short: from a million on, and below a ten-thousandth, it is written as a power of ten.

const noValue = '–';
/** From here on a number is written as a power of ten; and below. */
const LARGE = 1e6;
const SMALL = 1e-4;

export const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const raised = (exponent: number): string =>
  String(exponent).replace(/./g, (each) => (each === '-' ? '⁻' : superscripts[Number(each)]));

/** '3.82 × 10¹³', its spaces unbreakable. */
function asPower(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  return `${mantissa}\u00a0×\u00a010${raised(Number(exponent))}`;
}

const significant = (value: number, digits = 3): string => {
  if (Number.isNaN(value)) return noValue;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude >= LARGE - 0.5 || magnitude < SMALL) return asPower(value, digits);
  if (magnitude >= 999.5) return Math.round(value).toLocaleString('en');
  const whole = Math.floor(Math.log10(magnitude)) + 1;
  const decimals = Math.max(digits - whole, 0);
  const text = value.toFixed(decimals);
  // 9.996 rounds up to 10.00: one decimal too many.
  return Math.floor(Math.log10(Math.abs(Number(text)))) + 1 > whole && decimals > 0
    ? value.toFixed(decimals - 1)
    : text;
};

interface Step {
  readonly from: number;
  readonly unit: string;
}

function scaled(value: number, steps: readonly Step[]): string {
  const magnitude = Math.abs(value);
  const step = steps.find(({ from }) => magnitude >= from * 0.9995) ?? steps[steps.length - 1];
  return `${significant(value / step.from)} ${step.unit}`;
}

/** '7.06 kB': 1 kB is 1,000 B. Whole bytes below that. */
export function formatBytes(value: number): string {
  if (!Number.isFinite(value)) return noValue;
  if (Math.abs(value) < 999.5) return `${Math.round(value)} B`;
  return scaled(value, [
    { from: 1e15, unit: 'PB' },
    { from: 1e12, unit: 'TB' },
    { from: 1e9, unit: 'GB' },
    { from: 1e6, unit: 'MB' },
    { from: 1e3, unit: 'kB' },
  ]);
}

/** From so many days on, hours say nothing. */
const MANY_DAYS = 100;

/** '1.21 s', '42 ms', '3 min 12 s', '2 h 42 min', '3 d 4 h'; one part where the other is 0: '1 d'. Whole days from 100 on. */
export function formatSeconds(value: number): string {
  if (!Number.isFinite(value)) return noValue;
  if (value === 0) return '0 s';
  if (value < 0) return `-${formatSeconds(-value)}`;
  if (value < 59.95) {
    return scaled(value, [
      { from: 1, unit: 's' },
      { from: 1e-3, unit: 'ms' },
      { from: 1e-6, unit: 'µs' },
      { from: 1e-9, unit: 'ns' },
    ]);
  }
  const pair = (big: number, bigUnit: string, small: number, smallUnit: string) => {
    const smalls = Math.round(value / small);
    const ratio = big / small;
    const rest = smalls % ratio;
    return `${Math.floor(smalls / ratio)} ${bigUnit}${rest > 0 ? ` ${rest} ${smallUnit}` : ''}`;
  };
  if (value < 3599.5) return pair(60, 'min', 1, 's');
  if (value < 86_370) return pair(3600, 'h', 60, 'min');
  if (value < MANY_DAYS * 86_400) return pair(86_400, 'd', 3600, 'h');
  return `${significant(Math.round(value / 86_400))} d`;
}

/** '66.2 d', '1.8 years': a lifetime. */
export const formatDays = (days: number): string =>
  !Number.isFinite(days) ? noValue : days < 730 ? `${significant(days)} d` : `${significant(days / 365.25)} years`;

/** '214 J', '0.71 mJ', '3.2 kJ'. */
export const formatJoules = (value: number): string =>
  !Number.isFinite(value)
    ? noValue
    : value === 0
      ? '0 J'
      : scaled(value, [
          { from: 1e12, unit: 'TJ' },
          { from: 1e9, unit: 'GJ' },
          { from: 1e6, unit: 'MJ' },
          { from: 1e3, unit: 'kJ' },
          { from: 1, unit: 'J' },
          { from: 1e-3, unit: 'mJ' },
          { from: 1e-6, unit: 'µJ' },
          { from: 1e-9, unit: 'nJ' },
        ]);

/** '91.3 %' from 0.913. */
export function formatShare(value: number, decimals = 1): string {
  if (!Number.isFinite(value)) return noValue;
  const percent = value * 100;
  return `${Math.abs(percent) < 1e5 ? percent.toFixed(decimals) : significant(percent)} %`;
}

/** '0.312', '38,189', '3.82 × 10¹³': a plain number. '∞' where it has left all bounds. */
export const formatNumber = (value: number): string => significant(value);

/** '0.31 nats', '3.82 × 10¹³ nats': a cross-entropy, which has no bound if training diverges. */
export const formatLoss = (value: number): string =>
  Number.isNaN(value)
    ? noValue
    : `${Number.isFinite(value) && Math.abs(value) < 99.995 ? value.toFixed(2) : significant(value)} nats`;

/** A loss in the three characters that a device in the network has room for: '0.3', '12', '99+'. */
export const formatLossShort = (value: number): string =>
  Number.isNaN(value) ? noValue : Math.abs(value) >= 99.5 ? '99+' : value.toFixed(Math.abs(value) < 9.95 ? 1 : 0);

/** '1,765'. */
export const formatCount = (value: number): string =>
  Math.abs(value) < 1e9 ? Math.round(value).toLocaleString('en') : significant(value);

/** '1 device', '1,765 devices'; `many` where it is not the one with an s. */
export const formatCounted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** '1 of 1 device', '20 of 30 devices' */
export const formatPart = (part: number, of: number, one: string, many = `${one}s`): string =>
  `${formatCount(part)} of ${formatCounted(of, one, many)}`;

/** '4.0×' */
export const formatRatio = (value: number): string => (Number.isFinite(value) ? `${significant(value, 2)}×` : noValue);

/** Where a text is broken over two lines, its numbers stay with their units. */
export const withUnits = (text: string): string =>
  text.replace(/(\d) (?=[\p{L}%±])/gu, '$1\u00a0').replace(/± (?=\d)/g, '±\u00a0');
