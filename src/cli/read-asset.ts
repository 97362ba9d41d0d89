// The app's own data files, read from the installed packages. Read by path, because vega-datasets exports its index only.

import { readFile } from 'node:fs/promises';

const files: Readonly<Record<string, string>> = { 'weather.csv': '../../node_modules/vega-datasets/data/weather.csv' };

export async function readAsset(name: string): Promise<string> {
  const file = files[name];
  if (!file) throw new Error(`The app holds no file named ${name}.`);
  return readFile(new URL(file, import.meta.url), 'utf8');
}
