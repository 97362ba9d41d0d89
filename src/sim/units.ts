// Quantities that carry their unit in the type, so that bits and bytes, or mAh and joules, cannot be mixed without conversion.
// A branded number is a plain number at run time: it costs nothing.

declare const unit: unique symbol;
type Quantity<Unit extends string> = number & { readonly [unit]: Unit };

export type Bytes = Quantity<'B'>;
export type Seconds = Quantity<'s'>;
export type Joules = Quantity<'J'>;
export type Watts = Quantity<'W'>;
export type BitsPerSecond = Quantity<'bit/s'>;
/** Multiply-accumulate operations. */
export type Macs = Quantity<'MAC'>;
export type MacsPerSecond = Quantity<'MAC/s'>;

export const bytes = (value: number) => value as Bytes;
export const seconds = (value: number) => value as Seconds;
export const joules = (value: number) => value as Joules;
export const watts = (value: number) => value as Watts;
export const bitsPerSecond = (value: number) => value as BitsPerSecond;
export const macs = (value: number) => value as Macs;
export const macsPerSecond = (value: number) => value as MacsPerSecond;

/** Energy = power × time. */
export const energyOf = (power: Watts, time: Seconds): Joules => joules(power * time);

/** A battery's capacity in joules: mAh × 3.6 × V. */
export const joulesOfBattery = (milliampHours: number, volts: number): Joules => joules(milliampHours * 3.6 * volts);

/** Joules as the tutorial's mAh, at the battery's voltage. */
export const milliampHoursOf = (energy: Joules, volts: number): number => energy / (3.6 * volts);
