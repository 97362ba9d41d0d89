import { describe, expect, it } from 'vitest';
import { profileOf, profiles } from '../fleet/profiles/index.ts';
import { bitsPerSecond, bytes, seconds } from '../units.ts';
import { linkWithTrace, receiveEnergy, transfer, transferTime, transmitEnergy, wakeEnergy } from './link.ts';
import { dataRateFor, dataRates, offTimeAfter, packetAirtime, packetsFor } from './lora.ts';

const wifi = { uplink: 100, downlink: 200, latency: 10, loss: 0 };
const radio = { transmitPower: 660, transmitSlope: 0, receivePower: 320, receiveSlope: 0, wakeEnergy: 80 };

describe('transfer', () => {
  it('takes latency + 8 × bytes ÷ rate ÷ (1 − loss)', () => {
    expect(transfer(bytes(7060), wifi, 'up').time).toBeCloseTo(0.01 + 0.5648, 9);
    expect(transfer(bytes(7060), wifi, 'down').time).toBeCloseTo(0.01 + 0.2824, 9);
    expect(transfer(bytes(7060), { ...wifi, loss: 50 }, 'up').time).toBeCloseTo(0.01 + 2 * 0.5648, 9);
  });

  it('halves in time on air when the rate doubles, and takes nothing for nothing', () => {
    const doubled = transfer(bytes(7060), { ...wifi, uplink: 200 }, 'up');
    expect(doubled.onAir).toBeCloseTo(transfer(bytes(7060), wifi, 'up').onAir / 2, 12);
    expect(transfer(bytes(0), wifi, 'up').time).toBe(0);
  });

  it('costs power × time on air, and waking costs most for a few kB over fast Wi-Fi', () => {
    const slow = transfer(bytes(7060), wifi, 'up');
    expect(transmitEnergy(radio, slow)).toBeCloseTo(0.66 * 0.5648, 9);
    expect(receiveEnergy(radio, slow)).toBeCloseTo(0.32 * 0.5648, 9);
    const fast = transfer(bytes(7060), { ...wifi, uplink: 10_000 }, 'up');
    expect(wakeEnergy(radio, 1)).toBeGreaterThan(10 * transmitEnergy(radio, fast));
  });

  it('gives HierFAVG’s published figures: 698,880 bits in 0.1232 s for 0.0616 J', () => {
    // Shannon’s rate of its channel, B log2(1 + P h ÷ σ): 1 MHz, 0.5 W, gain 1e-8, noise 1e-10 W (Liu et al., ICC 2020).
    const rate = 1e6 * Math.log2(1 + (0.5 * 1e-8) / 1e-10);
    const time = transferTime(bytes((21_840 * 32) / 8), bitsPerSecond(rate));
    expect(time).toBeCloseTo(0.1232, 4);
    expect(0.5 * time).toBeCloseTo(0.0616, 4);
  });
});

describe('a phone’s radio', () => {
  const { figures } = profileOf('phone');
  const phone = {
    transmitPower: figures.transmitPower.value,
    transmitSlope: figures.transmitSlope.value,
    receivePower: figures.receivePower.value,
    receiveSlope: figures.receiveSlope.value,
  };
  const millijoules = (megabits: number, direction: 'up' | 'down', size = 7085) => {
    const sent = transfer(bytes(size), { ...wifi, uplink: 1000 * megabits, downlink: 1000 * megabits }, direction);
    return 1000 * (direction === 'up' ? transmitEnergy(phone, sent) : receiveEnergy(phone, sent));
  };

  it('takes base + slope × rate (Huang 2012): 7,085 B up at 10, 1 and 0.1 Mbit/s take 16.8, 23.6 and 91.4 mJ', () => {
    expect(millijoules(10, 'up')).toBeCloseTo(16.8, 1);
    expect(millijoules(1, 'up')).toBeCloseTo(23.6, 1);
    expect(millijoules(0.1, 'up')).toBeCloseTo(91.4, 1);
  });

  it('takes less to receive: 8.5, 15.3 and 83.1 mJ', () => {
    expect(millijoules(10, 'down')).toBeCloseTo(8.52, 2);
    expect(millijoules(1, 'down')).toBeCloseTo(15.3, 1);
    expect(millijoules(0.1, 'down')).toBeCloseTo(83.1, 1);
  });

  it('is not extrapolated above the 10 Mbit/s that were measured: power stays, so energy falls with the time', () => {
    expect(millijoules(50, 'up')).toBeCloseTo(millijoules(10, 'up') / 5, 9);
  });

  it('is the tutorial phone’s too, and no other profile’s power depends on its rate', () => {
    expect(profileOf('smartphone').figures.transmitSlope.value).toBe(283.17);
    for (const { id, figures } of profiles) {
      if (id === 'phone' || id === 'smartphone') continue;
      expect([id, figures.transmitSlope.value, figures.receiveSlope.value]).toEqual([id, 0, 0]);
    }
  });
});

describe('LoRaWAN', () => {
  const slowest = { ...wifi, uplink: 0.25, latency: 0 };
  /** Until the sender may send again. */
  const hours = (size: number) => {
    const { time, offTime } = transfer(bytes(size), slowest, 'up', 'LoRa');
    return (time + offTime) / 3600;
  };

  it('takes 139 packets and 10.8 hours, the last off time included, for a 7,060 B model at SF12', () => {
    expect(packetsFor(7060, dataRateFor(250))).toBe(139);
    expect(hours(7060)).toBeCloseTo(10.8, 1);
    expect(hours(1765)).toBeCloseTo(2.7, 1);
    expect(hours(946)).toBeCloseTo(1.5, 1);
  });

  it('has the spreading factor and packet that its rate allows', () => {
    expect(dataRateFor(250).spreadingFactor).toBe(12);
    expect(dataRateFor(5470)).toMatchObject({ spreadingFactor: 7, payload: 222 });
    expect(dataRateFor(100).spreadingFactor).toBe(12);
    // Semtech's calculator: SF12, 125 kHz, CR 4/5, 64 B on the physical layer.
    expect(packetAirtime(51, dataRateFor(250))).toBeCloseTo(seconds(2.793), 3);
    for (const { bitsPerSecond, spreadingFactor } of dataRates) {
      expect(dataRateFor((bitsPerSecond / 1000) * 1000).spreadingFactor).toBe(spreadingFactor);
    }
  });

  it.each(['up', 'down'] as const)(
    'a packet arrives after its time on air, %s; the off time is the next one’s',
    (way) => {
      const fastest = { ...slowest, uplink: 5.47, downlink: 5.47 };
      const one = transfer(bytes(1), fastest, way, 'LoRa');
      expect(one.time).toBeCloseTo(0.046336, 6);
      expect(one.onAir).toBeCloseTo(0.046336, 6);
      expect(one.offTime).toBeCloseTo(99 * 0.046336, 6);
    },
  );

  it('a message of n packets takes n times on air and n − 1 off times, and leaves the last one’s', () => {
    const rate = dataRateFor(250);
    const [full, last] = [packetAirtime(51, rate), packetAirtime(7060 - 138 * 51, rate)];
    const { time, onAir, offTime } = transfer(bytes(7060), slowest, 'up', 'LoRa');
    expect(onAir).toBeCloseTo(138 * full + last, 9);
    expect(time).toBeCloseTo(onAir + 138 * offTimeAfter(full), 6);
    expect(offTime).toBeCloseTo(99 * last, 9);
    expect(time + offTime).toBeCloseTo(100 * onAir, 6);
  });

  it('sends lost packets again, each with its off time', () => {
    const { time, onAir, offTime } = transfer(bytes(7060), { ...slowest, loss: 50 }, 'up', 'LoRa');
    expect(onAir).toBeCloseTo(2 * transfer(bytes(7060), slowest, 'up', 'LoRa').onAir, 9);
    expect(time + offTime).toBeCloseTo(100 * onAir, 6);
  });

  it('keeps its spreading factor whatever the trace; what is left of the rate is the same share at each', () => {
    for (const { bitsPerSecond } of dataRates) {
      const link = { ...slowest, uplink: bitsPerSecond / 1000 };
      const onAir = (rate: number) =>
        transfer(bytes(7060), linkWithTrace(link, { rate, loss: 0 }, 'LoRa'), 'up', 'LoRa').onAir;
      expect(onAir(1.1)).toBe(onAir(1));
      for (const rate of [0.9, 0.65, 0.3]) expect(onAir(rate) / onAir(1)).toBeCloseTo(1 / rate, 9);
    }
  });
});

describe('a link under a trace', () => {
  it('has its rate times the trace’s, and loses what either cause takes', () => {
    const link = { ...wifi, loss: 20 };
    expect(linkWithTrace(link, { rate: 0.5, loss: 0 }, 'Wi-Fi')).toEqual({ ...link, uplink: 50, downlink: 100 });
    expect(linkWithTrace(link, { rate: 1, loss: 0.4 }, 'Wi-Fi').loss).toBeCloseTo(52, 9);
    expect(linkWithTrace(link, { rate: 0.5, loss: 0.4 }, 'LoRa').loss).toBeCloseTo(76, 9);
    expect(linkWithTrace(link, { rate: 0.01, loss: 0.4 }, 'LoRa').loss).toBe(95);
  });
});
