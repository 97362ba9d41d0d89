import { describe, expect, it } from 'vitest';
import { readOptions } from './efficiency-arguments.ts';

describe('the options of npm run efficiency', () => {
  it('are one seed and a Markdown table, unless it is told otherwise', () => {
    expect(readOptions(['a.json', '--rounds', '5'])).toEqual({
      seeds: 1,
      json: false,
      others: ['a.json', '--rounds', '5'],
    });
    expect(readOptions(['--seeds', '5', 'a.json', '--json', '--seed', '3'])).toEqual({
      seeds: 5,
      json: true,
      others: ['a.json', '--seed', '3'],
    });
    expect(readOptions(['--seeds=3', 'a.json'])).toMatchObject({ seeds: 3, others: ['a.json'] });
  });

  it.each(['0', '101', 'five', '-1', '2.5', '', 'a\nb'])('refuses --seeds %j in one sentence of one line', (text) => {
    expect(() => readOptions([`--seeds=${text}`])).toThrow(/^--seeds takes a whole number from 1 to 100, not ".*"\.$/);
  });

  it('takes what follows an option for its value, a minus too, but no other option', () => {
    expect(() => readOptions(['--seeds', '-1'])).toThrow('--seeds takes a whole number from 1 to 100, not "-1".');
    expect(() => readOptions(['--seeds', '--json'])).toThrow('--seeds needs a value; see --help.');
  });
});
