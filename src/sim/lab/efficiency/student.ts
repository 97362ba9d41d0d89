// A smaller model for small devices: at the end of a run a TinyMLP with fewer hidden units learns the global model's answers on
// public samples without labels (Hinton, Vinyals & Dean 2015, "Distilling the Knowledge in a Neural Network"). It is trained once,
// at the cloud; it saves bytes, memory and computing wherever it is used afterwards.

import { encodeMessage } from '../../compression/encoded-message.ts';
import { makeCodec } from '../../compression/index.ts';
import type { LabelledData } from '../../data/dataset.ts';
import { defaultsOf, settingsOfAll } from '../../experiment/variants.ts';
import { initialWeights, type ModelSpec, modelSpec, models } from '../../model/models.ts';
import type { Rng } from '../../random.ts';
import type { LocalTrainer } from '../../trainer.ts';
import type { Bytes, Macs } from '../../units.ts';

export interface StudentRequest {
  readonly teacher: { readonly model: ModelSpec; readonly weights: Float32Array };
  /** The student's hidden units. */
  readonly hidden: number;
  /** Public samples without labels, samples × features. */
  readonly features: Float32Array;
  /** Held-out data that both are measured on. */
  readonly test: LabelledData;
  readonly temperature?: number;
  readonly epochs?: number;
  readonly learningRate?: number;
  readonly batchSize?: number;
  /** The student's start weights and shuffles. */
  readonly rng: Rng;
}

export interface Student {
  readonly model: ModelSpec;
  readonly weights: Float32Array;
  readonly parameters: number;
  /** Length of its weights as an FP32 packet, and of the teacher's. */
  readonly bytes: Bytes;
  readonly teacherBytes: Bytes;
  /** Multiply-accumulates of one answer. */
  readonly macs: Macs;
  /** On the held-out data, 0 … 1. */
  readonly accuracy: number;
  readonly teacherAccuracy: number;
  /** temperature² × KL(teacher ‖ student) over the last epoch (nats). */
  readonly loss: number;
}

const plain = makeCodec({ sparsify: 'none', keep: 1, quantise: 'fp32' });

const packetSize = (model: ModelSpec, weights: Float32Array, rng: Rng): Bytes =>
  encodeMessage(plain, model, weights, rng).size;

export async function distilStudent(trainer: LocalTrainer, request: StudentRequest): Promise<Student> {
  const { teacher, hidden, features, test, rng } = request;
  const { temperature = 2, epochs = 100, learningRate = 0.1, batchSize = 16 } = request;
  const settings = { ...defaultsOf(settingsOfAll(models)), hiddenLayers: 2, hidden, dropout: 0, rank: 0 };
  const model = modelSpec('tiny-mlp', teacher.model, settings);
  const answers = await trainer.predict(teacher.model, teacher.weights, features, temperature);
  const { weights, loss } = await trainer.distil({
    model,
    start: initialWeights(model, rng.split('start')),
    features,
    teacher: answers,
    temperature,
    learningRate,
    batchSize,
    epochs,
    rng: rng.split('distil'),
  });
  const [own, teachers] = [
    await trainer.evaluate(model, weights, test),
    await trainer.evaluate(teacher.model, teacher.weights, test),
  ];
  return {
    model,
    weights,
    parameters: model.parameters,
    bytes: packetSize(model, weights, rng),
    teacherBytes: packetSize(teacher.model, teacher.weights, rng),
    macs: model.forwardMacs,
    accuracy: own.accuracy,
    teacherAccuracy: teachers.accuracy,
    loss,
  };
}
