// What the entries of all registries have in common, and how a section of the schema is made of a registry: the choice between its
// entries, and beside it the settings that each entry brings. Nothing else has to know of a variant's settings: the schema, the
// controls and when they are shown, the command line and the tables of docs/settings.md are all read from here.

import * as z from 'zod/mini';
import { type Choice, expectedValue, relabelled, type Source, settingOf } from './settings.ts';

/** Settings by their keys in the section: number, integer, toggle or choice of settings.ts. */
export type OwnSettings = Readonly<Record<string, z.ZodMiniType>>;
/** Of a variant that has none: `settings: {}`. */
export type NoSettings = Readonly<Record<string, never>>;

/** The values of settings, as a variant's functions receive them. */
export type ValuesOf<Own extends OwnSettings> = Own extends NoSettings
  ? Readonly<Record<never, never>>
  : { readonly [Key in keyof Own]: z.output<Own[Key]> };

/** One entry of a registry. A contract adds its functions: they receive `ValuesOf<Own>`. */
export interface Variant<Own extends OwnSettings = NoSettings> {
  /** Its key in the registry, and its name in an experiment. */
  readonly id: string;
  readonly label: string;
  /** One or two sentences for the visitor. */
  readonly help: string;
  readonly source?: Source;
  /** Its own settings. Two entries may share one only by spreading the same object. */
  readonly settings: Own;
}

type Registry = Readonly<Record<string, Variant<OwnSettings>>>;

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (each: infer All) => void
  ? All
  : never;
type Merged<Each> = [Each] extends [never] ? Record<never, never> : Flat<Intersection<Each>>;
type Flat<Shape> = { readonly [Key in keyof Shape]: Shape[Key] };

/** The settings of all entries of a registry. */
export type SettingsOfAll<Entries extends Registry> = Merged<Exclude<Entries[keyof Entries]['settings'], NoSettings>>;

/**
 * The settings of all entries, to be spread into the section that holds the choice between them.
 * @throws {RangeError} if two entries call different settings by the same name
 */
export function settingsOfAll<Entries extends Registry>(registry: Entries): SettingsOfAll<Entries> {
  const merged: Record<string, z.ZodMiniType> = {};
  for (const { id, settings } of Object.values(registry)) {
    for (const [key, setting] of Object.entries(settings)) {
      if (Object.hasOwn(merged, key) && merged[key] !== setting)
        throw new RangeError(
          `The setting "${key}" of ${id} is another entry's too; settings are shared by reference only.`,
        );
      merged[key] = setting;
    }
  }
  return merged as SettingsOfAll<Entries>;
}

/** Settings under other labels, for a section that has them several times. */
export const labelled = <Own extends OwnSettings>(settings: Own, label: (own: string) => string): Own =>
  Object.fromEntries(Object.entries(settings).map(([key, each]) => [key, relabelled(each, label)])) as Own;

/** The default of each setting. */
export const defaultsOf = <Own extends OwnSettings>(settings: Own): ValuesOf<Own> =>
  Object.fromEntries(Object.entries(settings).map(([key, each]) => [key, z.parse(each, undefined)])) as ValuesOf<Own>;

/**
 * Holds values that no experiment was parsed for against a variant's settings.
 * @param whose such as 'A codec'
 * @throws {RangeError} one sentence on the first that cannot be
 */
export function checkValues(settings: OwnSettings, values: Readonly<Record<string, unknown>>, whose: string): void {
  for (const [key, each] of Object.entries(settings)) {
    if (z.safeParse(each, values[key]).success) continue;
    throw new RangeError(`${whose}'s ${key} must be ${expectedValue(settingOf(each))}, not ${values[key]}.`);
  }
}

/**
 * A registry as choices, for the setting that chooses between its entries.
 * @param section that has the entries' settings, if it is another one than the choice's
 */
export const choicesOf = <Entries extends Registry>(
  registry: Entries,
  section?: string,
): readonly (Choice & { readonly id: keyof Entries & string })[] =>
  Object.entries(registry).map(([id, { label, help, source, settings }]) => ({
    id,
    label,
    help,
    source,
    owns: Object.keys(settings).map((key) => (section === undefined ? key : `${section}.${key}`)),
  }));
