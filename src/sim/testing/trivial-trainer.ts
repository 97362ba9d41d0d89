// A learner for tests: it moves every weight half-way to a target that depends on the device's data alone, so that the whole
// hierarchy, its energy and its bytes run in milliseconds and every average can be checked by hand.

import { sampleCount } from '../data/dataset.ts';
import { CLASSES, FEATURES } from '../model/models.ts';
import type { LocalTrainer } from '../trainer.ts';

export const trivialTrainer: LocalTrainer = {
  backend: 'trivial',
  train: async ({ members, batchSize }) =>
    members.map(({ data, start, epochs, mask }) => {
      const target = data.features[0];
      const steps = Math.ceil(sampleCount(data) / batchSize) * epochs;
      const distance = start.reduce((sum, weight) => sum + Math.abs(weight - target), 0) / start.length;
      return {
        weights: start.map((weight, i) => (mask?.[i] === 0 ? weight : weight + (target * Math.sin(i) - weight) / 2)),
        loss: distance,
        accuracy: 1 / (1 + distance),
        steps,
        stepLosses: new Float32Array(steps).fill(distance),
      };
    }),
  evaluate: async (_model, weights, data) => {
    const loss = weights.reduce((sum, weight) => sum + Math.abs(weight), 0) / weights.length;
    const confusion = new Uint32Array(CLASSES * CLASSES);
    for (const label of data.labels) confusion[label * CLASSES]++;
    return { loss, accuracy: 1 / (1 + loss), confusion };
  },
  // Its first weights are the logits, whatever the sample.
  predict: async (_model, weights, features, temperature) => {
    const powers = Array.from(weights.subarray(0, CLASSES), (weight) => Math.exp(weight / temperature));
    const total = powers.reduce((sum, power) => sum + power, 0);
    const samples = features.length / FEATURES;
    return Float32Array.from({ length: samples * CLASSES }, (_, at) => powers[at % CLASSES] / total);
  },
  // It moves the logits along the gap between the teacher's mean and its own prediction: who agrees already stays.
  distil: async ({ model, start, features, teacher, temperature }) => {
    const own = await trivialTrainer.predict(model, start, features, temperature);
    const samples = features.length / FEATURES;
    const weights = start.slice();
    let loss = 0;
    teacher.forEach((probability, at) => {
      const gap = (probability - own[at]) / samples;
      weights[at % CLASSES] += (temperature * gap) / 2;
      loss += temperature ** 2 * Math.abs(gap);
    });
    return { weights, loss };
  },
};
