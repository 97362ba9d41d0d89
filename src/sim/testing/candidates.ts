// Candidates and contexts for the tests of selection.

import { defaultsOf, type SettingsOfAll, settingsOfAll, type ValuesOf } from '../experiment/variants.ts';
import type { DeviceFigures } from '../fleet/figures.ts';
import { profileOf } from '../fleet/profiles/index.ts';
import type { DeviceNode } from '../fleet/topology.ts';
import { Rng } from '../random.ts';
import { selections } from '../selection/index.ts';
import type { Candidate, SelectionContext } from '../selection/selection.ts';

const profile = profileOf('esp32');
const profileFigures = Object.fromEntries(
  Object.entries(profile.figures).map(([key, { value }]) => [key, value]),
) as unknown as DeviceFigures;

export interface CandidateOptions {
  readonly samples?: number;
  readonly battery?: number;
  /** Seconds of the estimate. */
  readonly time?: number;
  /** The round it last took part in, and its loss then. */
  readonly report?: readonly [round: number, loss: number];
  readonly figures?: Partial<DeviceFigures>;
}

export function candidate(
  number: number,
  { samples = 100, battery = 1, time = 10, report, figures }: CandidateOptions = {},
): Candidate {
  const device: DeviceNode = {
    tier: 'device',
    id: `device-${number}`,
    number,
    parent: 'gateway-1',
    profile,
    figures: { ...profileFigures, ...figures },
  };
  return {
    device,
    samples,
    battery,
    estimate: { download: time / 4, compute: time / 2, upload: time / 4, total: time },
    lastReport: report && { round: report[0], loss: report[1], lossRms: report[1] },
  };
}

/** Devices 1 … count, each as `given` says. */
export const candidatesOf = (count: number, given: (number: number) => CandidateOptions = () => ({})): Candidate[] =>
  Array.from({ length: count }, (_, at) => candidate(at + 1, given(at + 1)));

/** The settings of all policies. */
type Settings = SettingsOfAll<typeof selections>;

export const testSettings: ValuesOf<Settings> = {
  ...defaultsOf(settingsOfAll(selections)),
  fraction: 0.5,
  count: 0,
  requestFraction: 1,
  choiceFactor: 2,
  exploration: 0.9,
  slownessPenalty: 2,
  batteryFloor: 0.2,
  cpuWeight: 1,
  memoryWeight: 1,
  batteryWeight: 1,
  bandwidthWeight: 1,
};

type Changes = Partial<Omit<SelectionContext<Settings>, 'settings' | 'candidates'>> & {
  readonly settings?: Partial<ValuesOf<Settings>>;
};

export const selectionContext = (
  candidates: readonly Candidate[],
  { settings, ...changes }: Changes = {},
): SelectionContext<Settings> => ({
  round: 1,
  candidates,
  wanted: Math.min(5, candidates.length),
  deadline: Number.POSITIVE_INFINITY,
  rng: new Rng('selection'),
  ...changes,
  settings: { ...testSettings, ...settings },
});

export const numbers = (chosen: readonly Candidate[]): number[] => chosen.map(({ device }) => device.number);
