import { describe, expect, it } from 'vitest';
import { readValue, toTyped } from './value-field.tsx';

const uplink = { label: 'Uplink', value: 1000, unit: 'kbit/s', min: 0.1, max: 10_000_000 };
const rounds = { label: 'Rounds', value: 100, unit: 'rounds', min: 1, max: 1000, integer: true };
const alpha = { label: 'Label skew', value: 1, unit: '', min: 0.05, max: 100 };
const deadline = { label: 'Deadline', value: 10, unit: 's', min: 0.1, max: 86_400 };

describe('a field', () => {
  it('takes a plain number in the unit that it shows, and says which', () => {
    expect(toTyped(uplink)).toEqual({ text: '1', unit: 'Mbit/s' });
    expect(readValue('2', uplink)).toEqual({ value: 2000 });
    expect(toTyped({ ...uplink, value: 100 })).toEqual({ text: '100', unit: 'kbit/s' });
    expect(readValue('2', { ...uplink, value: 100 })).toEqual({ value: 2 });
    expect(readValue('2 Mbit/s', { ...uplink, value: 100 })).toEqual({ value: 2000 });
  });

  it('takes a decimal comma', () => {
    expect(readValue('0,1', alpha)).toEqual({ value: 0.1 });
    expect(readValue('1,5', deadline)).toEqual({ value: 1.5 });
    expect(readValue('1,000', rounds)).toEqual({ value: 1000 });
  });

  it('refuses what is out of range or unreadable with one sentence that says what would be right', () => {
    expect(readValue('20 Gbit/s', uplink)).toEqual({ refusal: 'Uplink must be a number from 100 bit/s to 10 Gbit/s.' });
    expect(readValue('1,5', rounds)).toEqual({
      refusal: 'Rounds must be a whole number from 1 round to 1,000 rounds.',
    });
    expect(readValue('2 GB', uplink)).toEqual({
      refusal: '“2 GB” cannot be read: Uplink must be a number from 100 bit/s to 10 Gbit/s.',
    });
    expect(readValue('', deadline)).toEqual({ refusal: 'Deadline must be a number from 0.1 s to 1 d.' });
    expect(readValue('0', alpha)).toEqual({ refusal: 'Label skew must be a number from 0.05 to 100.' });
  });
});
