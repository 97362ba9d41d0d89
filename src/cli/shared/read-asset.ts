// The data sets' files, read from disk.

import { readFile } from 'node:fs/promises';
import type { Asset } from '../../sim/data/dataset.ts';

export const readAsset = ({ url }: Asset): Promise<string> => readFile(url, 'utf8');
