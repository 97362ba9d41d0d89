import { describe, expect, it } from 'vitest';
import { collect, noiseData } from '../../../sim/testing/collect.ts';
import { paint, reachOf, rgbOf, toGrid } from './heat-shape.ts';
import { toHexRows } from './hex-rows.ts';
import { heightOf, toOutline } from './histogram-shape.ts';
import { whySilent } from './why-silent.ts';

describe('a histogram’s outline', () => {
  it('gives no value no height, and the most the whole', () => {
    expect(heightOf(0, 1000, 100)).toBe(0);
    expect(heightOf(1000, 1000, 100)).toBe(100);
    expect(heightOf(1, 1000, 100)).toBeGreaterThan(5);
  });

  it('runs from the left end of the axis to the right', () => {
    expect(toOutline([0, 9], 9, { width: 20, height: 10 })).toBe('M0 10 V10 H10 V0 H20 V10');
  });
});

describe('a heat map', () => {
  it('is rows by all that is within a row; a vector is one row', () => {
    expect(toGrid([32, 16])).toMatchObject({ rows: 32, columns: 16 });
    expect(toGrid([16, 8, 3])).toMatchObject({ rows: 16, columns: 24 });
    expect(toGrid([5])).toMatchObject({ rows: 1, columns: 5 });
    expect(toGrid([256, 256]).scale).toBe(1);
  });

  it('goes from the colour of zero to those of either end', () => {
    const palette = { zero: rgbOf('#fff'), positive: rgbOf('#ff0000'), negative: rgbOf(' #0000ff') } as const;
    const pixels = paint(new Float32Array([0, 2, -2]), 2, palette);
    expect([...pixels]).toEqual([255, 255, 255, 255, 255, 0, 0, 255, 0, 0, 255, 255]);
  });

  it('has one scale for before and after', () => {
    expect(reachOf(new Float32Array([0.1, -3]), new Float32Array([2, 0]))).toBe(3);
    expect(reachOf(new Float32Array(2), new Float32Array(2))).toBe(1);
  });
});

describe('the bytes in hexadecimal', () => {
  const parts = [
    { name: 'header', start: 0, bytes: 18 },
    { name: 'values', start: 18, bytes: 40 },
    { name: 'checksum', start: 58, bytes: 4 },
  ] as const;

  it('are cut where a row ends, and where a part does', () => {
    const rows = toHexRows(
      Uint8Array.from({ length: 32 }, (_, index) => index),
      parts,
    );
    expect(rows.map(({ offset }) => offset)).toEqual(['00', '10']);
    expect(rows[1].runs).toEqual([
      { part: 'header', start: 16, isFirst: false, bytes: ['10', '11'] },
      { part: 'values', start: 18, isFirst: true, bytes: Array.from({ length: 14 }, (_, i) => (18 + i).toString(16)) },
    ]);
  });

  it('show every byte once', () => {
    const rows = toHexRows(new Uint8Array(62), parts);
    expect(rows.flatMap(({ runs }) => runs.flatMap(({ bytes }) => bytes))).toHaveLength(62);
  });
});

it('a device that sat out says why it sent nothing', async () => {
  const [record] = await collect({
    data: noiseData,
    rounds: 1,
    fleet: { devicesPerGateway: 2, off: ['device-1'] },
  });
  const query = { round: 1, node: 'device-1', direction: 'up', index: 0 } as const;
  expect(whySilent(record, query)).toBe('Nothing went up this link in round 1: switched off.');
  expect(whySilent(record, { ...query, node: 'fog-9' })).toBe('Nothing went up this link in round 1.');
});
