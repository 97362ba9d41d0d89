// Limits an experiment from outside before its schema parses it: its depth, the length of a list, and the number of values. So the
// work of checking is bounded too, and no later step, each of which may recurse, can overflow the stack.

import { formatInteger, printableText } from '../printable-text.ts';

/** The deepest setting, fleet.figures.device-1.uplink, is at depth 4. */
const MAX_DEPTH = 6;
/** Entries of one list or record. A fleet of 10,000 devices has at most some 21,000 nodes and links to switch off. */
const MAX_ENTRIES = 25_000;
/** Values in all. Every figure of 10,000 devices edited by hand is 160,000. */
const MAX_VALUES = 250_000;

/**
 * @throws {RangeError} one sentence, with the path at fault as its first word, if the input nests too deep (a cycle does), is too
 * large, or has a key that JavaScript gives a meaning of its own.
 */
export function checkNesting(input: unknown): void {
  let values = 0;
  const check = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) return;
    // Only what is wrong is named: there may be thousands of edited devices.
    const name = () => printableText(path.join('.')) || 'experiment';
    if (path.length >= MAX_DEPTH) throw new RangeError(`${name()} nests too deep; no setting has more than 4 levels.`);
    const keys = Object.keys(value);
    if (keys.length > MAX_ENTRIES) {
      throw new RangeError(
        `${name()} has ${formatInteger(keys.length)} entries; at most ${formatInteger(MAX_ENTRIES)} are possible.`,
      );
    }
    values += keys.length;
    if (values > MAX_VALUES)
      throw new RangeError(`experiment has more than ${formatInteger(MAX_VALUES)} values, up to ${name()}.`);
    for (const key of keys) {
      if (key === '__proto__') throw new RangeError(`${name()} has a key "__proto__", which names nothing.`);
      check((value as Record<string, unknown>)[key], [...path, key]);
    }
  };
  check(input, []);
}
