// Every figure of a node that a visitor may edit: its unit, range and meaning. Profiles give the figures their values;
// the experiment keeps only what was changed. Figures are in the units people use (kbit/s, mAh, mW); whoever computes with
// one turns it into SI units: link.ts, compute.ts, memory.ts, storage.ts, battery.ts.

export interface FigureSpec {
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** Step of the slider; on a log scale the slider moves in equal ratios instead. */
  readonly step: number;
  readonly scale: 'linear' | 'log';
  readonly help: string;
}

const linear = (label: string, unit: string, min: number, max: number, step: number, help: string): FigureSpec => ({
  label,
  unit,
  min,
  max,
  step,
  scale: 'linear',
  help,
});

const log = (label: string, unit: string, min: number, max: number, step: number, help: string): FigureSpec => ({
  label,
  unit,
  min,
  max,
  step,
  scale: 'log',
  help,
});

/** The figures of the link from a node up to its parent. */
const linkFigures = {
  uplink: log('Uplink', 'kbit/s', 0.1, 10_000_000, 0.01, 'Rate from this node up to its parent.'),
  downlink: log('Downlink', 'kbit/s', 0.1, 10_000_000, 0.01, 'Rate from the parent down to this node.'),
  latency: linear('Latency', 'ms', 0, 2000, 1, 'Time before the first byte arrives, each way.'),
  loss: linear('Packet loss', '%', 0, 50, 1, 'Lost packets are sent again: time and energy grow by 1 ÷ (1 − loss).'),
} as const;

export const deviceFigures = {
  computeRate: log(
    'Compute rate',
    'MMAC/s',
    0.01,
    10_000,
    0.01,
    'Sustained million multiply-accumulates a second on a small 32-bit float network.',
  ),
  memory: log('Memory', 'kB', 1, 16_777_216, 1, 'RAM. A model whose training does not fit is not trained.'),
  storage: log(
    'Storage',
    'kB',
    1,
    1_073_741_824,
    1,
    'Flash, card or disk. Firmware, model, samples and what must survive a power cut have to fit, else it takes no part.',
  ),
  firmware: linear(
    'Firmware',
    '%',
    0,
    100,
    0.1,
    'Share of the storage that program, system and spare partitions take.',
  ),
  battery: linear('Battery', 'mAh', 0, 20_000, 50, 'Capacity; 0 means mains power.'),
  batteryVoltage: linear('Battery voltage', 'V', 1, 12, 0.05, 'Nominal; joules = mAh × 3.6 × V × usable share.'),
  ...linkFigures,
  activePower: log(
    'Power, computing',
    'mW',
    0.1,
    50_000,
    0.1,
    'While training. Where papers know no power, they write the energy as κ C D f² (Yang 2021, κ = 1e-28): one or the other.',
  ),
  idlePower: log('Power, waiting', 'mW', 0.001, 20_000, 0.001, 'While waiting for the rest of the round.'),
  sleepPower: log(
    'Power, asleep',
    'mW',
    0.001,
    20_000,
    0.001,
    'Between rounds, and in rounds that it takes no part in.',
  ),
  transmitPower: log('Power, sending', 'mW', 0.1, 20_000, 0.1, 'Radio and board while on air.'),
  transmitSlope: linear(
    'Power, sending, by rate',
    'mW per Mbit/s',
    0,
    2000,
    0.01,
    'Added to the power while sending for each Mbit/s of the link, up to 10; 0 where the rate makes no difference.',
  ),
  receivePower: log('Power, receiving', 'mW', 0.1, 20_000, 0.1, 'Radio and board while receiving.'),
  receiveSlope: linear(
    'Power, receiving, by rate',
    'mW per Mbit/s',
    0,
    2000,
    0.01,
    'Added to the power while receiving for each Mbit/s of the link, up to 10; 0 where the rate makes no difference.',
  ),
  wakeEnergy: log('Radio wake-up', 'mJ', 0.01, 10_000, 0.01, 'Fixed cost each time the radio is switched on.'),
} as const satisfies Record<string, FigureSpec>;

/** Gateways, fogs and the cloud: they aggregate, and (but for the cloud) have a link up. */
export const upperFigures = {
  computeRate: log('Compute rate', 'MMAC/s', 1, 10_000_000, 1, 'How fast it decodes, weighs and adds updates.'),
  ...linkFigures,
} as const satisfies Record<string, FigureSpec>;

export type DeviceFigure = keyof typeof deviceFigures;
export type UpperFigure = keyof typeof upperFigures;
export type DeviceFigures = Readonly<Record<DeviceFigure, number>>;
export type UpperFigures = Readonly<Record<UpperFigure, number>>;
