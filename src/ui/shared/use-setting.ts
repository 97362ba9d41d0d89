// One setting of the experiment: what the schema says of it, its value now, and the way to change it.

import { useCallback } from 'react';
import { settings } from '../../sim/experiment/experiment.ts';
import { valueAt } from '../../sim/experiment/parse-experiment.ts';
import type { Setting } from '../../sim/experiment/settings.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';

type Kind = Setting['kind'];
type SettingOf<K extends Kind> = Extract<Setting, { kind: K }>;
interface Values {
  number: number;
  choice: string;
  toggle: boolean;
  structure: unknown;
}

/** @throws {RangeError} if the experiment has no such setting of that kind: a slip in the page's own code. */
export function settingAt<K extends Kind>(path: string, kind: K): SettingOf<K> {
  const setting = settings.get(path);
  if (setting?.kind !== kind) throw new RangeError(`The experiment has no ${kind} setting "${path}".`);
  return setting as SettingOf<K>;
}

export function useSetting<K extends Kind>(path: string, kind: K) {
  const value = useFogline((state) => valueAt(state.experiment, path)) as Values[K];
  const set = useCallback((next: Values[K]) => foglineStore.getState().set(path, next), [path]);
  return { setting: settingAt(path, kind), value, set };
}
