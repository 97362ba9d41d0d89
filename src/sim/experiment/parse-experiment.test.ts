import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceFigures } from '../fleet/figures.ts';
import { modelKinds } from '../model/models.ts';
import { defaultExperiment, settings } from './experiment.ts';
import { ExperimentError, parseExperiment } from './parse-experiment.ts';

const refusal = (input: unknown): ExperimentError => {
  try {
    parseExperiment(input);
  } catch (error) {
    if (error instanceof ExperimentError) return error;
    throw error;
  }
  throw new Error(`Not refused: ${JSON.stringify(input)}`);
};

describe('parseExperiment', () => {
  it('fills in every default', () => {
    expect(parseExperiment({})).toEqual(defaultExperiment);
    expect(parseExperiment({ training: { localEpochs: 3 } }).training).toEqual({
      ...defaultExperiment.training,
      localEpochs: 3,
    });
  });

  it.each([
    [{ training: { learningRate: 5 } }, 'training.learningRate must be a number from 0.0001 to 1, not 5.'],
    [{ training: { localEpochs: 1.5 } }, 'training.localEpochs must be a whole number from 1 to 20, not 1.5.'],
    [{ training: { localEpochs: '3' } }, 'training.localEpochs must be a whole number from 1 to 20, not "3".'],
    [{ model: { kind: 'resnet' } }, `model.kind must be one of ${modelKinds.join(', ')}, not "resnet".`],
    [
      { families: { assignment: 'by-rule' }, fleet: { models: { 'device-2': 'logistic-regression' } } },
      'fleet.models: device-2 takes logistic-regression, and the families are of tiny-mlp and micro-cnn.',
    ],
    [{ data: { ownGroup: 'yes' } }, 'data.ownGroup must be true or false, not "yes".'],
    [
      { fleet: { figures: { 'device-1': { uplink: -1 } } } },
      'fleet.figures.device-1.uplink must be from 0.1 to 10000000 kbit/s, not -1.',
    ],
    [
      { fleet: { added: [{ id: 'device-1', parent: 'gateway-1' }] } },
      'fleet.added: device-1 is there already; give the new node another number.',
    ],
    [{ fleet: { removed: ['gateway-1'] } }, 'fleet: device-1 hangs under gateway-1, which is not in the fleet.'],
    [
      { fleet: { parents: { 'device-1': 'fog-1' } } },
      'fleet: device-1 hangs under fog-1; a device hangs under a gateway.',
    ],
    [{ fleet: { mix: ['toaster'] } }, /^fleet\.mix\.0: "toaster" is not a device profile; known are esp32, /],
    [
      { fleet: { figures: { cloud: { computeRate: 1e6, memory: 1 } } } },
      'fleet.figures.cloud has no figure "memory"; known are computeRate, uplink, downlink, latency, loss.',
    ],
    [
      { fleet: { figures: { 'gateway-1': { computeRate: 0.01 } } } },
      'fleet.figures.gateway-1.computeRate must be from 1 to 10000000 MMAC/s, not 0.01.',
    ],
    [
      { fleet: { figures: { 'device-999': { uplink: 1 } } } },
      'fleet.figures edits device-999, which is not in the fleet.',
    ],
    [{ fleet: { off: ['device-999'] } }, 'fleet.off switches off device-999, which is not in the fleet.'],
    [{ fleet: { removed: ['device-3', 'device-3'] } }, 'fleet.removed lists a node twice.'],
    [
      { fleet: { parents: { foo: 'fog-1' } } },
      'fleet.parents.foo: "foo" must be a node id such as device-7 or gateway-2.',
    ],
    [{ rounds: Number.POSITIVE_INFINITY }, 'rounds must be a whole number from 1 to 10000, not Infinity.'],
    // What every object inherits is neither a setting nor a figure.
    [
      { fleet: { figures: { 'gateway-1': { constructor: 1 } } } },
      /^fleet\.figures\.gateway-1 has no figure "constructor"; known are computeRate, /,
    ],
    [
      { fleet: { figures: { 'device-1': { toString: 1 } } } },
      /^fleet\.figures\.device-1 has no figure "toString"; known are computeRate, /,
    ],
    [{ constructor: {} }, /^There is no setting "constructor"; known here are seed, /],
    [{ training: { valueOf: 1 } }, /^There is no setting "training\.valueOf"; known here are learningRate, /],
    [
      { fleet: { profiles: { 'device-1': 'constructor' } } },
      /^fleet\.profiles\.device-1: "constructor" is not a device/,
    ],
    [
      { fleet: { figures: { 'kind:constructor': {} } } },
      'fleet.figures edits kind:constructor, which is not in the fleet.',
    ],
    ...(['parents', 'profiles', 'models', 'figures'] as const).map((record): [object, string] => [
      JSON.parse(`{"fleet":{"${record}":{"__proto__":{}}}}`),
      `fleet.${record} has a key "__proto__", which names nothing.`,
    ]),
    [JSON.parse('{"__proto__":{"rounds":3}}'), 'experiment has a key "__proto__", which names nothing.'],
    [
      JSON.parse('{"fleet":{"figures":{"device-1":{"__proto__":3}}}}'),
      'fleet.figures.device-1 has a key "__proto__", which names nothing.',
    ],
    [JSON.parse('{"training":{"__proto__":3}}'), 'training has a key "__proto__", which names nothing.'],
    // What cannot be printed is written as an escape.
    [{ model: { kind: 'a\n\u001b[31m' } }, /^model\.kind must be one of .*, not "a\\n\\u001b\[31m"\.$/],
    [{ 'two\nlines': 1 }, /^There is no setting "two\\u000alines"; known/],
    [{ fleet: { off: ['\u202e\u0085'] } }, /^fleet\.off\.0: "\\u202e\\u0085" must be a node or a link/],
    [{ fleet: { parents: { '\u001b': 'x' } } }, /^fleet\.parents\.\\u001b: "\\u001b" must be a node id/],
    // Devices that were removed were still dealt data.
    [
      {
        fleet: {
          added: Array.from({ length: 9971 }, (_, i) => ({ id: `device-${i + 31}`, parent: 'gateway-1' })),
          removed: Array.from({ length: 9971 }, (_, i) => `device-${i + 31}`),
        },
      },
      'fleet.added makes 10,001 devices, removed ones among them; at most 10,000 are possible.',
    ],
    [
      { fleet: { added: Array.from({ length: 998 }, (_, i) => ({ id: `gateway-${i + 4}`, parent: 'fog-1' })) } },
      'fleet.added makes 1,001 gateways, removed ones among them; at most 1,000 are possible.',
    ],
    [
      { fleet: { added: Array.from({ length: 100 }, (_, i) => ({ id: `fog-${i + 2}`, parent: 'cloud' })) } },
      'fleet.added makes 101 fog nodes, removed ones among them; at most 100 are possible.',
    ],
    [{ fleet: { mix: new Array(200_000).fill('x') } }, 'fleet.mix has 200,000 entries; at most 25,000 are possible.'],
    [[], 'The experiment must be an object, not [].'],
  ])('refuses %j with one sentence', (input, message) => {
    const text = refusal(input).message;
    if (typeof message === 'string') expect(text).toBe(message);
    else expect(text).toMatch(message);
  });

  it.each(['seed', 'fleet.mix', 'fleet.figures', 'training', 'fleet.added', 'compression.device'])(
    'refuses %s that nests 100,000 levels deep, in lists or in records',
    (path) => {
      const nested = (inner: unknown) =>
        path.split('.').reduceRight<unknown>((value, key) => ({ [key]: value }), inner);
      let [list, record]: [unknown, unknown] = [[], {}];
      for (let depth = 0; depth < 100_000; depth++) [list, record] = [[list], { a: record }];
      const begin = path.replaceAll('.', '\\.');
      expect(refusal(nested(list)).message).toMatch(new RegExp(`^${begin}(\\.0)+ nests too deep; .*\\.$`));
      expect(refusal(nested(record)).message).toMatch(new RegExp(`^${begin}(\\.a)+ nests too deep; .*\\.$`));
    },
  );

  it('takes a fleet of 10,000 devices with every figure of each edited by hand', () => {
    const figures = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [
        `device-${i + 1}`,
        Object.fromEntries(Object.entries(deviceFigures).map(([figure, { max }]) => [figure, max])),
      ]),
    );
    const fleet = { fogs: 1, gatewaysPerFog: 100 / 10, devicesPerGateway: 100, figures };
    const added = Array.from({ length: 9000 }, (_, i) => ({ id: `device-${i + 1001}`, parent: 'gateway-1' }));
    expect(Object.keys(parseExperiment({ fleet: { ...fleet, added } }).fleet.figures)).toHaveLength(10_000);
  });

  it('names an unknown setting and what is known there', () => {
    const error = refusal({ training: { epochs: 3 } });
    expect(error.setting).toBe('training.epochs');
    expect(error.message).toBe(
      `There is no setting "training.epochs"; known here are ${Object.keys(defaultExperiment.training).join(', ')}.`,
    );
  });

  it('refuses a fleet of more than ten thousand devices', () => {
    expect(refusal({ fleet: { fogs: 8, gatewaysPerFog: 16, devicesPerGateway: 100 } }).message).toContain(
      '12,800 devices',
    );
  });

  it('refuses any number out of range with a sentence that names the setting', () => {
    for (const [path, setting] of settings) {
      if (setting.kind !== 'number') continue;
      const nested = (value: number) => path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
      for (const value of [setting.min - 1, setting.max + 1, Number.NaN]) {
        expect(refusal(nested(value)).message).toMatch(new RegExp(`^${path.replaceAll('.', '\\.')} must be`));
      }
    }
  });

  it('answers anything at all with an experiment or a sentence', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        try {
          parseExperiment(input);
        } catch (error) {
          expect(error).toBeInstanceOf(ExperimentError);
          expect((error as Error).message).toMatch(/^\S[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{0,998}\.$/u);
        }
      }),
    );
  });
});

describe('settings', () => {
  it('each has a label, one line of help and a default that is allowed', () => {
    for (const [path, setting] of settings) {
      expect(setting.label, path).not.toBe('');
      expect(setting.help, path).toMatch(/^[A-Z“].*\.$/s);
      if (setting.kind === 'number') {
        expect(setting.default, path).toBeGreaterThanOrEqual(setting.min);
        expect(setting.default, path).toBeLessThanOrEqual(setting.max);
      }
    }
    expect(settings.size).toBeGreaterThan(30);
  });
});
