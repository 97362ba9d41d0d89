// What went wrong with data, in one sentence that a visitor can act on.

import { plainSentence } from '../plain-text.ts';

export class DataError extends Error {
  override readonly name = 'DataError';

  constructor(message: string) {
    super(plainSentence(message));
  }
}
