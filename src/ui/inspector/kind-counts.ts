// How many devices there are of each kind. Pure.

import type { Profile } from '../../sim/fleet/profiles/profile.ts';
import type { DeviceNode } from '../../sim/fleet/topology.ts';

export interface KindCount {
  readonly profile: Profile;
  readonly count: number;
}

/** The most frequent kind first; of equally many in the order in which the devices are given. */
export function kindCounts(devices: readonly DeviceNode[]): KindCount[] {
  const counts = new Map<Profile, number>();
  for (const { profile } of devices) counts.set(profile, (counts.get(profile) ?? 0) + 1);
  return [...counts].map(([profile, count]) => ({ profile, count })).sort((a, b) => b.count - a.count);
}
