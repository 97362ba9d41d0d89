// Whom a round waits for, as one choice of five: it stands for the mode of aggregation and, of a synchronous round, for
// whether it closes at a deadline. By tier each of gateways, fogs and cloud has its own choice.

import type { Change } from '../../sim/experiment/edits.ts';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import type { Option } from '../shared/choice-row.tsx';

export type Waiting = 'barrier' | 'deadline' | 'fed-async' | 'fed-buff' | 'by-tier';

interface WaitingChoice {
  readonly label: string;
  /** One line below the choice. */
  readonly help: string;
  readonly source?: string;
  readonly changes: readonly Change[];
}

const sync = (closes: boolean): readonly Change[] => [
  { path: 'aggregation.mode', value: 'sync' },
  { path: 'selection.closes', value: closes },
];
const async = (mode: 'fed-async' | 'fed-buff' | 'by-tier'): readonly Change[] => [
  { path: 'aggregation.mode', value: mode },
];

export const waitings: Readonly<Record<Waiting, WaitingChoice>> = {
  barrier: {
    label: 'Everyone',
    help: 'Synchronous, with a barrier: each tier waits for the last of those below it.',
    changes: sync(false),
  },
  deadline: {
    label: 'A deadline',
    help: 'Synchronous, with the deadline set under Who takes part: later updates are dropped.',
    source: 'Bonawitz et al. 2019',
    changes: sync(true),
  },
  'fed-async': {
    label: 'Nobody: FedAsync',
    help: 'Asynchronous: the cloud mixes in each update as it comes, an old one less.',
    source: 'Xie et al. 2019',
    changes: async('fed-async'),
  },
  'fed-buff': {
    label: 'Nobody: FedBuff',
    help: 'Asynchronous: the cloud makes a step of each full buffer of updates, an old one counting less.',
    source: 'Nguyen et al. 2022',
    changes: async('fed-buff'),
  },
  'by-tier': {
    label: 'By tier',
    help: 'Each tier waits in its own way. Gateways that wait under a cloud that does not: semi-asynchronous.',
    source: 'Chen et al. 2021',
    changes: async('by-tier'),
  },
};

export function waitingOf({ aggregation, selection }: Experiment): Waiting {
  if (aggregation.mode !== 'sync') return aggregation.mode;
  return selection.closes ? 'deadline' : 'barrier';
}

const isWaiting = (id: string): id is Waiting => id in waitings;

/** @param hasFamilies each device has its own model: the cloud must wait */
export function toWaitingChanges(id: string, hasFamilies = false): readonly Change[] {
  if (!isWaiting(id)) return [];
  const { changes } = waitings[id];
  return id === 'by-tier' && hasFamilies ? [...changes, { path: 'aggregation.cloudWaits', value: 'barrier' }] : changes;
}

/** The asynchronous ones learn one model: they cannot be chosen while each device has its own. */
export const waitingOptions = (hasFamilies: boolean): readonly Option[] =>
  Object.entries(waitings).map(([value, { label }]) => ({
    value,
    label,
    disabled: hasFamilies && (value === 'fed-async' || value === 'fed-buff'),
  }));
