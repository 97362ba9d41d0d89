// Broken experiment files written by hand: the content of each, and what its error message must contain.

import { settings } from '../../sim/experiment/experiment.ts';
import { deviceFigures } from '../../sim/fleet/figures.ts';

export interface HandwrittenFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Part of the error message, or several separated by |, of which one must be in it; null if the file is valid. */
  readonly expected: string | null;
}

type Row = readonly [content: string | Uint8Array, expected: string | null, name?: string];

const repeated = (text: string, count: number, separator = ','): string => new Array(count).fill(text).join(separator);
const nestedLists = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const nestedObjects = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const at = (path: string, text: string): string => {
  const keys = path.split('.');
  return `${keys.map((key) => `{"${key}":`).join('')}${text}${'}'.repeat(keys.length)}`;
};
const fleet = (text: string): string => `{"fleet":${text}}`;
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const numbered = (count: number, make: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join();

/** Files that contain no JSON object. */
const texts: readonly Row[] = [
  ['', 'is empty'],
  [' \n\t ', 'is empty'],
  ['\uFEFF', 'is empty'],
  ['\uFEFF{}', null],
  ['\uFEFF\uFEFF{}', 'is not JSON'],
  ['{}', null],
  ['{}\n\n', null],
  ['{', 'is not JSON'],
  ['}', 'is not JSON'],
  ['{}{}', 'is not JSON'],
  ['[]', 'must hold one JSON object'],
  ['[{}]', 'must hold one JSON object'],
  ['null', 'must hold one JSON object'],
  ['1', 'must hold one JSON object'],
  ['"rounds"', 'must hold one JSON object'],
  ['true', 'must hold one JSON object'],
  ['rounds: 3', 'is not JSON'],
  ['{rounds: 3}', 'is not JSON'],
  ["{'rounds': 3}", 'is not JSON'],
  ['{"rounds": 3,}', 'is not JSON'],
  ['{"rounds": 03}', 'is not JSON'],
  ['{"rounds": 0x3}', 'is not JSON'],
  ['{"rounds": 3.}', 'is not JSON'],
  ['{"rounds": .3}', 'is not JSON'],
  ['{"rounds": +3}', 'is not JSON'],
  ['{"rounds": NaN}', 'is not JSON'],
  ['{"rounds": Infinity}', 'is not JSON'],
  ['{"rounds": 1_000}', 'is not JSON'],
  ['{"rounds": 3 // three\n}', 'is not JSON'],
  ['{"rounds": 3} trailing', 'is not JSON'],
  ['{"rou\nnds": 3}', 'is not JSON'],
  ['{"rounds": "\u0001"}', 'is not JSON'],
  ['{"model": {"kind": "\\x"}}', 'is not JSON'],
  ['\u001b[31m{}', 'is not JSON'],
  ['\u2028{}', 'is not JSON'],
  ['\u0000', 'is not JSON'],
  ['<!doctype html><p>Not found', 'is not JSON'],
  ['rounds,seed\n3,1\n', 'is not JSON'],
  [bytes(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00), 'is not UTF-8', 'UTF-16 with its mark'],
  [bytes(0x7b, 0x00, 0x7d, 0x00), 'is not JSON', 'UTF-16 without its mark'],
  [bytes(0xfe, 0xff, 0x00, 0x7b), 'is not UTF-8', 'UTF-16, big end first'],
  [bytes(0x7b, 0x22, 0xe4, 0x22, 0x7d), 'is not UTF-8', 'Latin-1'],
  [bytes(0x7b, 0xc0, 0x80, 0x7d), 'is not UTF-8', 'an overlong zero'],
  [bytes(0xed, 0xa0, 0x80), 'is not UTF-8', 'half a surrogate pair'],
  [bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), 'is not UTF-8', 'gzip'],
  [bytes(0x50, 0x4b, 3, 4), 'is not JSON', 'zip'],
  [bytes(0x89, 0x50, 0x4e, 0x47), 'is not UTF-8', 'PNG'],
  [nestedLists(6000), 'must hold one JSON object', '6,000 lists'],
  [nestedLists(1_000_000), 'must hold one JSON object', 'a million lists'],
  [nestedObjects(100_000), 'There is no setting|nests too deep', '100,000 objects'],
  ['['.repeat(100_000), 'is not JSON', '100,000 open brackets'],
  [`{"a":"${'x'.repeat(4_900_000)}"}`, 'There is no setting "a"', 'a text of 4.9 MB'],
  [`{"${'x'.repeat(4_900_000)}":1}`, 'There is no setting "xxx', 'a key of 4.9 MB'],
  [`${' '.repeat(4_999_998)}{}`, null, '5 MB exactly'],
  [`${' '.repeat(4_999_999)}{}`, 'is larger than 5 MB', 'a byte over 5 MB'],
  [`{"fleet":{"mix":[${repeated('"x"', 1_500_000)}]}}`, 'is larger than 5 MB', 'a mix of 6 MB'],
  [`{${numbered(25_010, (i) => `"a${i}":1`)}}`, 'entries; at most 25,000 are possible', '25,010 settings'],
  [`{${numbered(24_990, (i) => `"a${i}":1`)}}`, 'There is no setting "a0"', '24,990 settings'],
];

/** Versions of the schema: of old files, of a newer program's, and of none. */
const versions: readonly Row[] = [
  ['{"version":1}', null],
  ['{"version":2}', null],
  ['{"aggregation":{"gateway":"uniform"}}', null],
  ['{"version":1,"families":{"samples":64}}', null],
  ['{"version":2,"families":{"samples":64}}', 'There is no setting "families.samples"'],
  ['{"version":1,"families":{"samples":1}}', 'families.publicSamples (families.samples in version 1) must be'],
  ['{"version":3}', 'a newer Fogline wrote this experiment'],
  ['{"version":0}', 'version must be a whole number'],
  ['{"version":1.5}', 'version must be a whole number'],
  ['{"version":1e400}', 'version must be a whole number'],
  ['{"version":"1"}', 'version must be a whole number'],
  ['{"version":null}', 'version must be a whole number'],
  ['{"version":[1]}', 'version must be a whole number'],
];

/** Names that do not exist, or that are properties of every JavaScript object. */
const names: readonly Row[] = [
  ...[
    'constructor',
    'toString',
    'valueOf',
    'hasOwnProperty',
    '__defineGetter__',
    'Rounds',
    'rounds ',
    'round',
    '',
  ].flatMap((key): Row[] => [
    [`{"${key}":1}`, `There is no setting "${key}`],
    [`{"training":{"${key}":1}}`, `There is no setting "training.${key}`],
    [fleet(`{"figures":{"device-1":{"${key}":1}}}`), `has no figure "${key}"`],
    [fleet(`{"figures":{"${key}":{}}}`), 'must be a node id, or kind: and a profile'],
    [fleet(`{"profiles":{"device-1":"${key}"}}`), 'is not a device profile'],
    [fleet(`{"models":{"device-1":"${key}"}}`), 'fleet.models.device-1'],
    [`{"model":{"kind":"${key}"}}`, 'model.kind must be one of'],
    [`{"compression":{"device":{"quantise":"${key}"}}}`, 'compression.device.quantise must be one of'],
  ]),
  ...[
    '',
    'training.',
    'fleet.',
    'compression.device.',
    'fleet.parents.',
    'fleet.profiles.',
    'fleet.models.',
    'fleet.figures.',
  ].map((path): Row => [at(`${path}__proto__`, '{"rounds":3}'), 'has a key "__proto__"']),
  [fleet('{"figures":{"device-1":{"__proto__":1}}}'), 'has a key "__proto__"'],
  [fleet('{"added":[{"__proto__":{},"id":"device-31","parent":"gateway-1"}]}'), 'has a key "__proto__"'],
];

/** Control characters that must not reach a terminal when a message quotes them. */
const unprintable: readonly Row[] = [
  '\\u001b[2J',
  '\\u0000',
  '\\n',
  '\\r\\n',
  '\\u0085',
  '\\u2028',
  '\\u202e',
  '\\ud800',
  '\\u007f',
].flatMap((text): Row[] => [
  [`{"${text}":1}`, 'There is no setting "\\u'],
  [`{"model":{"kind":"${text}"}}`, 'model.kind must be one of'],
  [`{"seed":"${text}"}`, 'seed must be a whole number'],
  [fleet(`{"mix":["${text}"]}`), 'is not a device profile'],
  [fleet(`{"parents":{"${text}":"gateway-1"}}`), 'must be a node id'],
  [fleet(`{"figures":{"device-1":{"${text}":1}}}`), 'has no figure "\\u'],
]);

const nesting: readonly Row[] = [
  'seed',
  'fleet',
  'fleet.mix',
  'fleet.figures',
  'fleet.added',
  'training',
  'model.kind',
  'data.ownGroup',
].flatMap((path): Row[] => [
  [at(path, nestedLists(6000)), `${path}.0`, `${path}, 6,000 lists`],
  [at(path, nestedObjects(6000)), `${path}.a`, `${path}, 6,000 objects`],
]);

const fleets: readonly Row[] = [
  ['{"fogs":8,"gatewaysPerFog":16,"devicesPerGateway":100}', 'fleet makes 12,800 devices'],
  ['{"mix":[]}', 'needs at least one profile'],
  [`{"mix":[${repeated('"x"', 200_000)}]}`, 'fleet.mix has 200,000 entries'],
  [`{"mix":[${repeated('"x"', 25_000)}]}`, 'fleet.mix.0: "x" is not a device profile'],
  [`{"mix":[${repeated('1', 25_000)}]}`, 'fleet.mix.0 must be a string'],
  [`{"mix":[${repeated('"esp32"', 25_000)}]}`, null],
  ['{"mix":"esp32"}', 'fleet.mix must be an array'],
  ['{"added":{}}', 'fleet.added must be an array'],
  ['{"added":[1]}', 'fleet.added.0 must be an object'],
  ['{"added":[{"id":"device-31"}]}', 'fleet.added.0.parent must be a string'],
  ['{"added":[{"id":"device-31","parent":"gateway-1","color":1}]}', 'There is no setting "fleet.added.0.color"'],
  ['{"added":[{"id":"cloud","parent":"cloud"}]}', 'cloud is there already'],
  ['{"added":[{"id":"device-1","parent":"gateway-1"}]}', 'device-1 is there already'],
  ['{"added":[{"id":"device-31","parent":"gateway-9"}]}', 'gateway-9, which is not in the fleet'],
  ['{"added":[{"id":"device-31","parent":"device-31"}]}', 'a device hangs under a gateway'],
  ['{"added":[{"id":"device-0","parent":"gateway-1"}]}', 'must be a node id'],
  ['{"added":[{"id":"device-1000000","parent":"gateway-1"}]}', 'must be a node id'],
  ['{"added":[{"id":"device-31","parent":"gateway-1","profile":"x"}]}', 'is not a device profile'],
  ['{"added":[{"id":"device-999999","parent":"gateway-1"}]}', null],
  [`{"added":[${numbered(25_001, (i) => `{"id":"gateway-${i + 4}","parent":"fog-1"}`)}]}`, 'has 25,001 entries'],
  [`{"added":[${numbered(998, (i) => `{"id":"gateway-${i + 4}","parent":"fog-1"}`)}]}`, '1,001 gateways'],
  [`{"added":[${numbered(997, (i) => `{"id":"gateway-${i + 4}","parent":"fog-1"}`)}]}`, null],
  [`{"added":[${numbered(100, (i) => `{"id":"fog-${i + 2}","parent":"cloud"}`)}]}`, '101 fog nodes'],
  [`{"added":[${numbered(9971, (i) => `{"id":"device-${i + 31}","parent":"gateway-1"}`)}]}`, '10,001 devices'],
  [
    `{"added":[${numbered(9971, (i) => `{"id":"device-${i + 31}","parent":"gateway-1"}`)}],"removed":[${numbered(9971, (i) => `"device-${i + 31}"`)}]}`,
    '10,001 devices, removed ones among them',
  ],
  ['{"removed":["device-31"]}', 'takes out device-31, which is not in the fleet'],
  ['{"removed":["device-1","device-1"]}', 'lists a node twice'],
  ['{"removed":["cloud"]}', 'takes out cloud'],
  ['{"removed":["gateway-1"]}', 'which is not in the fleet'],
  ['{"fogs":1,"gatewaysPerFog":1,"devicesPerGateway":1,"removed":["device-1"]}', 'has no device left'],
  ['{"parents":{"device-1":"device-1"}}', 'a device hangs under a gateway'],
  ['{"parents":{"gateway-1":"gateway-1"}}', 'a gateway hangs under a fog'],
  ['{"parents":{"cloud":"fog-1"}}', 'fleet.parents moves cloud'],
  ['{"parents":{"device-99":"gateway-1"}}', 'moves device-99'],
  ['{"parents":[]}', 'fleet.parents must be a record'],
  ['{"profiles":{"gateway-1":"esp32"}}', 'must be a device id'],
  ['{"profiles":{"device-99":"esp32"}}', 'changes device-99'],
  ['{"models":{"device-99":"tiny-mlp"}}', 'names device-99'],
  ['{"models":{"device-1":"resnet"}}', 'fleet.models.device-1'],
  ['{"off":["cloud"]}', 'must be a node or a link'],
  ['{"off":["link:cloud"]}', 'must be a node or a link'],
  ['{"off":["device-99"]}', 'switches off device-99'],
  ['{"off":[1]}', 'fleet.off.0 must be a string'],
  ['{"figures":{"device-99":{"uplink":1}}}', 'edits device-99'],
  ['{"figures":{"kind:toaster":{"uplink":1}}}', 'edits kind:toaster'],
  ['{"figures":{"gateway-1":{"battery":1}}}', 'has no figure "battery"'],
  ['{"figures":{"device-1":{"uplink":"1"}}}', 'fleet.figures.device-1.uplink must be a number'],
  ['{"figures":{"device-1":{"uplink":null}}}', 'fleet.figures.device-1.uplink must be a number'],
  ['{"figures":{"device-1":{"uplink":1e999}}}', 'fleet.figures.device-1.uplink must be a number'],
  ['{"figures":{"device-1":1}}', 'fleet.figures.device-1 must be a record'],
].map(([text, expected]): Row => [fleet(String(text)), expected ?? null]);

/** Every figure, and every setting, with a value that it cannot have. */
const figures = Object.keys(deviceFigures).map(
  (figure): Row => [
    fleet(`{"figures":{"device-1":{"${figure}":-1}}}`),
    `fleet.figures.device-1.${figure} must be from`,
  ],
);
const values = [...settings].flatMap(([path, setting]): Row[] => {
  switch (setting.kind) {
    case 'number':
      return [[at(path, String(setting.max * 2 + 1)), `${path} must be a`]];
    case 'choice':
      return [[at(path, '"nothing"'), `${path} must be one of`]];
    case 'toggle':
      return [[at(path, '1'), `${path} must be true or false`]];
    default:
      return [[at(path, '1'), `${path} must be a`]];
  }
});

export const handwrittenFiles: readonly HandwrittenFile[] = [
  ...texts,
  ...versions,
  ...names,
  ...unprintable,
  ...nesting,
  ...fleets,
  ...figures,
  ...values,
].map(([content, expected, name]) => ({
  name: name ?? (typeof content === 'string' ? JSON.stringify(content).slice(0, 80) : 'bytes'),
  content,
  expected,
}));
