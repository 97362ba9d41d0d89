import { afterEach, expect, it, vi } from 'vitest';

const asset = { name: 'weather.csv', url: new URL('https://fogline.example/assets/weather-1a2b.csv') };

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it('a data file that was fetched once needs no network again', async () => {
  const responses = [
    () => Promise.reject(new TypeError('Failed to fetch')),
    async () => new Response('date,weather\n'),
  ];
  const fetched = vi.fn(() => responses.shift()?.() ?? Promise.reject(new TypeError('Failed to fetch')));
  vi.stubGlobal('fetch', fetched);
  const { readAsset } = await import('./fetch-asset.ts');
  // A failed request is repeated.
  await expect(readAsset(asset)).rejects.toThrow('The data file weather.csv could not be loaded (no connection).');
  expect(await readAsset(asset)).toBe('date,weather\n');
  expect(await readAsset(asset)).toBe('date,weather\n');
  expect(fetched).toHaveBeenCalledTimes(2);
});

it('an error response is not cached', async () => {
  const responses = [new Response('Not here', { status: 404 }), new Response('date,weather\n')];
  vi.stubGlobal('fetch', async () => responses.shift());
  const { readAsset } = await import('./fetch-asset.ts');
  await expect(readAsset(asset)).rejects.toThrow('The data file weather.csv could not be loaded (404).');
  expect(await readAsset(asset)).toBe('date,weather\n');
});
