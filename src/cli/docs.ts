// npm run docs
// Writes what the documents in docs/ take from the code: settings, choices, figures and sources.

import { readFile, writeFile } from 'node:fs/promises';
import { generatedDocs, withGenerated } from './docs/generated.ts';

const root = new URL('../../', import.meta.url);

for (const [path, names] of Object.entries(generatedDocs)) {
  const file = new URL(path, root);
  await writeFile(file, withGenerated(await readFile(file, 'utf8'), names));
}
