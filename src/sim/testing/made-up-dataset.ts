// A data set of any shape, for tests: each class around a centre of its own, far enough apart to be learnt.

import { largestRemainder, sortedLabels } from '../data/class-counts.ts';
import type { Dataset, LabelledData } from '../data/dataset.ts';
import { namedTask, type TaskShape } from '../data/task.ts';
import type { Rng } from '../random.ts';

const TEST_SAMPLES = 200;

const named = (what: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${what} ${i + 1}`);

export function madeUpDataset(id: string, { features: width, classes }: TaskShape): Dataset {
  const mixOf = () => new Float64Array(classes).fill(1 / classes);
  const draw = (mix: Float64Array, samples: number, centres: Float32Array, rng: Rng): LabelledData => {
    const ordered = sortedLabels(largestRemainder(samples, mix));
    const labels = Uint8Array.from(rng.permutation(samples), (place) => ordered[place]);
    const features = Float32Array.from(
      { length: samples * width },
      (_, at) => centres[labels[Math.floor(at / width)] * width + (at % width)] + 0.5 * rng.normal(),
    );
    return { features, labels };
  };
  return {
    id,
    label: id,
    help: 'Made up, for a test.',
    settings: {},
    nature: 'simulated',
    source: { text: 'Made up' },
    task: namedTask(named('feature', width), named('class', classes)),
    groupName: 'device',
    async open({ rng }) {
      const around = rng.split('centres');
      // The first feature alone tells odd classes from even ones, so that one is enough for two.
      const centres = Float32Array.from({ length: classes * width }, (_, at) =>
        at % width === 0 ? 2 * (Math.floor(at / width) % 2) - 1 : 2 * around.normal(),
      );
      return {
        prior: mixOf(),
        samplesPerDeviceLimit: Number.POSITIVE_INFINITY,
        take: (device, { samples, mix }) => draw(mix, samples, centres, rng.split('device', device)),
        unlabelled: (samples) => draw(mixOf(), samples, centres, rng.split('public')).features,
        test: draw(mixOf(), TEST_SAMPLES, centres, rng.split('test')),
      };
    },
  };
}
