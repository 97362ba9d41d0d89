import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { expect, test } from './visitor.ts';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.csv': 'text/csv',
};

/** A static host that knows nothing of the site: it serves dist/ below a sub-path, with no headers but the type. */
function staticHost(prefix: string): Promise<Server> {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://host');
    const file = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    try {
      if (!file.startsWith(prefix)) throw new Error('elsewhere');
      const body = await readFile(join('dist', normalize(file.slice(prefix.length))));
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

test('the built site works from a sub-path of any static host', async ({ visitor }) => {
  const server = await staticHost('/some/where/');
  try {
    await visitor.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/some/where/`);
    await visitor.step();
    expect(await visitor.figure('Accuracy')).toBeGreaterThan(0);
  } finally {
    server.close();
  }
});

test('a browser that refuses workers: the page says what was refused', async ({ page }) => {
  await page.addInitScript(() => {
    window.Worker = class {
      constructor() {
        throw new DOMException('Workers are denied.', 'SecurityError');
      }
    } as unknown as typeof Worker;
  });
  await page.goto('./');
  await expect(page.getByRole('alert')).toContainText('Fogline could not start in this browser: Workers are denied.');
});
