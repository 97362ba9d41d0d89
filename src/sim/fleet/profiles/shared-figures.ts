// Figures that several profiles have in common.

import { figure } from './profile.ts';

export const oneCell = figure(3.7, 'E', 'one lithium cell');
export const wifiLatency = figure(10, 'E', 'Wi-Fi, one hop');
export const noLoss = figure(0, 'E', 'a clear channel');
export const esp32Transmit = figure(660, 'D', 'ESP32 datasheet: 180–240 mA, 200 mA at 3.3 V');
export const esp32Receive = figure(320, 'D', 'ESP32 datasheet: 95–100 mA at 3.3 V');
export const wifiWake = figure(80, 'E', 'about 0.25 s at 100 mA and 3.3 V to wake and rejoin');

/** Of a radio whose power does not depend on its rate. */
export const constantPower = figure(0, 'E', 'constant power on air');

/**
 * A phone's Wi-Fi takes base + slope × rate on air: Huang et al., "A Close Examination of Performance and Power Characteristics of
 * 4G LTE Networks", MobiSys 2012, table 4. (LTE there: 1,288.04 mW, and 438.39 up or 51.97 down for each Mbit/s.)
 */
export const phoneWifi = {
  transmitPower: figure(132.86, 'M', 'Huang 2012, Wi-Fi: 132.86 mW + 283.17 mW per Mbit/s'),
  transmitSlope: figure(283.17, 'M', 'Huang 2012, Wi-Fi: α up; measured to 10 Mbit/s'),
  receivePower: figure(132.86, 'M', 'Huang 2012, Wi-Fi: 132.86 mW + 137.01 mW per Mbit/s'),
  receiveSlope: figure(137.01, 'M', 'Huang 2012, Wi-Fi: α down; measured to 10 Mbit/s'),
} as const;
