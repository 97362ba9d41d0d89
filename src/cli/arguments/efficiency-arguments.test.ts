import { describe, expect, it } from 'vitest';
import { parseEfficiencyArguments } from './efficiency-arguments.ts';

describe('the options of npm run efficiency', () => {
  it('default to one seed and a Markdown table', () => {
    expect(parseEfficiencyArguments(['a.json', '--rounds', '5'])).toEqual({
      seeds: 1,
      json: false,
      remaining: ['a.json', '--rounds', '5'],
    });
    expect(parseEfficiencyArguments(['--seeds', '5', 'a.json', '--json', '--seed', '3'])).toEqual({
      seeds: 5,
      json: true,
      remaining: ['a.json', '--seed', '3'],
    });
    expect(parseEfficiencyArguments(['--seeds=3', 'a.json'])).toMatchObject({ seeds: 3, remaining: ['a.json'] });
  });

  it.each(['0', '101', 'five', '-1', '2.5', '', 'a\nb'])('refuses --seeds %j in one sentence of one line', (text) => {
    expect(() => parseEfficiencyArguments([`--seeds=${text}`])).toThrow(
      /^--seeds takes a whole number from 1 to 100, not ".*"\.$/,
    );
  });

  it('takes what follows an option for its value, a minus too, but no other option', () => {
    expect(() => parseEfficiencyArguments(['--seeds', '-1'])).toThrow(
      '--seeds takes a whole number from 1 to 100, not "-1".',
    );
    expect(() => parseEfficiencyArguments(['--seeds', '--json'])).toThrow('--seeds needs a value; see --help.');
  });
});
