// Diurnal: each device can be reached for 10 hours a day, always the same hours, which differ from device to device as if they
// were spread over the time zones. Bonawitz et al., "Towards Federated Learning at Scale: System Design", MLSys 2019, see such
// a daily swing in a fleet of phones. Here 10 of 24 devices can be reached at any moment, though not the same ones.

import type { Rng } from '../../random.ts';
import type { Availability } from './availability.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const WINDOW = 10 * HOUR;

/** Seconds since a device's window opened last. */
const intoDay = (device: number, time: number, rng: Rng): number =>
  (time + rng.split('device', device).between(0, DAY)) % DAY;

export const diurnal: Availability = {
  id: 'diurnal',
  label: 'Daily hours',
  help: 'Each device can be reached for 10 hours a day, at hours of its own.',
  settings: {},
  isOn: (device, time, _settings, rng) => intoDay(device, time, rng) < WINDOW,
  onUntil: (device, time, _settings, rng) => time + WINDOW - intoDay(device, time, rng),
};
