// Experiment files that are broken at random: as by a typing error, by another program, or on purpose.

import { defaultExperiment, settings } from '../../sim/experiment/experiment.ts';
import type { Rng } from '../../sim/random.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const bases: readonly string[] = [
  {},
  defaultExperiment,
  { rounds: 3, data: { dataset: 'tutorial-noise', samplesPerDevice: 100 }, training: { localEpochs: 2 } },
  { aggregation: { mode: 'fed-buff', buffer: 4 }, compression: { device: { sparsify: 'top-k', keep: 0.01 } } },
  {
    families: { assignment: 'by-rule' },
    fleet: {
      fogs: 1,
      gatewaysPerFog: 2,
      devicesPerGateway: 2,
      mix: ['smartphone', 'esp32'],
      added: [
        { id: 'gateway-3', parent: 'fog-1' },
        { id: 'device-5', parent: 'gateway-3', profile: 'arduino' },
      ],
      removed: ['device-1'],
      parents: { 'device-2': 'gateway-2' },
      profiles: { 'device-3': 'raspberry-pi' },
      models: { 'device-4': 'tiny-mlp' },
      off: ['device-3', 'link:gateway-2'],
      figures: { 'device-2': { uplink: 50 }, 'kind:esp32': { battery: 100, latency: 3 }, cloud: { computeRate: 1000 } },
    },
  },
].map((each) => JSON.stringify(each, null, 1));

/** Texts in place of JSON values; some are no valid JSON. */
const oddValues: readonly string[] = [
  ...[
    'null',
    'true',
    '""',
    '[]',
    '{}',
    '[[]]',
    '[null]',
    '{"a":1}',
    '-0',
    '0',
    '-1',
    '0.5',
    '1e308',
    '1e999',
    '-1e999',
  ],
  ...['NaN', 'Infinity', '0x10', '01', '.5', '1.', '1e', '+1', "'a'", 'undefined', '9007199254740993', '4294967296'],
  ...['"\\u0000"', '"\\u001b[31m"', '"a\\nb"', '"\\ud83d"', '"\\u202e"', '"constructor"', '"__proto__"', '"toString"'],
  ...[
    '"device-1"',
    '"gateway-1"',
    '"cloud"',
    '"fog-999999"',
    '"device-0"',
    '"device-1000000"',
    '"kind:esp32"',
    '"sync"',
  ],
];

const oddKeys = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  'a\nb',
  '\u001b[2J',
  'x'.repeat(5000),
  '0',
];

const pick = <Each>(list: readonly Each[], rng: Rng): Each => list[rng.integer(list.length)];

/** Every object and list within a value, itself included. */
function branches(value: Json): (Json[] | { [key: string]: Json })[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(branches)];
}

/** A placeholder for text that JSON.stringify would not write. */
const PLACEHOLDER = '@placeholder@';
const fillPlaceholder = (value: Json, text: string): string =>
  JSON.stringify(value).replace(`"${PLACEHOLDER}"`, () => text);

function replaced(value: Json, text: string, rng: Rng): string {
  const branch = pick(branches(value), rng) as { [key: string]: Json };
  const keys = Object.keys(branch);
  branch[keys.length === 0 ? 'a' : pick(keys, rng)] = PLACEHOLDER;
  return fillPlaceholder(value, text);
}

const nested = (depth: number, rng: Rng): string =>
  rng.uniform() < 0.5 ? `${'['.repeat(depth)}1${']'.repeat(depth)}` : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

function atSetting(path: string, text: string): string {
  const keys = path.split('.');
  return `${keys.map((key) => `{"${key}":`).join('')}${text}${'}'.repeat(keys.length)}`;
}

function aroundRange(path: string, rng: Rng): string {
  const setting = settings.get(path);
  if (setting?.kind !== 'number') return pick(oddValues, rng);
  const { min, max } = setting;
  return String(pick([min, max, min - 1, max + 1, min - 1e-9, max + 1e-9, -max, (min + max) / 2, max * 1e30], rng));
}

type Mutation = (base: string, rng: Rng) => string | Uint8Array;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const mutations: readonly Mutation[] = [
  // Bytes, as a bad disk or a wrong encoding makes them.
  (base, rng) => {
    const bytes = bytesOf(base);
    for (let hits = 1 + rng.integer(5); hits > 0; hits--) bytes[rng.integer(bytes.length)] = rng.integer(256);
    return bytes;
  },
  (base, rng) => base.slice(0, rng.integer(base.length)),
  (base, rng) => {
    const at = rng.integer(base.length);
    return base.slice(0, at) + base.slice(rng.integer(at + 1), at) + base.slice(at);
  },
  (base, rng) => {
    const at = rng.integer(base.length);
    return (
      base.slice(0, at) + pick([',', '}', ']', '"', '\u0000', '\u001b[31m', '\u2028', '//', '1'], rng) + base.slice(at)
    );
  },
  (base) => `\uFEFF${base}`,
  (base) => Uint8Array.from(Buffer.from(base, 'utf16le')),
  // Values and keys, as a person or a program writes them.
  (base, rng) => replaced(JSON.parse(base), pick(oddValues, rng), rng),
  (base, rng) => replaced(JSON.parse(base), nested(1 + rng.integer(6000), rng), rng),
  (base, rng) => replaced(JSON.parse(base), `[${new Array(rng.integer(2000)).fill(pick(oddValues, rng)).join()}]`, rng),
  (base, rng) => {
    const value: Json = JSON.parse(base);
    const branch = pick(branches(value), rng);
    Object.defineProperty(branch, pick(oddKeys, rng), {
      value: PLACEHOLDER,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return fillPlaceholder(value, pick(oddValues, rng));
  },
  (base, rng) => {
    const value: Json = JSON.parse(base);
    const branch = pick(branches(value), rng) as { [key: string]: Json };
    const keys = Object.keys(branch);
    if (keys.length > 0) delete branch[pick(keys, rng)];
    return JSON.stringify(value);
  },
  (base, rng) => {
    const value: Json = JSON.parse(base);
    const [one, other] = [pick(branches(value), rng), pick(branches(value), rng)] as { [key: string]: Json }[];
    const keys = Object.keys(one);
    if (keys.length > 0) other[pick([...Object.keys(other), 'a'], rng)] = structuredClone(one[pick(keys, rng)]);
    return JSON.stringify(value);
  },
  (_base, rng) => {
    const path = pick([...settings.keys()], rng);
    return atSetting(path, rng.uniform() < 0.6 ? aroundRange(path, rng) : pick(oddValues, rng));
  },
  (_base, rng) => {
    const path = pick([...settings.keys()], rng);
    return atSetting(`${path}.${pick(oddKeys.slice(0, 4), rng)}`, pick(oddValues, rng));
  },
  (_base, rng) => {
    const count = rng.integer(3000);
    const tier = pick(['device', 'gateway', 'fog'], rng);
    const parent = pick(['gateway-1', 'fog-1', 'cloud'], rng);
    const from = rng.integer(999_999);
    const added = Array.from({ length: count }, (_, i) => ({ id: `${tier}-${from + i}`, parent }));
    return JSON.stringify({ fleet: { added, removed: rng.uniform() < 0.5 ? added.map(({ id }) => id) : [] } });
  },
];

/** One mutated file; some mutations leave the file valid. */
export function mutatedFile(rng: Rng): Uint8Array {
  const made = pick(mutations, rng)(pick(bases, rng), rng);
  return typeof made === 'string' ? bytesOf(made) : made;
}
