import { describe, expect, it } from 'vitest';
import type { CodecSpec } from '../compression/index.ts';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import { Rng } from '../random.ts';
import { bytesDownOf, bytesDownRawOf, bytesUpOf, type RoundRecord } from '../record/record.ts';
import { collect, noise } from '../testing/collect.ts';
import { tinyMlp } from '../testing/models.ts';
import { Courier, Receivers } from './courier.ts';
import { normOf } from './senders.ts';

const model = tinyMlp();
const rng = new Rng('courier');
const vector = (name: string, spread: number) => {
  const own = new Rng(name);
  return Float32Array.from({ length: model.parameters }, () => spread * own.normal());
};
const courier = (spec: Partial<CodecSpec>, receivers: Receivers, difference = true) =>
  new Courier({ down: { sparsify: 'none', keep: 1, quantise: 'int4', ...spec, difference }, model, receivers, rng });

describe('a courier of differences', () => {
  it('sends the whole model exactly to who holds none, and a small packet to who does', () => {
    const receivers = new Receivers();
    const first = courier({}, receivers).pack(vector('w', 1), rng);
    const whole = courier({}, receivers).deliver(first, 'cloud', 'fog-1');
    expect(whole.values).toEqual(vector('w', 1));
    expect(whole.size).toBe(4 * model.parameters + 25);
    receivers.keep('fog-1', 'cloud', whole.values);

    const next = courier({}, receivers);
    const moved = vector('w', 1).map((value, i) => value + vector('step', 0.01)[i]);
    const message = next.deliver(next.pack(moved, rng), 'cloud', 'fog-1');
    expect(message.size).toBeLessThan(whole.size / 6);
    // The error is that of the small difference, not of the large weights.
    expect(normOf(message.values.map((value, i) => value - moved[i]))).toBeLessThan(0.3 * normOf(vector('step', 0.01)));
    // One that holds what came from elsewhere is sent everything.
    expect(next.deliver(next.pack(moved, rng), 'fog-2', 'fog-1').size).toBe(whole.size);
  });

  it('makes up for what the codec lost: the receiver comes as near as one likes to a model that stays', () => {
    const receivers = new Receivers();
    receivers.keep('d', 'g', new Float32Array(model.parameters));
    const target = vector('w', 1);
    let error = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 12; round++) {
      const own = courier({}, receivers);
      const { values } = own.deliver(own.pack(target, rng), 'g', 'd');
      const now = normOf(values.map((value, i) => value - target[i]));
      expect(now).toBeLessThan(0.5 * error + 1e-6);
      error = now;
      receivers.keep('d', 'g', values);
    }
    expect(error).toBeLessThan(1e-5);
  });

  it('passes the packet on as it is when no difference is asked for', () => {
    const own = courier({ quantise: 'int8' }, new Receivers(), false);
    const packed = own.pack(vector('w', 1), rng);
    expect(own.deliver(packed, 'cloud', 'fog-1')).toBe(packed);
  });
});

describe('a run', () => {
  const runWith = (settings: object): Promise<RoundRecord[]> =>
    collect(parseExperiment({ data: noise, rounds: 4, ...settings }));
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
