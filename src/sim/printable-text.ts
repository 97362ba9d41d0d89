// Text from outside, made safe to print in a sentence: no control character reaches a terminal, and length is bounded.

/** Control and format characters (line ends, escape codes, text direction), line separators, and halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const escaped = (character: string): string => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** The text on one line, unprintable characters as \u000a, cut to `most` characters. */
export function printableText(text: string, most = 60): string {
  // Cut first: what is left out need not be escaped. Escapes are cut whole.
  const pieces: string[] = [];
  let length = 0;
  for (const character of text.slice(0, most + 1)) {
    const piece = character.replace(UNPRINTABLE, escaped);
    length += piece.length;
    pieces.push(piece);
  }
  if (length <= most && text.length <= most) return pieces.join('');
  while (length > most - 1) length -= (pieces.pop() ?? ' '.repeat(length)).length;
  return `${pieces.join('')}…`;
}

/** A sentence of Fogline's own that quotes what came from outside: on one line, and never longer than a paragraph. */
export const printableSentence = (sentence: string): string => printableText(sentence, 1000);

/** '10,000': a whole number as sentences write it. */
export const formatInteger = (value: number): string => value.toLocaleString('en');
