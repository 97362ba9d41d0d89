// The data sets' files, fetched from the built site when a run needs them.

import type { Asset } from '../sim/data/dataset.ts';

/** Files that were fetched: a later run, or the previous run opened again, needs no network for them. */
const cache = new Map<string, string>();

/** A file could not be fetched; a later attempt may succeed. */
export class AssetLoadError extends Error {}

/** @throws {AssetLoadError} if the file is not cached and cannot be fetched */
export async function readAsset({ name, url }: Asset): Promise<string> {
  const cached = cache.get(url.href);
  if (cached !== undefined) return cached;
  let reason = 'no connection';
  try {
    const response = await fetch(url);
    if (response.ok) {
      const text = await response.text();
      cache.set(url.href, text);
      return text;
    }
    reason = String(response.status);
  } catch {
    // There was no network, or it broke off during the download.
  }
  throw new AssetLoadError(`The data file ${name} could not be loaded (${reason}).`);
}
