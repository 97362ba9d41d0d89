// Time on air of LoRaWAN packets, from Semtech's AN1200.13 "LoRa Modem Designer's Guide" and the LoRaWAN regional parameters
// for EU868 at 125 kHz: the faster the data rate, the smaller the spreading factor and the larger the largest packet. By law
// (ETSI EN 300 220) a transmitter may be on air for 1 % of the time: after a packet of T seconds it keeps silent for 99 T, the
// off time of LoRaWAN 1.0.3, section 7. That delays the next packet, not this one: a message of n packets is there after n times
// on air and n − 1 off times, and the last off time must pass before the sender's next message.
//
// The device's transmitter and the gateway's each have their own 1 %. Downlinks are scheduled as in class B (LoRaWAN 1.0.3,
// section 10): the device's receiver is on for the packets only, and it sends no uplink to ask for each. Beacons are not counted.

import { type Seconds, seconds } from '../units.ts';

interface DataRate {
  readonly spreadingFactor: number;
  readonly bitsPerSecond: number;
  /** Largest application payload in bytes. */
  readonly payload: number;
}

export const dataRates: readonly DataRate[] = [
  { spreadingFactor: 12, bitsPerSecond: 250, payload: 51 },
  { spreadingFactor: 11, bitsPerSecond: 440, payload: 51 },
  { spreadingFactor: 10, bitsPerSecond: 980, payload: 51 },
  { spreadingFactor: 9, bitsPerSecond: 1760, payload: 115 },
  { spreadingFactor: 8, bitsPerSecond: 3125, payload: 222 },
  { spreadingFactor: 7, bitsPerSecond: 5470, payload: 222 },
];

const DUTY_CYCLE = 0.01;
/** Rates come in kbit/s: 0.98 × 1000 may be a little under 980. */
const RATE_ROUNDING = 1e-6;
/** MAC header, address, counter, port and integrity code around an application payload. */
const MAC_OVERHEAD = 13;
const BANDWIDTH_HERTZ = 125_000;
const PREAMBLE_SYMBOLS = 8;
/** Coding rate 4/5. */
const CODING_RATE = 1;

/** The fastest data rate that does not exceed the link's rate (bit/s); the slowest there is, below that. */
export const dataRateFor = (bitsPerSecond: number): DataRate =>
  dataRates.findLast((rate) => rate.bitsPerSecond <= bitsPerSecond + RATE_ROUNDING) ?? dataRates[0];

/** Seconds on air of one packet with this application payload. */
export function packetAirtime(payload: number, { spreadingFactor }: DataRate): Seconds {
  const symbol = 2 ** spreadingFactor / BANDWIDTH_HERTZ;
  const lowDataRate = spreadingFactor >= 11 ? 1 : 0;
  const physical = payload + MAC_OVERHEAD;
  const symbols =
    8 +
    Math.max(
      Math.ceil((8 * physical - 4 * spreadingFactor + 28 + 16) / (4 * (spreadingFactor - 2 * lowDataRate))) *
        (CODING_RATE + 4),
      0,
    );
  return seconds((PREAMBLE_SYMBOLS + 4.25 + symbols) * symbol);
}

/** Seconds for which a transmitter keeps silent after so many seconds on air: T ÷ duty cycle − T. */
export const offTimeAfter = (onAir: number): Seconds => seconds(onAir / DUTY_CYCLE - onAir);

export const packetsFor = (size: number, rate: DataRate): number => Math.ceil(size / rate.payload);

export interface LoraMessage {
  readonly packets: number;
  /** Seconds on air of all its packets, repeated ones included. */
  readonly onAir: Seconds;
  /** Seconds of silence between its packets: from the first one's beginning to the last one's end, less the time on air. */
  readonly offTimeWithin: Seconds;
  /** Seconds of silence after its last packet, before the sender's next message. */
  readonly offTimeAfter: Seconds;
}

/**
 * A whole message, cut into the largest packets.
 * @param size bytes, above 0
 * @param repeats how often each packet is sent on average, 1 if none is lost
 */
export function loraMessage(size: number, rate: DataRate, repeats = 1): LoraMessage {
  const packets = packetsFor(size, rate);
  const last = packetAirtime(size - (packets - 1) * rate.payload, rate);
  const onAir = repeats * ((packets - 1) * packetAirtime(rate.payload, rate) + last);
  const after = offTimeAfter(last);
  return {
    packets,
    onAir: seconds(onAir),
    offTimeWithin: seconds(Math.max(0, offTimeAfter(onAir) - after)),
    offTimeAfter: after,
  };
}

/** Until when a device may not send, and its gateway not send to it, seconds on the simulated clock. */
export interface SilentUntil {
  readonly up: number;
  readonly down: number;
}

/** No off time is left from an earlier message. */
export const noOffTime: SilentUntil = { up: Number.NEGATIVE_INFINITY, down: Number.NEGATIVE_INFINITY };

/** The same on a clock that began at `origin`. */
export const silentUntilSince = ({ up, down }: SilentUntil, origin: number): SilentUntil => ({
  up: up - origin,
  down: down - origin,
});
