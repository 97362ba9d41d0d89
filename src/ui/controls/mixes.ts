// Ready mixes of devices: the profiles that a fleet's devices get in turn.

import { profileSets } from '../../sim/fleet/profiles/index.ts';

export interface Mix {
  readonly id: string;
  readonly label: string;
  readonly profiles: readonly string[];
}

export const mixes: readonly Mix[] = [
  { id: 'tutorial', label: 'Tutorial', profiles: ['esp32', 'arduino', 'raspberry-pi'] },
  { id: 'phones', label: 'With phones', profiles: ['esp32', 'arduino', 'raspberry-pi', 'smartphone'] },
  {
    id: 'microcontrollers',
    label: 'Microcontrollers',
    profiles: ['mkr-wifi-1010', 'nano-33-ble', 'esp32-datasheet', 'pico-w', 'stm32f746'],
  },
  { id: 'linux', label: 'Linux boards', profiles: ['pi-zero-2w', 'pi-4', 'pi-5', 'jetson-nano'] },
  { id: 'lorawan', label: 'LoRaWAN nodes', profiles: ['lorawan'] },
  { id: 'nb-iot', label: 'NB-IoT nodes', profiles: ['nb-iot'] },
  { id: 'esp32', label: 'ESP32 boards', profiles: ['esp32-datasheet'] },
  { id: 'long-range', label: 'LoRa, NB-IoT', profiles: ['lorawan', 'nb-iot'] },
  { id: 'cellular', label: 'NB-IoT, Wi-Fi', profiles: ['nb-iot', 'esp32-datasheet'] },
  { id: 'every', label: 'One of each', profiles: profileSets.datasheet.profiles.map(({ id }) => id) },
];

export const CUSTOM_MIX = 'custom';

/** Id of the ready mix with just these profiles, or 'custom'. */
export const mixIdOf = (profiles: readonly string[]): string =>
  mixes.find((mix) => mix.profiles.join() === profiles.join())?.id ?? CUSTOM_MIX;
