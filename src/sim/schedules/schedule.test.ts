// One suite for every schedule of the registry, then what each of them is for.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultsOf,
  type OwnSettings,
  type SettingsOfAll,
  settingsOfAll,
  type ValuesOf,
} from '../experiment/variants.ts';
import { schedules } from './index.ts';
import type { Schedule, ScheduleContext } from './schedule.ts';

/** The settings of all schedules. */
type Settings = SettingsOfAll<typeof schedules>;
const defaults = defaultsOf(settingsOfAll(schedules));

type Changes = Partial<Omit<ScheduleContext<Settings>, 'settings'>> & {
  readonly settings?: Partial<ValuesOf<Settings>>;
};

const contextOf = ({ settings, ...changes }: Changes = {}): ScheduleContext<Settings> => ({
  round: 1,
  epochs: 4,
  battery: 1,
  joulesLeft: 1000,
  charging: false,
  joulesPerEpoch: 2,
  joulesForTransfers: 1,
  ...changes,
  settings: { ...defaults, threshold: 0.3, targetRounds: 100, ...settings },
});

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anyContext: fc.Arbitrary<ScheduleContext<Settings>> = fc.record({
  round: fc.integer({ min: 1, max: 300 }),
  epochs: fc.integer({ min: 1, max: 20 }),
  battery: positive(0, 1),
  joulesLeft: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), positive(0, 1e5)),
  charging: fc.boolean(),
  joulesPerEpoch: positive(0, 1e3),
  joulesForTransfers: positive(0, 1e3),
  settings: fc
    .record({ threshold: positive(0, 1), targetRounds: fc.integer({ min: 1, max: 200 }) })
    .map((own) => ({ ...defaults, ...own })),
});

const registered: readonly (readonly [string, Schedule<OwnSettings>])[] = Object.entries(schedules);

describe.each(registered)('%s', (id, schedule) => {
  it('is found under its own id and says what it does', () => {
    expect(schedule.id).toBe(id);
    expect(schedule.help).toMatch(/^\p{Lu}.*\.$/u);
  });

  it('asks for a whole number of epochs, from none to what the experiment asks for', () => {
    fc.assert(
      fc.property(anyContext, (context) => {
        const epochs = schedule.epochs(context);
        expect(Number.isInteger(epochs)).toBe(true);
        expect(epochs).toBeGreaterThanOrEqual(0);
        expect(epochs).toBeLessThanOrEqual(context.epochs);
      }),
    );
  });

  it('lets a device on mains do all epochs', () => {
    fc.assert(
      fc.property(anyContext, (context) => {
        const mains = { ...context, battery: 1, joulesLeft: Number.POSITIVE_INFINITY, charging: true };
        expect(schedule.epochs(mains)).toBe(context.epochs);
      }),
    );
  });

  it('never asks a fuller battery for less', () => {
    fc.assert(
      fc.property(anyContext, positive(0, 1), positive(0, 1e4), (context, share, joules) => {
        const fuller = {
          ...context,
          battery: context.battery + (1 - context.battery) * share,
          joulesLeft: context.joulesLeft + joules,
        };
        expect(schedule.epochs(fuller)).toBeGreaterThanOrEqual(schedule.epochs(context));
      }),
    );
  });
});

describe('scaled by battery', () => {
  it('is in proportion to the battery, rounded, at least one epoch while any is left', () => {
    const epochs = (battery: number) => schedules['battery-scaled'].epochs(contextOf({ epochs: 10, battery }));
    expect([1, 0.74, 0.5, 0.16, 0.01, 0].map(epochs)).toEqual([10, 7, 5, 2, 1, 0]);
  });
});

describe('above a threshold', () => {
  it('trains from the threshold on and not below', () => {
    const epochs = (battery: number) => schedules.threshold.epochs(contextOf({ battery }));
    expect([1, 0.3, 0.299, 0].map(epochs)).toEqual([4, 4, 0, 0]);
  });
});

describe('while charging', () => {
  it('trains on the charger only, however full the battery', () => {
    expect(schedules['while-charging'].epochs(contextOf({ charging: true, battery: 0.01 }))).toBe(4);
    expect(schedules['while-charging'].epochs(contextOf({ charging: false, battery: 1 }))).toBe(0);
  });
});

describe('stretch', () => {
  /** Lives through the target rounds, paying for transfers only when it trains. */
  function live(battery: number, context: ScheduleContext<Settings>) {
    const spent: number[] = [];
    let joulesLeft = battery;
    for (let round = 1; round <= context.settings.targetRounds; round++) {
      const epochs = schedules.stretch.epochs({ ...context, round, joulesLeft });
      const cost = epochs > 0 ? epochs * context.joulesPerEpoch + context.joulesForTransfers : 0;
      joulesLeft -= cost;
      spent.push(cost);
    }
    return { joulesLeft, spent };
  }

  it('makes the battery last for the target, and leaves less than the cost of one epoch’s round', () => {
    fc.assert(
      fc.property(
        positive(0.1, 100),
        positive(0.1, 100),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 200 }),
        positive(0, 1),
        (joulesPerEpoch, joulesForTransfers, epochs, targetRounds, share) => {
          const all = (epochs * joulesPerEpoch + joulesForTransfers) * targetRounds;
          const context = contextOf({ joulesPerEpoch, joulesForTransfers, epochs, settings: { targetRounds } });
          const { joulesLeft } = live(all * share, context);
          expect(joulesLeft).toBeGreaterThanOrEqual(-1e-6);
          expect(joulesLeft).toBeLessThan(joulesPerEpoch + joulesForTransfers + 1e-6);
        },
      ),
    );
  });

  it('spends evenly: no round differs from the mean by more than a round of one epoch', () => {
    const { spent } = live(500, contextOf({ epochs: 10, joulesPerEpoch: 2, joulesForTransfers: 1 }));
    for (const cost of spent) expect(Math.abs(cost - 5)).toBeLessThanOrEqual(3);
    expect(spent.length).toBe(100);
  });

  it('sits out while its part pays for no epoch, and saves for a later round', () => {
    const { spent } = live(30, contextOf({ joulesPerEpoch: 2, joulesForTransfers: 1 }));
    expect(spent[0]).toBe(0);
    expect(spent.filter((cost) => cost > 0).length).toBe(10);
  });

  it('holds nothing back where the battery suffices, nor past the target', () => {
    expect(schedules.stretch.epochs(contextOf({ joulesLeft: 900 }))).toBe(4);
    expect(schedules.stretch.epochs(contextOf({ joulesLeft: 899 }))).toBe(3);
    expect(schedules.stretch.epochs(contextOf({ joulesLeft: 5, round: 101 }))).toBe(4);
  });
});
