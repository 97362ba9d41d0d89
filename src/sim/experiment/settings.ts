// How a setting describes itself. The experiment's schema is built from these, so that one definition gives the type, the
// default, the range, the control on the screen, the help, and the sentence for a bad value.

// zod/mini: the same checks in a quarter of the bytes, and every visitor loads them before the first paint.
import * as z from 'zod/mini';

interface Common {
  readonly label: string;
  /** One line of help. */
  readonly help: string;
  /** May change during a run, from the next round on. Otherwise a change restarts the run. */
  readonly live: boolean;
  /** One of the lesser settings of its section, which the page folds away. */
  readonly folded?: boolean;
  /** It has an effect only while another one of its section is at least so much. */
  readonly onlyIf?: { readonly key: string; readonly least: number };
}

export interface NumberSetting extends Common {
  readonly kind: 'number';
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly scale: 'linear' | 'log';
  /** Shown times this: a share of 0.1 as 10 %. */
  readonly shownTimes: number;
  /** What 0 stands for where it is no amount: 'by share'. */
  readonly zero?: string;
  readonly integer: boolean;
  readonly default: number;
}

/** A paper, a standard, a licence. */
export type Source = string | { readonly text: string; readonly url?: string };

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** The three of a registry's entry: what it does, where it is from, and the keys of its own settings in the same section, or their paths. */
  readonly help?: string;
  readonly source?: Source | undefined;
  readonly owns?: readonly string[];
}

export interface ChoiceSetting extends Common {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
  readonly default: string;
}

export interface ToggleSetting extends Common {
  readonly kind: 'toggle';
  readonly default: boolean;
}

/** A setting that no single control can show, such as the list of added nodes. */
export interface StructureSetting extends Common {
  readonly kind: 'structure';
}

export type Setting = NumberSetting | ChoiceSetting | ToggleSetting | StructureSetting;

/** Zod's schemas, and what the screen needs to know of each. */
const registry = z.registry<Setting>();

type NumberOptions = Omit<NumberSetting, 'kind' | 'unit' | 'scale' | 'shownTimes' | 'integer'> &
  Partial<Pick<NumberSetting, 'unit' | 'scale' | 'shownTimes'>>;

const numberSetting = (schema: z.ZodMiniNumber<number>, options: NumberOptions, integer: boolean) => {
  const ranged = schema.check(z.minimum(options.min), z.maximum(options.max));
  const described: NumberSetting = { kind: 'number', unit: '', scale: 'linear', shownTimes: 1, ...options, integer };
  return z._default(ranged, options.default).register(registry, described);
};

export const number = (options: NumberOptions) => numberSetting(z.number(), options, false);
export const integer = (options: NumberOptions) => numberSetting(z.int(), options, true);

export const toggle = (options: Omit<ToggleSetting, 'kind'>) =>
  z._default(z.boolean(), options.default).register(registry, { kind: 'toggle', ...options });

export const choice = <Id extends string>(
  choices: readonly (Choice & { readonly id: Id })[],
  options: Omit<ChoiceSetting, 'kind' | 'choices' | 'default'> & { default: NoInfer<Id> },
) => {
  const ids = choices.map((each) => each.id);
  return z
    ._default(z.enum(ids as [Id, ...Id[]]), () => options.default)
    .register(registry, { kind: 'choice', choices, ...options });
};

export const structure = <Schema extends z.ZodMiniType>(
  schema: Schema,
  options: Omit<StructureSetting, 'kind'>,
): Schema => {
  registry.add(schema, { kind: 'structure', ...options });
  return schema;
};

/** The same setting under another label: one that a section has several times, such as each tier's. */
export function relabelled<Schema extends z.ZodMiniType>(schema: Schema, label: (own: string) => string): Schema {
  const setting = registry.get(schema);
  const copy = schema.clone();
  if (setting) registry.add(copy, { ...setting, label: label(setting.label) });
  return copy;
}

/** What would be right for a setting, e.g. 'a number from 0.0001 to 1'; undefined where no few words say it. */
export function expectedValue(setting: Setting | undefined): string | undefined {
  switch (setting?.kind) {
    case 'number':
      return `${setting.integer ? 'a whole number' : 'a number'} from ${setting.min} to ${setting.max}`;
    case 'choice':
      return `one of ${setting.choices.map((each) => each.id).join(', ')}`;
    case 'toggle':
      return 'true or false';
    default:
      return undefined;
  }
}

/** How a schema describes its setting. */
export const settingOf = (schema: z.ZodMiniType): Setting | undefined => registry.get(schema);

/** Every setting below a schema of nested objects, by its path: 'training.learningRate'. */
export function settingsOf(schema: z.ZodMiniType, path = ''): Map<string, Setting> {
  const found = new Map<string, Setting>();
  const setting = registry.get(schema);
  if (setting) return found.set(path, setting);
  let object: z.ZodMiniType = schema;
  while (object instanceof z.ZodMiniPrefault) object = object._zod.def.innerType as z.ZodMiniType;
  if (object instanceof z.ZodMiniObject) {
    for (const [key, child] of Object.entries(object.shape as Record<string, z.ZodMiniType>)) {
      for (const [childPath, each] of settingsOf(child, path ? `${path}.${key}` : key)) found.set(childPath, each);
    }
  }
  return found;
}

/** A share that is shown in per cent. */
export const percent = { unit: '%', shownTimes: 100 } as const;
