// Time and energy of a transfer over a link (modelled).
// Time = latency + 8 × bytes ÷ rate ÷ (1 − loss): lost packets are sent again. Energy = radio power × time on air + a fixed
// cost for waking the radio, which for a few kB over Wi-Fi is most of it. Radio power = base + slope × rate, as measured on
// phones by Huang et al., "A Close Examination of Performance and Power Characteristics of 4G LTE Networks", MobiSys 2012,
// table 4; other radios take the same power at any rate. LoRaWAN has its own air time and duty cycle.

import type { Radio } from '../fleet/profiles/profile.ts';
import {
  type BitsPerSecond,
  type Bytes,
  bitsPerSecond,
  energyOf,
  type Joules,
  joules,
  type Seconds,
  seconds,
  type Watts,
  watts,
} from '../units.ts';
import { dataRateFor, loraMessage } from './lora.ts';
import type { LinkState } from './traces/trace.ts';

export interface LinkFigures {
  /** kbit/s */
  readonly uplink: number;
  readonly downlink: number;
  /** ms */
  readonly latency: number;
  /** % of the packets */
  readonly loss: number;
}

export interface RadioFigures {
  /** mW on air; of a radio whose power grows with its rate, that at no rate. */
  readonly transmitPower: number;
  readonly receivePower: number;
  /** mW for each Mbit/s. */
  readonly transmitSlope: number;
  readonly receiveSlope: number;
  /** mJ */
  readonly wakeEnergy: number;
}

export interface Transfer {
  /** From the first byte wanted to the last byte there. */
  readonly time: Seconds;
  /** Of that, the time the radio is on air. */
  readonly onAir: Seconds;
  /** Rate on air. */
  readonly rate: BitsPerSecond;
  /** Silence that the duty cycle asks for after it, before the sender's next message: it delays that one, not this. */
  readonly offTime: Seconds;
}

/** 8 × bytes ÷ rate. */
export const transferTime = (size: Bytes, rate: BitsPerSecond): Seconds => seconds((8 * size) / rate);

/** A message over a node's link to its parent, up or down. Nothing to send takes no time. */
export function transfer(
  size: Bytes,
  figures: LinkFigures,
  direction: 'up' | 'down',
  radio: Radio = 'Ethernet',
): Transfer {
  const rate = bitsPerSecond((direction === 'up' ? figures.uplink : figures.downlink) * 1000);
  if (size === 0) return { time: seconds(0), onAir: seconds(0), rate, offTime: seconds(0) };
  const repeats = 1 / (1 - figures.loss / 100);
  const latency = figures.latency / 1000;
  if (radio === 'LoRa') {
    const { onAir, offTimeWithin, offTimeAfter } = loraMessage(size, dataRateFor(rate), repeats);
    return { time: seconds(latency + onAir + offTimeWithin), onAir, rate, offTime: offTimeAfter };
  }
  const onAir = transferTime(size, rate) * repeats;
  return { time: seconds(latency + onAir), onAir: seconds(onAir), rate, offTime: seconds(0) };
}

const MAX_LOSS_PERCENT = 95;

/**
 * A link's figures as a trace leaves them at a moment. A LoRa link keeps its data rate, which goes with the spreading factor that
 * it is set to: where the trace leaves a share r < 1 of the rate, 1 − r of its packets are lost to others' and sent again, which
 * leaves the same share at every spreading factor. More than its rate it never has.
 */
export function linkWithTrace(figures: LinkFigures, { rate, loss }: LinkState, radio: Radio): LinkFigures {
  const isLora = radio === 'LoRa';
  // Independent causes of loss: what passes is what none takes.
  const passing = (1 - loss) * (isLora ? Math.min(1, rate) : 1);
  const lost = 100 * (1 - (1 - figures.loss / 100) * passing);
  return {
    uplink: isLora ? figures.uplink : figures.uplink * rate,
    downlink: isLora ? figures.downlink : figures.downlink * rate,
    latency: figures.latency,
    loss: passing === 1 ? figures.loss : Math.min(MAX_LOSS_PERCENT, lost),
  };
}

/** The fastest rate at which Huang et al. measured a phone's power: above it the power stays as it is there, not extrapolated. */
const FASTEST_MEASURED_MBITS = 10;

/** Power on air = base + slope × rate. @param base mW @param slope mW for each Mbit/s */
const radioPower = (base: number, slope: number, rate: BitsPerSecond): Watts =>
  watts((base + slope * Math.min(FASTEST_MEASURED_MBITS, rate / 1e6)) / 1000);

/** Joules of the radio while on air. */
export const transmitEnergy = (figures: Omit<RadioFigures, 'wakeEnergy'>, { onAir, rate }: Transfer): Joules =>
  energyOf(radioPower(figures.transmitPower, figures.transmitSlope, rate), onAir);

export const receiveEnergy = (figures: Omit<RadioFigures, 'wakeEnergy'>, { onAir, rate }: Transfer): Joules =>
  energyOf(radioPower(figures.receivePower, figures.receiveSlope, rate), onAir);

/** The radio is switched on once to receive and once to send. */
export const wakeEnergy = (figures: Pick<RadioFigures, 'wakeEnergy'>, times: number): Joules =>
  joules((figures.wakeEnergy / 1000) * times);
