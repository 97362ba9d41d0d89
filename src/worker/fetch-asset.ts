// The app’s own data files: where the build put them, fetched when a data set asks. Reached by path, because the package
// exports its index only.

import weatherUrl from '../../node_modules/vega-datasets/data/weather.csv?url';

const urls: Readonly<Record<string, string>> = { 'weather.csv': weatherUrl };

/** What has come once stays: a later run needs no network for it, nor does the run before, which is opened again if another fails. */
const texts = new Map<string, string>();

/** Something could not be fetched that may come the next time. */
export class NotLoadedError extends Error {}

/** @throws {NotLoadedError} if the file has not come before and does not come now */
export async function readAsset(name: string): Promise<string> {
  const known = texts.get(name);
  if (known !== undefined) return known;
  const url = urls[name];
  if (!url) throw new Error(`The app holds no file named ${name}.`);
  let answer = 'no connection';
  try {
    const response = await fetch(url);
    if (response.ok) {
      const text = await response.text();
      texts.set(name, text);
      return text;
    }
    answer = String(response.status);
  } catch {
    // The network is gone, or went in the middle.
  }
  throw new NotLoadedError(`The data file ${name} could not be loaded (${answer}).`);
}
