import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import { isTroubled, toSwitchWords } from './switch-words.ts';

const topologyOf = (fogs: number, gatewaysPerFog: number, devicesPerGateway: number) =>
  buildTopology(parseExperiment({ fleet: { fogs, gatewaysPerFog, devicesPerGateway } }).fleet);

function stateOf(
  id: string,
  off: readonly string[] = [],
  copies: readonly string[] = [],
  topology = topologyOf(1, 3, 10),
) {
  const node = topology.byId.get(id);
  if (!node) throw new Error(`${id} is not there`);
  return { node, topology, off: new Set(off), serves: (gateway: string) => copies.includes(gateway) };
}
const words = (...given: Parameters<typeof stateOf>) => toSwitchWords(stateOf(...given));

describe('a gateway', () => {
  it('says what would happen, and what happens', () => {
    expect(words('gateway-2')).toBe('Switch it off, and its 10 devices are cut off; rounds go on with what arrives.');
    expect(words('gateway-2', ['gateway-2'])).toBe('Off: its 10 devices are cut off; rounds go on with what arrives.');
    expect(words('gateway-2', ['link:gateway-2'])).toMatch(/^Link down: its 10 devices are cut off/);
  });

  it('serves its own copy while its way up is cut', () => {
    const served = 'its 10 devices can train from its own copy, and the updates get no further.';
    expect(words('gateway-2', ['link:gateway-2'], ['gateway-2'])).toBe(`Link down: ${served}`);
    expect(words('gateway-2', ['fog-1'], ['gateway-2'])).toBe(`Fog 1 is switched off: ${served}`);
  });

  it('that is the only one leaves rounds without updates', () => {
    expect(words('gateway-1', ['gateway-1'], [], topologyOf(1, 1, 1))).toBe(
      'Off: its device is cut off; rounds pass without any update.',
    );
  });
});

it('a device says whether it, its link or something above is off', () => {
  expect(words('device-1', ['device-1'])).toMatch(/^Off: the rounds go on without it/);
  expect(words('device-1', ['link:device-1'])).toMatch(/^Link down/);
  expect(words('device-1', ['gateway-1'], ['gateway-1'])).toBe('Cut off: Gateway 1 is switched off.');
  expect(words('device-1', ['link:fog-1'])).toBe('Cut off: the link of Fog 1 is down.');
  expect(words('device-1', ['link:fog-1'], ['gateway-1'])).toMatch(/^The link of Fog 1 is down: it trains from/);
});

it('a fog counts what is below it', () => {
  const two = topologyOf(2, 3, 10);
  expect(words('fog-1', ['fog-1'], [], two)).toBe('Off: its 30 devices are cut off; rounds go on with what arrives.');
  expect(words('fog-1', ['link:fog-1'], ['gateway-1'], two)).toMatch(
    /^Link down: its 3 gateways can serve only their own copies; rounds go on/,
  );
});

it('trouble is one’s own or from above, not from beside', () => {
  expect(isTroubled(stateOf('device-1'))).toBe(false);
  expect(isTroubled(stateOf('device-1', ['link:gateway-1']))).toBe(true);
  expect(isTroubled(stateOf('device-1', ['gateway-2']))).toBe(false);
});
