import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it('a data file that came once needs no network any more: a run on it can be opened again', async () => {
  const answers = [() => Promise.reject(new TypeError('Failed to fetch')), async () => new Response('date,weather\n')];
  const fetched = vi.fn(() => answers.shift()?.() ?? Promise.reject(new TypeError('Failed to fetch')));
  vi.stubGlobal('fetch', fetched);
  const { readAsset } = await import('./fetch-asset.ts');
  // What did not come is asked for again.
  await expect(readAsset('weather.csv')).rejects.toThrow(
    'The data file weather.csv could not be loaded (no connection).',
  );
  expect(await readAsset('weather.csv')).toBe('date,weather\n');
  expect(await readAsset('weather.csv')).toBe('date,weather\n');
  expect(fetched).toHaveBeenCalledTimes(2);
});

it('an answer that is an error is not kept', async () => {
  const answers = [new Response('Not here', { status: 404 }), new Response('date,weather\n')];
  vi.stubGlobal('fetch', async () => answers.shift());
  const { readAsset } = await import('./fetch-asset.ts');
  await expect(readAsset('weather.csv')).rejects.toThrow('The data file weather.csv could not be loaded (404).');
  expect(await readAsset('weather.csv')).toBe('date,weather\n');
});
