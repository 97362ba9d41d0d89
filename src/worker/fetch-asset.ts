// The app’s own data files, fetched from the built site when a data set needs them. Imported by path, because the package
// exports its index only.

import weatherUrl from '../../node_modules/vega-datasets/data/weather.csv?url';

const urls: Readonly<Record<string, string>> = { 'weather.csv': weatherUrl };

/** Files that were fetched: a later run, or the previous run opened again, needs no network for them. */
const cache = new Map<string, string>();

/** A file could not be fetched; a later attempt may succeed. */
export class AssetLoadError extends Error {}

/** @throws {AssetLoadError} if the file is not cached and cannot be fetched */
export async function readAsset(name: string): Promise<string> {
  const cached = cache.get(name);
  if (cached !== undefined) return cached;
  const url = urls[name];
  if (!url) throw new Error(`The app holds no file named ${name}.`);
  let reason = 'no connection';
  try {
    const response = await fetch(url);
    if (response.ok) {
      const text = await response.text();
      cache.set(name, text);
      return text;
    }
    reason = String(response.status);
  } catch {
    // There was no network, or it broke off during the download.
  }
  throw new AssetLoadError(`The data file ${name} could not be loaded (${reason}).`);
}
