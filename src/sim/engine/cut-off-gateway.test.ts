// A gateway that is cut off serves the model that it holds: in the packet in which that came, under the mask of its time.

import { describe, expect, it } from 'vitest';
import type { RoundRecord } from '../record/record.ts';
import { collect, noiseData } from '../testing/collect.ts';

const fleet = { fogs: 1, gatewaysPerFog: 2, devicesPerGateway: 1, mix: ['smartphone'] };
const pruning = { sparsity: 0.9, begin: 3, ramp: 0 };
/** Plain TinyMLP: 1,765 floats and 25 bytes around them. */
const WHOLE = 7085;

/** Three rounds; in the third gateway-2 is cut off. */
async function third(
  settings: object,
  off: readonly string[] = ['link:gateway-2'],
  others: readonly { path: string; value: unknown }[] = [],
): Promise<RoundRecord> {
  const changes = [{ path: 'fleet.off', value: off }, ...others];
  const records = await collect({ data: noiseData, rounds: 3, fleet, ...settings }, { edits: [{ round: 3, changes }] });
  return records[2];
}
const down = ({ devices }: RoundRecord) => [...devices.bytesDown];
const up = ({ devices }: RoundRecord) => [...devices.bytesUp];

describe('a gateway that is cut off', () => {
  it('serves what it holds whole, though the model was pruned since, and its device sends all of it back', async () => {
    const record = await third({ pruning });
    expect(down(record)).toEqual([1106, WHOLE]);
    expect(up(record)[0]).toBeLessThan(1106);
    expect(up(record)[1]).toBe(WHOLE);
    expect(record.gateways.bytesDown[1]).toBe(0);
  });

  it('does so when its fog is cut off, and with its gateways all others of that fog', async () => {
    expect(down(await third({ pruning }, ['link:fog-1']))).toEqual([WHOLE, WHOLE]);
    expect(down(await third({ pruning }, ['fog-1']))).toEqual([WHOLE, WHOLE]);
  });

  it('counts the samples of those who take part while it is cut off, and of no earlier round', async () => {
    const two = { fogs: 1, gatewaysPerFog: 2, devicesPerGateway: 2, mix: ['smartphone'] };
    // All four take part at first; then device-4 is off as well.
    const record = await third({ fleet: two, data: { ...noiseData, samplesPerDevice: 20 } }, [
      'link:gateway-2',
      'device-4',
    ]);
    expect([...record.gateways.samples]).toEqual([40, 20]);
  });

  it('serves a model pruned less before as that packet', async () => {
    const ramp = { sparsity: 0.9, begin: 1, ramp: 2 };
    const connected = await collect({ data: noiseData, rounds: 3, fleet, pruning: ramp });
    const record = await third({ pruning: ramp });
    expect(down(record)).toEqual([down(connected[2])[0], down(connected[1])[1]]);
    // What it sends back are the values that it knows of, not those that the cloud has kept since.
    expect(up(record)).toEqual([up(connected[2])[0], up(connected[1])[1]]);
  });

  it('serves the packet of its time when the codec has changed since', async () => {
    const record = await third({}, undefined, [{ path: 'compression.down.quantise', value: 'int8' }]);
    expect(down(record)[1]).toBe(WHOLE);
    expect(down(record)[0]).toBeLessThan(WHOLE / 3);
  });

  it('sends differences to what its device holds, whatever mask the cloud has since', async () => {
    const difference = { compression: { down: { difference: true, quantise: 'int4' } } };
    // The device holds what the gateway holds: nothing has changed.
    const [connected, own] = down(await third({ ...difference, pruning }));
    expect(connected).toBe(1106);
    expect(own).toBeLessThan(WHOLE / 6);
  });

  it('sends a model whole that it received as a difference, when differences are switched off', async () => {
    const difference = { compression: { down: { difference: true, quantise: 'int4' } } };
    const record = await third(difference, undefined, [
      { path: 'compression.down.difference', value: false },
      { path: 'compression.down.quantise', value: 'fp32' },
    ]);
    expect(down(record)).toEqual([WHOLE, WHOLE]);
  });

  it('goes on under the old mask in later gateway rounds', async () => {
    const aggregation = { gatewayRounds: 2 };
    expect(down(await third({ pruning, aggregation }))[1]).toBe(2 * WHOLE);
    expect(up(await third({ pruning, aggregation }))[1]).toBe(2 * WHOLE);
  });

  it('cuts a sub-model from what it holds, under the mask of that', async () => {
    const subModels = { keep: 0.5 };
    const plain = await third({ subModels });
    const record = await third({ subModels, pruning });
    expect([down(record)[1], up(record)[1]]).toEqual([down(plain)[1], up(plain)[1]]);
    expect(down(record)[0]).toBeLessThan(down(plain)[0]);
  });
});
