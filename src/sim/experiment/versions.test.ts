import { describe, expect, it } from 'vitest';
import { changesBetween } from './edits.ts';
import { defaultExperiment, settings } from './experiment.ts';
import { ExperimentError, parseExperiment } from './parse-experiment.ts';
import { pathIn, toExperimentFile, upgradeExperiment, upgradePath, VERSION, withFileVersion } from './versions.ts';

const refusal = (input: unknown): ExperimentError => {
  try {
    parseExperiment(input);
  } catch (error) {
    if (error instanceof ExperimentError) return error;
    throw error;
  }
  throw new Error(`Not refused: ${JSON.stringify(input)}`);
};

/** Every name that version 1 had and the present one has not, with a value other than the default. */
const old = {
  aggregation: { gateway: 'uniform', upper: 'uniform', bufferWeights: 'samples', mode: 'fed-buff' },
  families: { samples: 512, distil: false },
};

describe('an experiment of version 1', () => {
  it('is upgraded, and is what the present names make', () => {
    const present = parseExperiment({
      aggregation: {
        gatewayAggregator: 'uniform',
        upperAggregator: 'uniform',
        bufferAggregator: 'samples',
        mode: 'fed-buff',
      },
      families: { publicSamples: 512, distil: false },
    });
    expect(parseExperiment({ version: 1, ...old })).toEqual(present);
    expect(parseExperiment(withFileVersion(old))).toEqual(present);
    expect(changesBetween(defaultExperiment, present)).toHaveLength(6);
  });

  it('is not changed itself', () => {
    const before = structuredClone(old);
    upgradeExperiment({ version: 1, ...old });
    expect(old).toEqual(before);
  });

  it('may use the present names already: a file that says no version is not refused for them', () => {
    const { families } = parseExperiment(withFileVersion({ families: { publicSamples: 128 } }));
    expect(families.publicSamples).toBe(128);
  });

  it('is refused with its own name of a setting beside the present one', () => {
    expect(refusal({ version: 1, families: { samples: 1 } }).message).toBe(
      'families.publicSamples (families.samples in version 1) must be a whole number from 32 to 2048, not 1.',
    );
    // Two names of one setting: which of them is meant is not for the program to guess.
    expect(refusal({ version: 1, families: { samples: 64, publicSamples: 128 } }).message).toMatch(
      /^There is no setting "families\.samples"/,
    );
  });

  it('with sections that are none is refused in a sentence, as any other', () => {
    for (const families of [null, 7, 'x', [], [1]])
      expect(refusal({ version: 1, families }).message).toMatch(/^families must be an object, not /);
  });
});

describe('a version', () => {
  it('may be left out or named: an input without one is of the present version', () => {
    expect(parseExperiment({ version: VERSION })).toEqual(defaultExperiment);
    expect(refusal(old).message).toMatch(/^There is no setting "families\.samples"/);
    expect(refusal({ version: VERSION, ...old }).message).toMatch(/^There is no setting "families\.samples"/);
  });

  it.each([
    [VERSION + 1, `version is ${VERSION + 1}: a newer Fogline wrote this experiment; this one reads versions 1 to 2.`],
    [1e9, 'version is 1000000000: a newer Fogline wrote this experiment; this one reads versions 1 to 2.'],
    [0, 'version must be a whole number from 1 to 2, not 0.'],
    [-1, 'version must be a whole number from 1 to 2, not -1.'],
    [1.5, 'version must be a whole number from 1 to 2, not 1.5.'],
    ['2', 'version must be a whole number from 1 to 2, not "2".'],
    ['\u001b[2J', 'version must be a whole number from 1 to 2, not "\\u001b[2J".'],
    [null, 'version must be a whole number from 1 to 2, not null.'],
    [{}, 'version must be a whole number from 1 to 2, not this value.'],
    [true, 'version must be a whole number from 1 to 2, not true.'],
  ])('of %j is refused in a sentence', (version, message) => {
    expect(refusal({ version }).message).toBe(message);
    expect(refusal({ version }).setting).toBe('version');
  });
});

it('a file of an experiment says its version, and reads back as the same experiment', () => {
  const experiment = parseExperiment({ seed: 7, aggregation: { gatewayAggregator: 'uniform' } });
  const file: unknown = JSON.parse(JSON.stringify(toExperimentFile(experiment)));
  expect(file).toMatchObject({ version: VERSION, seed: 7 });
  expect(parseExperiment(file)).toEqual(experiment);
});

it('paths are upgraded and named back, and each leads to a setting', () => {
  expect(upgradePath('aggregation.gateway', 1)).toBe('aggregation.gatewayAggregator');
  expect(upgradePath('aggregation.gatewayRounds', 1)).toBe('aggregation.gatewayRounds');
  expect(pathIn(1, 'families.publicSamples')).toBe('families.samples');
  for (const path of settings.keys()) {
    expect(upgradePath(pathIn(1, path), 1)).toBe(path);
    expect(upgradePath(path, VERSION)).toBe(path);
  }
});
