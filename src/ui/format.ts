// Numbers as people read them: a unit, three significant figures, and the same width while they change.

const significant = (value: number, digits = 3): string => {
  if (value === 0) return '0';
  const whole = Math.floor(Math.log10(Math.abs(value))) + 1;
  const decimals = Math.min(Math.max(digits - whole, 0), 12);
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

const noValue = '–';

/** '7.06 kB': 1 kB is 1,000 B. Whole bytes below that. */
export function formatBytes(value: number): string {
  if (!Number.isFinite(value)) return noValue;
  if (Math.abs(value) < 999.5) return `${Math.round(value)} B`;
  return scaled(value, [
    { from: 1e9, unit: 'GB' },
    { from: 1e6, unit: 'MB' },
    { from: 1e3, unit: 'kB' },
  ]);
}

/** '1.21 s', '42 ms', '3 m 12 s', '2 h 42 m', '3 d 4 h'. */
export function formatSeconds(value: number): string {
  if (!Number.isFinite(value)) return noValue;
  if (value === 0) return '0 s';
  if (Math.abs(value) < 59.95) {
    return scaled(value, [
      { from: 1, unit: 's' },
      { from: 1e-3, unit: 'ms' },
      { from: 1e-6, unit: 'µs' },
    ]);
  }
  const pair = (big: number, bigUnit: string, small: number, smallUnit: string) => {
    const smalls = Math.round(value / small);
    const ratio = big / small;
    return `${Math.floor(smalls / ratio)} ${bigUnit} ${smalls % ratio} ${smallUnit}`;
  };
  if (value < 3599.5) return pair(60, 'm', 1, 's');
  if (value < 86_370) return pair(3600, 'h', 60, 'm');
  return pair(86_400, 'd', 3600, 'h');
}

/** '214 J', '0.71 mJ', '3.2 kJ'. */
export const formatJoules = (value: number): string =>
  !Number.isFinite(value)
    ? noValue
    : value === 0
      ? '0 J'
      : scaled(value, [
          { from: 1e6, unit: 'MJ' },
          { from: 1e3, unit: 'kJ' },
          { from: 1, unit: 'J' },
          { from: 1e-3, unit: 'mJ' },
          { from: 1e-6, unit: 'µJ' },
        ]);

/** '91.3 %' from 0.913. */
export const formatShare = (value: number, decimals = 1): string =>
  Number.isFinite(value) ? `${(value * 100).toFixed(decimals)} %` : noValue;

/** '0.312': a loss or another plain number. */
export const formatNumber = (value: number): string => (Number.isFinite(value) ? significant(value) : noValue);

/** '1,765'. */
export const formatCount = (value: number): string => Math.round(value).toLocaleString('en');

/** '4.0×' */
export const formatRatio = (value: number): string => (Number.isFinite(value) ? `${significant(value, 2)}×` : noValue);

/** Where a text is broken over two lines, its numbers stay with their units. */
export const withUnits = (text: string): string => text.replace(/(\d) (?=[\p{L}%])/gu, '$1\u00a0');
