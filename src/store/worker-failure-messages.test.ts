import { describe, expect, it } from 'vitest';
import { lossSentence, recoveredSentence, whatHappened } from './worker-failure-messages.ts';

describe('what is said of a lost worker', () => {
  it('names what happened, what is done, and what is kept', () => {
    expect(lossSentence({ kind: 'silent', milliseconds: 3250 }, null, false, 12)).toBe(
      'The training has not answered for 3 s. It is started again. Rounds 1 to 12 are kept.',
    );
    expect(lossSentence({ kind: 'crashed', message: 'memory access out of bounds.' }, 'wasm', false, 1)).toBe(
      'The training broke off: memory access out of bounds. It is started again without WebAssembly. Round 1 is kept.',
    );
    expect(lossSentence({ kind: 'not loaded', message: '' }, null, true, 0)).toBe(
      'A part of the program could not be loaded: the network or the site does not answer. Starting it again has failed several times.',
    );
    expect(whatHappened({ kind: 'crashed', message: '' }, 'The lab')).toBe('The lab broke off.');
  });

  it('says that last digits may differ when another backend goes on', () => {
    expect(recoveredSentence(null, 3)).toBe('The training goes on after round 3; no round is lost.');
    expect(recoveredSentence('wasm', 3)).toBe(
      'The training goes on after round 3; no round is lost. It now runs on WebAssembly: last digits may differ from earlier rounds.',
    );
    expect(recoveredSentence(null, 0)).toBe('The training is ready again.');
  });
});
