import { describe, expect, it } from 'vitest';
import type { CodecSpec } from '../../compression/index.ts';
import { parseExperiment } from '../../experiment/parse-experiment.ts';
import { Rng } from '../../random.ts';
import { bytesDownOf, bytesDownRawOf, bytesUpOf, type RoundRecord } from '../../record/record.ts';
import { collect, noiseData } from '../../testing/collect.ts';
import { tinyMlp } from '../../testing/models.ts';
import { newFamily } from '../initial-state.ts';
import { type EncodedModel, emptyRunState, type FamilyState } from '../run-state.ts';
import { ModelEncoder, normOf } from './encoding.ts';

const model = tinyMlp();
const rng = new Rng('downlink');
const vector = (name: string, spread: number) => {
  const own = new Rng(name);
  return Float32Array.from({ length: model.parameters }, () => spread * own.normal());
};
const state = emptyRunState();
const aFamily = () => newFamily('tiny-mlp', vector('w', 1), null);
const encoder = (spec: Partial<CodecSpec>, family: FamilyState, difference = true) =>
  new ModelEncoder(
    state,
    family,
    { sparsify: 'none', keep: 1, quantise: 'int4', ...spec, difference },
    model,
    rng.split(state.counters.copies),
  );
const hold = (family: FamilyState, node: string, from: string, { copy }: EncodedModel) =>
  family.received.set(node, { from, copy });

describe('differences down', () => {
  it('are the whole model exactly for who holds none, and a small packet for who does', () => {
    const family = aFamily();
    const first = encoder({}, family);
    const whole = first.forReceiver(first.whole(vector('w', 1), undefined, rng), 'cloud', 'fog-1', true);
    expect(whole.values).toEqual(vector('w', 1));
    expect(whole.size).toBe(4 * model.parameters + 25);
    hold(family, 'fog-1', 'cloud', whole);

    const next = encoder({}, family);
    const moved = vector('w', 1).map((value, i) => value + vector('step', 0.01)[i]);
    const published = next.whole(moved, undefined, rng);
    const message = next.forReceiver(published, 'cloud', 'fog-1', true);
    expect(message.size).toBeLessThan(whole.size / 6);
    // The error is that of the small difference, not of the large weights.
    expect(normOf(message.values.map((value, i) => value - moved[i]))).toBeLessThan(0.3 * normOf(vector('step', 0.01)));
    // One that holds what came from elsewhere is sent everything.
    expect(next.forReceiver(published, 'fog-2', 'fog-1', true).size).toBe(whole.size);
  });

  it('make up for what the codec lost: the receiver comes as near as one likes to a model that stays', () => {
    const family = aFamily();
    const begin = encoder({}, family);
    hold(family, 'd', 'g', begin.whole(new Float32Array(model.parameters), undefined, rng));
    const target = vector('w', 1);
    let error = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 12; round++) {
      const own = encoder({}, family);
      const message = own.forReceiver(own.whole(target, undefined, rng), 'g', 'd', true);
      const now = normOf(message.values.map((value, i) => value - target[i]));
      expect(now).toBeLessThan(0.5 * error + 1e-6);
      error = now;
      hold(family, 'd', 'g', message);
    }
    expect(error).toBeLessThan(1e-5);
  });

  it('are not made where none are asked for: the packet is passed on as it is', () => {
    const own = encoder({ quantise: 'int8' }, aFamily(), false);
    const published = own.whole(vector('w', 1), undefined, rng);
    expect(own.forReceiver(published, 'cloud', 'fog-1', true)).toBe(published);
  });
});

describe('a run', () => {
  const runWith = (settings: object): Promise<RoundRecord[]> =>
    collect(parseExperiment({ data: noiseData, rounds: 4, ...settings }));
  const down = (own: object) => ({ compression: { down: own } });

  it('is the same with lossless differences, and sends as many bytes', async () => {
    const plain = await runWith({});
    const differences = await runWith(down({ difference: true }));
    for (const [i, { evaluation }] of differences.entries()) {
      expect(evaluation.loss).toBeCloseTo(plain[i].evaluation.loss, 6);
    }
    expect(differences.map(bytesDownOf)).toEqual(plain.map(bytesDownOf));
  });

  it('pays the whole model once, and INT4 afterwards, with and without the gateways’ cache', async () => {
    for (const cache of [true, false]) {
      const records = await runWith({ ...down({ difference: true, quantise: 'int4' }), network: { cache } });
      const ratios = records.map((record) => bytesDownRawOf(record) / bytesDownOf(record));
      expect(ratios[0]).toBeCloseTo(7060 / 7085, 6);
      for (const ratio of ratios.slice(1)) expect(ratio).toBeGreaterThan(7);
    }
  });

  it('passes a device’s difference through gateway and fog, where rounds are asynchronous and nothing is cached', async () => {
    const fleet = { gatewaysPerFog: 1, devicesPerGateway: 1 };
    const settings = { ...down({ difference: true, quantise: 'int4' }), network: { cache: false } };
    const aggregation = { mode: 'fed-buff', buffer: 1 };
    const records = await runWith({ ...settings, aggregation, fleet });
    for (const { devices, gateways, fogs } of records.slice(1)) {
      expect(devices.bytesDown[0]).toBeLessThan(1000);
      expect([gateways.bytesDown[0], fogs.bytesDown[0]]).toEqual([devices.bytesDown[0], devices.bytesDown[0]]);
    }
  });

  it('sends what changed over several gateway rounds too', async () => {
    const records = await runWith({
      ...down({ difference: true, quantise: 'int4' }),
      aggregation: { gatewayRounds: 2, fogRounds: 2 },
    });
    for (const record of records.slice(1)) expect(bytesDownRawOf(record) / bytesDownOf(record)).toBeGreaterThan(7);
    expect(records.every((record) => bytesUpOf(record) > 0)).toBe(true);
  });
});
