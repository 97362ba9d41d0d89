import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import { tinyMlp } from '../testing/models.ts';
import { trainingMemory } from './memory.ts';
import { profileOf, profiles } from './profiles/index.ts';
import { canStore, requiredStorage, type StorageInput, storageInput, storageOf, storageParts } from './storage.ts';
import { buildTopology } from './topology.ts';

const board = { storage: 256, firmware: 50 };
const plain: StorageInput = {
  parameters: 1765,
  left: 1765,
  bits: 32,
  samples: 100,
  features: 16,
  wholeParameters: 1765,
  errorFeedback: false,
  momentumCorrection: false,
  optimiserState: 0,
  clientState: 0,
};

describe('storage', () => {
  it('holds firmware, the model in its bits, and samples of 32 bits a feature and a byte for the label', () => {
    expect(storageOf(board)).toBe(262_144);
    expect(storageParts(board, plain)).toEqual({
      firmware: 131_072,
      model: 7060,
      samples: 6500,
      feedback: 0,
      optimiser: 0,
      strategy: 0,
    });
    expect(requiredStorage(board, plain)).toBe(131_072 + 7060 + 6500);
    expect(storageParts(board, { ...plain, bits: 8 }).model).toBe(1765);
    expect(storageParts(board, { ...plain, bits: 2 }).model).toBe(442);
  });

  it('holds a residual with error feedback, and a velocity as long with momentum correction', () => {
    const feedback = { ...plain, errorFeedback: true };
    expect(storageParts(board, feedback).feedback).toBe(7060);
    expect(storageParts(board, { ...feedback, momentumCorrection: true }).feedback).toBe(2 * 7060);
    expect(storageParts(board, { ...plain, optimiserState: 1 }).optimiser).toBe(7060);
    expect(storageParts(board, { ...plain, clientState: 1 }).strategy).toBe(7060);
  });

  it('holds a pruned model as the weights that are left and a bit for each, or whole where that is less', () => {
    // 180 × 32 + 1,765 bits, and 1,760 × 32 + 1,765 against 1,765 × 32.
    expect(storageParts(board, { ...plain, left: 180 }).model).toBe(Math.ceil((180 * 32 + 1765) / 8));
    expect(storageParts(board, { ...plain, left: 1760 }).model).toBe(7060);
  });
});

describe('what an experiment asks a device to store', () => {
  const held = { samples: 100, round: 1 };
  const stored = (settings: object, round = 1) =>
    storageInput('tiny-mlp', parseExperiment(settings), { ...held, round });

  it('is the model in the bits of the downlink; differences are added up in 32 bits', () => {
    expect(stored({}).bits).toBe(32);
    expect(stored({ compression: { down: { quantise: 'int8' } } }).bits).toBe(8);
    expect(stored({ compression: { down: { quantise: 'int8', difference: true } } }).bits).toBe(32);
  });

  it('is a sub-model’s weights, and of a pruned model what the round leaves', () => {
    expect(stored({ subModels: { keep: 0.5 } }).parameters).toBe(16 * 16 + 16 + 16 * 16 + 16 + 16 * 5 + 5);
    const pruning = { sparsity: 0.9, begin: 2, ramp: 0 };
    expect(stored({ pruning }, 1).left).toBe(1765);
    // Of 512, 1,024 and 160 weights a tenth; all 69 biases.
    expect(stored({ pruning }, 2).left).toBe(512 - 460 + 1024 - 921 + 160 - 144 + 69);
  });

  it('is error feedback’s residual of the whole model, sub-models or not', () => {
    const compression = { momentum: 0.9, device: { feedback: true } };
    expect(stored({ compression, subModels: { keep: 0.5 } })).toMatchObject({
      wholeParameters: 1765,
      errorFeedback: true,
      momentumCorrection: true,
    });
    expect(stored({ compression: { momentum: 0.9 } }).momentumCorrection).toBe(false);
  });

  it('is nothing of the local optimiser: momentum’s velocity begins at 0 each round, and is in RAM', () => {
    expect(stored({ training: { momentum: 0.9 } })).toEqual(stored({}));
    const training = (momentum: number) => trainingMemory(tinyMlp(), { batchSize: 16, momentum });
    expect(training(0.9) - training(0)).toBe(7060);
  });

  it('fits every profile by default, an Uno’s 32 kB included, whose memory is what is too small', () => {
    for (const { id } of profiles) {
      const experiment = parseExperiment({ fleet: { mix: [id] } });
      const [device] = buildTopology(experiment.fleet).devices;
      expect([id, canStore(device, 'tiny-mlp', experiment, held)]).toEqual([id, true]);
    }
  });

  it('does not fit an Arduino Uno with 200 samples: 16 kB of program, 6.9 of model, 12.7 of samples', () => {
    const experiment = parseExperiment({ fleet: { mix: ['uno'] } });
    const [device] = buildTopology(experiment.fleet).devices;
    expect(canStore(device, 'tiny-mlp', experiment, { samples: 143, round: 1 })).toBe(true);
    expect(canStore(device, 'tiny-mlp', experiment, { samples: 144, round: 1 })).toBe(false);
  });
});

it('the tutorial’s four have 1 MB to 16 GB, as its table of constraints says', () => {
  const kilobytes = ['arduino', 'esp32', 'raspberry-pi', 'smartphone'].map((id) => profileOf(id).figures.storage.value);
  expect(kilobytes).toEqual([1024, 4096, 16 * 1024 ** 2, 16 * 1024 ** 2]);
});
