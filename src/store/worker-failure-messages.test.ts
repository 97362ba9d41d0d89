import { describe, expect, it } from 'vitest';
import { describeFailure, failureMessage, recoveryMessage } from './worker-failure-messages.ts';

describe('the messages of a failed worker', () => {
  it('say what happened, what is done, and what is kept', () => {
    expect(failureMessage({ kind: 'unresponsive', milliseconds: 3250 }, null, false, 12)).toBe(
      'The training has not answered for 3 s. It is started again. Rounds 1 to 12 are kept.',
    );
    expect(failureMessage({ kind: 'crashed', message: 'memory access out of bounds.' }, 'wasm', false, 1)).toBe(
      'The training broke off: memory access out of bounds. It is started again without WebAssembly. Round 1 is kept.',
    );
    expect(failureMessage({ kind: 'load failed', message: '' }, null, true, 0)).toBe(
      'A part of the program could not be loaded: the network or the site does not answer. Starting it again has failed several times.',
    );
    expect(describeFailure({ kind: 'crashed', message: '' }, 'The lab')).toBe('The lab broke off.');
  });

  it('say that last digits may differ when another backend continues', () => {
    expect(recoveryMessage(null, 3)).toBe('The training goes on after round 3; no round is lost.');
    expect(recoveryMessage('wasm', 3)).toBe(
      'The training goes on after round 3; no round is lost. It now runs on WebAssembly: last digits may differ from earlier rounds.',
    );
    expect(recoveryMessage(null, 0)).toBe('The training is ready again.');
  });
});
