// A learner for tests: it moves every weight half-way to a target that depends on the device's data alone, so that the whole
// hierarchy, its energy and its bytes run in milliseconds and every average can be checked by hand.

import { sampleCount } from '../data/dataset.ts';
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
  evaluate: async ({ classes }, weights, data) => {
    const loss = weights.reduce((sum, weight) => sum + Math.abs(weight), 0) / weights.length;
    const confusion = new Uint32Array(classes * classes);
    for (const label of data.labels) confusion[label * classes]++;
    return { loss, accuracy: 1 / (1 + loss), confusion };
  },
  // Its first weights are the logits, whatever the sample.
  predict: async ({ features: width, classes }, weights, features, temperature) => {
    const powers = Array.from(weights.subarray(0, classes), (weight) => Math.exp(weight / temperature));
    const total = powers.reduce((sum, power) => sum + power, 0);
    const samples = features.length / width;
    return Float32Array.from({ length: samples * classes }, (_, at) => powers[at % classes] / total);
  },
  // It moves the logits along the gap between the teacher's mean and its own prediction: who agrees already stays.
  distil: async ({ model, start, features, teacher, temperature }) => {
    const own = await trivialTrainer.predict(model, start, features, temperature);
    const samples = features.length / model.features;
    const weights = start.slice();
    let loss = 0;
    teacher.forEach((probability, at) => {
      const gap = (probability - own[at]) / samples;
      weights[at % model.classes] += (temperature * gap) / 2;
      loss += temperature ** 2 * Math.abs(gap);
    });
    return { weights, loss };
  },
};
