import { describe, expect, it } from 'vitest';
import type { Context, FamilyContext } from '../../engine/context.ts';
import { encodeDeviceUpdate } from '../../engine/device/device-update.ts';
import { newFamily } from '../../engine/initial-state.ts';
import { normOf } from '../../engine/messages/encoding.ts';
import { emptyRunState, type Turn } from '../../engine/run-state.ts';
import { worldOf } from '../../engine/world.ts';
import { parseExperiment } from '../../experiment/parse-experiment.ts';
import { defaultsOf, type SettingsOfAll, settingsOfAll, type ValuesOf } from '../../experiment/variants.ts';
import { buildTopology } from '../../fleet/topology.ts';
import { masked, weightSubset } from '../../model/masks.ts';
import { Rng } from '../../random.ts';
import type { RoundRecord } from '../../record/record.ts';
import { collect, noiseData } from '../../testing/collect.ts';
import { tinyMlp } from '../../testing/models.ts';
import { testVectors } from '../../testing/test-vectors.ts';
import { encodeUplink } from '../encoded-message.ts';
import { makeCodec } from '../index.ts';
import { deviceCodec, rungCodec } from '../tier-codecs.ts';
import { adaptivePolicies } from './index.ts';
import { ladder, type PolicyContext } from './policy.ts';

/** The settings of all policies. */
type Settings = SettingsOfAll<typeof adaptivePolicies>;

const bytes = [7000, 3500, 1800, 900, 500, 400, 120];
const errors = [0, 0.001, 0.01, 0.15, 0.6, 0.7, 0.95];
type Given = Partial<Omit<PolicyContext<Settings>, 'settings'>> & { readonly settings?: Partial<ValuesOf<Settings>> };

const situation = ({ settings, ...own }: Given): PolicyContext<Settings> => ({
  round: 1,
  rounds: 10,
  charge: 1,
  uploadTime: (size) => (8 * size) / 100_000,
  trial: (rung) => ({ bytes: bytes[rung], relativeError: errors[rung] }),
  ...own,
  settings: { ...defaultsOf(settingsOfAll(adaptivePolicies)), budget: 0.1, errorBound: 0.2, ...settings },
});

describe('the ladder', () => {
  it('goes from fine to coarse: every rung weighs less than the one before', () => {
    const sizes = ladder.map(
      (spec) => makeCodec(spec).encode(testVectors['a TinyMLP update'], { rng: new Rng('x') }).length,
    );
    sizes.slice(1).forEach((size, i) => {
      expect(size).toBeLessThan(sizes[i]);
    });
  });
});

describe('adaptive policies', () => {
  it('by link rate: the finest that fits the budget, the coarsest if none does', () => {
    expect(adaptivePolicies['by-link'].choose(situation({}))).toBe(3);
    expect(adaptivePolicies['by-link'].choose(situation({ settings: { budget: 10, errorBound: 0 } }))).toBe(0);
    expect(adaptivePolicies['by-link'].choose(situation({ settings: { budget: 1e-4, errorBound: 0 } }))).toBe(6);
  });

  it('by error: the coarsest within the bound, FP32 if none is', () => {
    expect(adaptivePolicies['by-error'].choose(situation({}))).toBe(3);
    expect(adaptivePolicies['by-error'].choose(situation({ settings: { budget: 1, errorBound: 1 } }))).toBe(6);
    expect(adaptivePolicies['by-error'].choose(situation({ settings: { budget: 1, errorBound: 0 } }))).toBe(0);
  });

  it('by battery and by round: from one end of the ladder to the other', () => {
    const by = (id: keyof typeof adaptivePolicies, own: Given) => adaptivePolicies[id].choose(situation(own));
    expect([1, 0.5, 0].map((charge) => by('by-battery', { charge }))).toEqual([0, 3, 6]);
    expect([1, 10].map((round) => by('coarse-to-fine', { round }))).toEqual([6, 0]);
    expect([1, 10].map((round) => by('fine-to-coarse', { round }))).toEqual([0, 6]);
    expect(by('fixed', {})).toBeNull();
  });
});

describe('in a run', () => {
  const runWith = (compression: object, fleet: object = {}): Promise<RoundRecord[]> =>
    collect(parseExperiment({ data: noiseData, rounds: 3, compression, fleet }));

  it('devices on slow links pick coarser codecs, and the record says which', async () => {
    const [first] = await runWith({ adapt: 'by-link', budget: 0.1 });
    const rungs = [...first.devices.rung];
    expect(new Set(rungs).size).toBeGreaterThan(1);
    // The coarser the rung, the fewer the bytes.
    rungs.forEach((rung, row) => {
      rungs.forEach((other, at) => {
        if (other > rung) expect(first.devices.bytesUp[at]).toBeLessThan(first.devices.bytesUp[row]);
      });
    });
  });

  it('as set, no rung is picked', async () => {
    const [first] = await runWith({});
    expect([...new Set(first.devices.rung)]).toEqual([-1]);
  });
});

describe('by error, the update that arrives', () => {
  const bound = 0.2;
  const model = tinyMlp();
  const vector = (name: string, spread: number) => {
    const own = new Rng(name);
    return Float32Array.from({ length: model.parameters }, () => spread * own.normal());
  };
  /** A small step from large weights, as late in training. */
  const start = vector('weights', 0.3);
  const update = vector('update', 0.01);

  it.each([
    ['update', undefined],
    ['weights', undefined],
    ['weights', Uint8Array.from(start, (_, i) => (i % 3 === 0 ? 1 : 0))],
  ] as const)(
    '%s on the wire: is within the bound of the update, and the next coarser codec is not',
    (payload, mask) => {
      const experiment = parseExperiment({
        compression: { payload, adapt: 'by-error', errorBound: bound, device: { rounding: 'stochastic' } },
      });
      const topology = buildTopology(experiment.fleet);
      const world = worldOf(experiment, topology, new Rng('world'));
      const subset = mask && weightSubset(model, mask);
      const family = { state: newFamily('tiny-mlp', start, null), model, rng: new Rng('up') } as FamilyContext;
      const codecs = { device: deviceCodec(experiment, 1) };
      const context = {
        experiment,
        codecs,
        topology,
        world,
        state: emptyRunState(),
        families: [family],
        round: 1,
        now: 0,
      };
      const turn = {
        family: 0,
        round: 1,
        part: 1,
        upload: subset,
        trained: { update },
        model: { copy: { values: start } },
      };
      const sent = encodeDeviceUpdate(context as unknown as Context, topology.devices[0], turn as Turn);
      const wanted = subset ? masked(update, subset.mask) : update;
      const errorOf = (values: Float32Array) => normOf(values.map((v, i) => v - wanted[i])) / normOf(wanted);
      expect(errorOf(sent.values)).toBeLessThanOrEqual(bound);
      const coarser = rungCodec(deviceCodec(experiment, 1), sent.rung + 1);
      const other = encodeUplink(wanted, { spec: coarser, payload, base: start, model, subset }, new Rng('up'));
      expect(errorOf(other.values)).toBeGreaterThan(bound);
    },
  );
});
