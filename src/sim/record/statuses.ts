// Why a device's update did or did not reach the model: one row a status, which record, graph, charts, timeline, story, documents
// and the command line read. The page adds a sign and a colour (src/ui/graph/absence.ts), keyed by id.

/**
 * 'fine': nothing to say. 'bad': something broke just now. 'dead': and stays so. 'warn': it cannot, or its work came to nothing.
 * 'off': it is unreachable, switched off by hand or not available. 'calm': it was not its turn, and nothing is wrong. 'busy': it is at it.
 */
export type Severity = 'fine' | 'bad' | 'dead' | 'warn' | 'off' | 'calm' | 'busy';

export interface StatusEntry {
  readonly id: string;
  /** As it stands beside a device or a count: '3 too late'. */
  readonly label: string;
  readonly severity: Severity;
  /** One sentence. */
  readonly help: string;
  /** Whether the device's update is among those that were combined in the record, at the cloud or at a node below it. */
  readonly contributed: boolean;
  /** Its work came to nothing: joules were spent, and no update arrived. */
  readonly inVain: boolean;
  /** Whether it had power to the record's end, lost it in mid-record, or had none in all of it. */
  readonly power: 'on' | 'lost' | 'off';
  /** What it had too little of: the record says how much it needed. */
  readonly shortOf: 'memory' | 'storage' | null;
  /** Somebody has to see to it, or it stays so. */
  readonly alarms: boolean;
}

const usual = { inVain: false, power: 'on', shortOf: null, alarms: false } as const;

/** The column `status` holds indices into this table: new rows come last. */
export const statusTable = [
  {
    ...usual,
    id: 'trained',
    label: 'trained',
    severity: 'fine',
    help: 'It trained, and its update was combined.',
    contributed: true,
  },
  {
    ...usual,
    id: 'out of memory',
    label: 'out of memory',
    severity: 'warn',
    help: 'Training needs more memory than it has.',
    contributed: false,
    shortOf: 'memory',
    alarms: true,
  },
  {
    ...usual,
    id: 'out of storage',
    label: 'out of storage',
    severity: 'warn',
    help: 'Its storage cannot hold its program, the model, its samples and what must survive a power cut.',
    contributed: false,
    shortOf: 'storage',
    alarms: true,
  },
  {
    ...usual,
    id: 'battery empty',
    label: 'battery empty',
    severity: 'dead',
    help: 'It cannot take part until it is charged.',
    contributed: false,
    power: 'off',
    alarms: true,
  },
  {
    ...usual,
    id: 'not selected',
    label: 'not selected',
    severity: 'calm',
    help: 'The selection policy asked others.',
    contributed: false,
  },
  {
    ...usual,
    id: 'diverged',
    label: 'diverged',
    severity: 'bad',
    help: 'Its weights were no longer numbers: there was nothing to send. A lower learning rate helps.',
    contributed: false,
    inVain: true,
    alarms: true,
  },
  {
    ...usual,
    id: 'switched off',
    label: 'switched off',
    severity: 'off',
    help: 'It was turned off by hand.',
    contributed: false,
    power: 'off',
  },
  {
    ...usual,
    id: 'cut off',
    label: 'cut off',
    severity: 'off',
    help: 'A link or a node on its way to the cloud is switched off.',
    contributed: false,
    alarms: true,
  },
  {
    ...usual,
    id: 'offline',
    label: 'offline',
    severity: 'off',
    help: 'It could not be reached at the time, by its availability pattern.',
    contributed: false,
  },
  {
    ...usual,
    id: 'saving energy',
    label: 'saving energy',
    severity: 'calm',
    help: 'Its energy schedule sits this round out.',
    contributed: false,
  },
  {
    ...usual,
    id: 'battery died',
    label: 'battery died on the way',
    severity: 'bad',
    help: 'Its battery emptied while it worked, and nothing arrived.',
    contributed: false,
    inVain: true,
    power: 'lost',
    alarms: true,
  },
  {
    ...usual,
    id: 'late',
    label: 'too late',
    severity: 'warn',
    help: 'Its update came after the round had closed.',
    contributed: false,
    inVain: true,
    alarms: true,
  },
  {
    ...usual,
    id: 'lost above',
    label: 'lost above the gateway',
    severity: 'warn',
    help: 'Its gateway had its update, and could not pass it on.',
    contributed: false,
    inVain: true,
    alarms: true,
  },
  {
    ...usual,
    id: 'still working',
    label: 'still working',
    severity: 'busy',
    help: 'Its update is on its way, and counts when it arrives; it is not asked again before.',
    contributed: false,
  },
  {
    ...usual,
    id: 'too stale',
    label: 'too stale',
    severity: 'warn',
    help: 'The model had moved on by more versions than an update may be old, and it was dropped.',
    contributed: false,
    inVain: true,
    alarms: true,
  },
  {
    ...usual,
    id: 'arrived',
    label: 'its update arrived',
    severity: 'fine',
    help: 'Its update arrived and was combined; it was trained in an earlier record.',
    contributed: true,
  },
  {
    ...usual,
    id: 'waits for others',
    label: 'waits for others',
    severity: 'busy',
    help: 'Its update is in, and its gateway or fog waits for others: it is asked again in their next round.',
    contributed: false,
  },
] as const satisfies readonly StatusEntry[];

type Row = (typeof statusTable)[number];
export type Status = Row['id'];
/** A status of a device whose update was not combined. */
export type AbsentStatus = Extract<Row, { readonly contributed: false }>['id'];

/** Ids in the order of the column's codes. */
export const statuses: readonly Status[] = statusTable.map(({ id }) => id);

const byId: ReadonlyMap<string, StatusEntry> = new Map(statusTable.map((entry) => [entry.id, entry]));

export function statusEntry(status: Status): StatusEntry {
  const entry = byId.get(status);
  if (!entry) throw new Error(`There is no status “${status}”.`);
  return entry;
}

/** Whether a device's update is among those that were combined in the record. */
export const hasContributed = (status: Status): boolean => statusEntry(status).contributed;

export const isAbsent = (status: Status): status is AbsentStatus => !hasContributed(status);

const gravest: readonly Severity[] = ['bad', 'dead', 'warn', 'off', 'calm', 'busy', 'fine'];

/** The reasons for absence, the gravest first: the order of legends and stacks. */
export const absentStatuses: readonly AbsentStatus[] = statusTable
  .filter((entry) => !entry.contributed)
  .toSorted((a, b) => gravest.indexOf(a.severity) - gravest.indexOf(b.severity))
  .map(({ id }) => id as AbsentStatus);
