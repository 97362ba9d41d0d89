// The way from a device to the cloud.

import type { DeviceNode, Topology, UpperNode } from '../../fleet/topology.ts';

function upper({ byId }: Topology, id: string | null): UpperNode | undefined {
  const node = id === null ? undefined : byId.get(id);
  return node && node.tier !== 'device' ? node : undefined;
}

/** A device's gateway and fog, as far as it has them. */
export function above(topology: Topology, device: DeviceNode): UpperNode[] {
  const gateway = upper(topology, device.parent);
  const fog = upper(topology, gateway?.parent ?? null);
  return [gateway, fog].filter((node) => node !== undefined);
}
