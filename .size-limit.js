// The JavaScript that a visitor waits for before the first paint: the entry and all that it imports statically, as the
// built index.html names them (Vite preloads every static import). What is loaded later does not count.

import { readFileSync } from 'node:fs';

const html = readFileSync(new URL('dist/index.html', import.meta.url), 'utf8');
const path = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\.\/([^"]+\.js)"/g)].map(
  ([, file]) => `dist/${file}`,
);
if (path.length === 0) throw new Error('dist/index.html names no script: the size of the first load is unknown.');

export default [{ name: 'JavaScript before the first paint, gzipped', path, limit: '245 kB', gzip: true }];
