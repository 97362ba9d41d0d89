import { expect, it } from 'vitest';
import { absentStatuses, statusEntry } from '../../sim/record/statuses.ts';
import { toAbsenceSentence } from './why-absent.ts';

const facts = { memory: 33_192, ram: 32_768, storage: 34_000, capacity: 32_768, joules: 1.5 };

it('every reason has its sentence, which begins with the reason', () => {
  for (const status of absentStatuses) {
    const sentence = toAbsenceSentence(status, facts);
    expect(sentence.toLowerCase().startsWith(statusEntry(status).label), sentence).toBe(true);
    expect(sentence.endsWith('.')).toBe(true);
  }
});

it('says what was missing and what was spent in vain', () => {
  expect(toAbsenceSentence('out of memory', facts)).toBe('Out of memory: training needs 424 B more than its RAM.');
  expect(toAbsenceSentence('out of storage', facts)).toBe(
    'Out of storage: it has to hold 1.2 kB more than its storage does.',
  );
  expect(toAbsenceSentence('out of memory', { ...facts, ram: 64_000 })).toBe(
    'Out of memory: training needs more memory than it has.',
  );
  expect(toAbsenceSentence('late', facts)).toBe(
    'Too late: its update came after the round had closed. 1.50 J were spent.',
  );
  expect(toAbsenceSentence('not selected', facts)).toBe('Not selected: the selection policy asked others.');
});
