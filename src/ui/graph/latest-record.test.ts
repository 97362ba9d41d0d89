import { describe, expect, it } from 'vitest';
import { modelKinds } from '../../sim/model/models.ts';
import { emptyDeviceColumns, emptyUpperColumns, rowOf } from '../../sim/record/columns.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { statuses } from '../../sim/record/statuses.ts';
import { batteryPercent, classMix, deviceState, familyOf, linkBytes, shownLoss } from './latest-record.ts';

const devices = emptyDeviceColumns(3);
devices.number.set([2, 5, 9]);
devices.status.set([0, statuses.indexOf('out of memory'), statuses.indexOf('battery empty')]);
devices.batteryShare.set([0.9999, 0.0001, 0]);
devices.loss[0] = 0.514;
devices.bytesUp[0] = 1800;
devices.bytesUpRaw[0] = 7060;
devices.bytesDown[0] = 7085;
const record = {
  devices,
  gateways: emptyUpperColumns([1, 4]),
  fogs: emptyUpperColumns([1]),
} as unknown as RoundRecord;

describe('a device in the latest record', () => {
  it('is found by its number', () => {
    expect(rowOf(devices.number, 9)).toBe(2);
    expect(rowOf(devices.number, 3)).toBeUndefined();
  });

  it('has a state, and waits before its first round', () => {
    expect([2, 5, 9, 3].map((number) => deviceState(record, number))).toEqual([
      'trained',
      'out of memory',
      'battery empty',
      'waiting',
    ]);
    expect(deviceState(undefined, 2)).toBe('waiting');
  });

  it('shows 100 % only of a full and 0 % only of an empty battery', () => {
    expect([2, 5, 9, 3].map((number) => batteryPercent(record, number))).toEqual([99, 1, 0, 100]);
  });

  it('has a family where there is more than one', () => {
    devices.model[1] = modelKinds.indexOf('micro-cnn');
    const families = modelKinds.map((kind) => ({
      kind,
      devices: 1,
      accuracy: 0,
      loss: 0,
      distillation: Number.NaN,
      diverged: false,
    }));
    expect(familyOf({ ...record, families }, 2)).toBe('tiny-mlp');
    expect(familyOf({ ...record, families }, 5)).toBe('micro-cnn');
    expect(familyOf({ ...record, families }, 3)).toBeNull();
    expect(familyOf({ ...record, families: families.slice(0, 1) }, 5)).toBeNull();
  });

  it('shows its loss rounded, and none if it sat out', () => {
    expect(shownLoss(record, 2)).toBeCloseTo(0.52);
    expect(shownLoss(record, 5)).toBeNaN();
  });
});

it('a link’s bytes are those of its lower node; the cloud has no link', () => {
  expect(linkBytes(record, 'device-2')).toEqual({ up: 1800, raw: 7060, down: 7085 });
  expect(linkBytes(record, 'gateway-4')).toEqual({ up: 0, raw: 0, down: 0 });
  expect(linkBytes(record, 'cloud')).toBeNull();
  expect(linkBytes(record, 'device-3')).toBeNull();
});

it('a class mix is the same array as long as the data are the same', () => {
  const partition = {
    devices: Int32Array.of(2, 5),
    classes: 2,
    counts: Uint32Array.of(3, 1, 0, 4),
    requested: Int32Array.of(4, 4),
    limit: 4,
    testSamples: 10,
  };
  expect(classMix(partition, 5)).toEqual([0, 4]);
  expect(classMix(partition, 5)).toBe(classMix(partition, 5));
  expect(classMix(partition, 7)).toEqual([]);
  expect(classMix(null, 5)).toEqual([]);
});
