import { expect, it } from 'vitest';
import { emptyDeviceColumns, emptyUpperColumns } from '../../sim/record/columns.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { toDeviceRound, toRecall, toUpperRound } from './to-round.ts';

const devices = emptyDeviceColumns(2);
devices.number.set([3, 7]);
devices.bytesUp[1] = 1800;
devices.downloadStart[1] = 0.1;
devices.downloadEnd[1] = 0.3;
devices.computeEnd[1] = 1.3;
devices.uploadStart[1] = 1.3;
devices.uploadEnd[1] = 1.8;
devices.energyCompute[1] = 0.2;
devices.energyWake[1] = 0.16;
const gateways = emptyUpperColumns([1]);
gateways.downloadEnd[0] = 0.1;
gateways.lastArrival[0] = 1.8;
gateways.aggregated[0] = 1.9;
gateways.uploadEnd[0] = 2.4;
gateways.received[0] = 1;
const codecs = { device: 'INT8', gateway: 'FP32', fog: 'FP32', down: 'FP32', rungs: [] };
const record = { round: 4, codecs, devices, gateways, fogs: emptyUpperColumns([1]) } as unknown as RoundRecord;

it('a device’s round has the spans of its phases and the sum of its joules', () => {
  const round = toDeviceRound(record, 7);
  expect(round).toMatchObject({ round: 4, bytesUp: 1800 });
  expect(round?.download).toBeCloseTo(0.2);
  expect(round?.compute).toBeCloseTo(1);
  expect(round?.upload).toBeCloseTo(0.5);
  expect(round?.joules).toBeCloseTo(0.36);
});

it('a device that sat out spent no time; one that was not there has no round', () => {
  expect(toDeviceRound(record, 3)).toMatchObject({ download: 0, compute: 0, upload: 0, joules: 0 });
  expect(toDeviceRound(record, 8)).toBeNull();
});

it('a gateway waits, aggregates and sends', () => {
  const round = toUpperRound(record, 'gateway-1', 'gateway');
  expect(round?.received).toBe(1);
  expect(round?.waiting).toBeCloseTo(1.7);
  expect(round?.aggregating).toBeCloseTo(0.1);
  expect(round?.upload).toBeCloseTo(0.5);
});

it('recall is the share of a class’s samples that are recognised', () => {
  expect(toRecall(Uint32Array.of(3, 1, 0, 4))).toEqual([0.75, 1]);
  expect(toRecall(Uint32Array.of(0, 0, 2, 2))).toEqual([0, 0.5]);
});
