import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import { openFederation, partitionForNewDevices } from './federation.ts';

const experiment = parseExperiment({ data: { dataset: 'tutorial-noise' }, fleet: { devicesPerGateway: 30 } });
const readAsset = async () => '';

describe('opening a federation', () => {
  it('deals the same with rests and without, and rests every few devices', async () => {
    const whole = await openFederation(experiment, readAsset);
    let rests = 0;
    const rested = await openFederation(experiment, readAsset, async () => {
      rests++;
      await new Promise((resolve) => setTimeout(resolve));
    });
    expect(rested.data).toEqual(whole.data);
    expect([...rested.data.keys()]).toEqual([...whole.data.keys()]);
    expect([whole.data.size, rests]).toEqual([90, 18]);
  });

  it('ends where yielding throws', async () => {
    let rests = 0;
    const opening = openFederation(experiment, readAsset, async () => {
      if (++rests === 3) throw new Error('Enough.');
    });
    await expect(opening).rejects.toThrow('Enough.');
    expect(rests).toBe(3);
  });

  it('deals to devices that are added, and only to those', async () => {
    const federation = await openFederation(experiment, readAsset);
    const before = new Map(federation.data);
    const added = [{ id: 'device-91', parent: 'gateway-1' }];
    expect(await partitionForNewDevices(federation, experiment)).toBe(false);
    expect(await partitionForNewDevices(federation, { ...experiment, fleet: { ...experiment.fleet, added } })).toBe(
      true,
    );
    for (const [number, held] of before) expect(federation.data.get(number)).toBe(held);
    expect(federation.data.size).toBe(91);
  });
});
