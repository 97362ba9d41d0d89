// The registry of device profiles. A new profile is one entry in one of the two sets, or a new set listed here.

import { datasheetProfiles } from './datasheet.ts';
import type { Profile } from './profile.ts';
import { tutorialProfiles } from './tutorial.ts';

export const profileSets = {
  tutorial: { label: 'Tutorial', profiles: tutorialProfiles },
  datasheet: { label: 'Datasheet', profiles: datasheetProfiles },
} as const satisfies Record<string, { label: string; profiles: readonly Profile[] }>;

export const profiles: readonly Profile[] = Object.values(profileSets).flatMap((set) => set.profiles);

const byId = new Map(profiles.map((profile) => [profile.id, profile]));

/** @throws {RangeError} if there is no such profile. */
export function profileOf(id: string): Profile {
  const profile = byId.get(id);
  if (!profile) {
    throw new RangeError(
      `There is no device profile "${id}"; known are ${profiles.map((known) => known.id).join(', ')}.`,
    );
  }
  return profile;
}

export const isProfileId = (id: string): boolean => byId.has(id);
