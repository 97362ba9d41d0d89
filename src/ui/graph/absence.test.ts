// A row added to the table of statuses has a sign (the type checker asks for it), a colour in both schemes, and a curve.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { absentStatuses, statusTable } from '../../sim/record/statuses.ts';
import { absentSpec } from '../charts/fleet-specs.ts';
import { absenceOf } from './absence.ts';

const theme = readFileSync(new URL('../theme.css', import.meta.url), 'utf8');
const schemes = theme.split("data-mantine-color-scheme='").slice(1);

it('each reason of absence has a sign, and a colour of its own in light and dark', () => {
  expect(schemes).toHaveLength(2);
  for (const scheme of schemes) {
    const colours = absentStatuses.map((status) => {
      expect(absenceOf(status).path).not.toBe('');
      const token = absenceOf(status).color.slice('var('.length, -1);
      return new RegExp(`${token}: (#[0-9a-f]{6});`).exec(scheme)?.[1];
    });
    expect(colours).not.toContain(undefined);
    expect(new Set(colours).size).toBe(absentStatuses.length);
  }
});

it('each reason of absence has a curve, and nothing else has', () => {
  expect(absentSpec.curves.map(({ key }) => key)).toEqual(absentStatuses);
  const absent = statusTable.filter(({ contributed }) => !contributed).map(({ id }) => id);
  expect([...absentStatuses].sort()).toEqual(absent.sort());
});

it('the gravest reasons come first', () => {
  const severities = absentStatuses.map((status) => absenceOf(status).severity);
  expect([...new Set(severities)]).toEqual(['bad', 'dead', 'warn', 'off', 'calm', 'busy']);
});
