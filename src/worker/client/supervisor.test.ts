import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AliveEvent } from '../protocol.ts';
import { LOADING_LIMIT, type Loss, REPLACEMENT_DELAYS, SILENCE_LIMIT, Supervisor } from './supervisor.ts';
import { fakeWorkers } from './testing/fake-worker.ts';

interface Order {
  readonly type: 'order';
}
interface Result {
  readonly type: 'result';
}
const result: Result = { type: 'result' };
const alive: AliveEvent = { type: 'alive' };

function start() {
  const { workers, startWorker, latest } = fakeWorkers<Order, Result | AliveEvent>();
  const losses: { loss: Loss; isLast: boolean }[] = [];
  const events: Result[] = [];
  const supervisor: Supervisor<Order, Result> = new Supervisor<Order, Result>({
    startWorker,
    onStart: () => supervisor.send({ type: 'order' }),
    onEvent: (event) => events.push(event),
    onLoss: (loss, isLast) => losses.push({ loss, isLast }),
  });
  supervisor.start();
  const pass = (milliseconds: number) => vi.advanceTimersByTime(milliseconds);
  /** Time in which the worker gives a sign of life as often as said. */
  const live = (milliseconds: number, every: number) => {
    for (let passed = 0; passed < milliseconds; passed += every) {
      pass(every);
      latest().say(alive);
    }
  };
  return { supervisor, workers, latest, losses, events, pass, live };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a supervised worker', () => {
  it('is told what to do as it starts, and heard but for its signs of life', () => {
    const { latest, events } = start();
    expect(latest().commands).toEqual([{ type: 'order' }]);
    latest().say(alive);
    latest().say(result);
    expect(events).toEqual([result]);
  });

  it('is asked for a sign of life every second, and left alone as long as it gives one', () => {
    const { latest, losses, live, workers } = start();
    latest().say(alive);
    live(60_000, 1000);
    expect(latest().pings).toBeGreaterThanOrEqual(55);
    expect(losses).toEqual([]);
    expect(workers).toHaveLength(1);
  });

  it('that says nothing is named within five seconds, ended and replaced', () => {
    const { latest, losses, workers, pass, live } = start();
    latest().say(alive);
    live(10_000, 500);
    pass(SILENCE_LIMIT - 500);
    expect(losses).toEqual([]);
    pass(1000);
    expect(losses).toEqual([{ loss: { kind: 'silent', milliseconds: expect.any(Number) }, isLast: false }]);
    expect(workers[0].isTerminated).toBe(true);
    pass(1);
    expect(workers).toHaveLength(2);
    expect(latest().commands).toEqual([{ type: 'order' }]);
  });

  it('may be silent longer when it has explained such a silence before', () => {
    const { latest, losses, pass } = start();
    latest().say(alive);
    pass(2500);
    latest().say(result);
    pass(4500);
    expect(losses).toEqual([]);
    pass(1000);
    expect(losses).toHaveLength(1);
  });

  it('may be silent as long as it has announced, until its next sign', () => {
    const { latest, losses, pass } = start();
    latest().say({ type: 'alive', silentFor: 20_000 });
    latest().say(result);
    pass(19_000);
    expect(losses).toEqual([]);
    latest().say(alive);
    // That silence was explained: twice as long is borne now.
    pass(37_000);
    expect(losses).toEqual([]);
  });

  it('is not blamed for the time that the page itself did not listen', () => {
    const { latest, losses, pass } = start();
    latest().say(alive);
    pass(500);
    // The page is frozen for an hour: its timers stand still and its clock goes on.
    vi.setSystemTime(Date.now() + 3_600_000);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 3_600_000);
    vi.advanceTimersToNextTimer();
    vi.restoreAllMocks();
    expect(losses).toEqual([]);
  });

  it('has long to load its script, and the reason is named if that never comes', () => {
    const { losses, pass, latest } = start();
    pass(LOADING_LIMIT - 1000);
    expect(losses).toEqual([]);
    pass(2000);
    expect(losses[0].loss).toEqual({ kind: 'not loaded', message: '' });
    latest().crash();
    expect(losses[1].loss.kind).toBe('not loaded');
  });

  it('that crashes is replaced, and not heard any more', () => {
    const { workers, latest, losses, events, pass } = start();
    latest().say(alive);
    latest().crash('out of memory');
    expect(losses).toEqual([{ loss: { kind: 'crashed', message: 'out of memory' }, isLast: false }]);
    pass(0);
    workers[0].say(result);
    workers[0].crash('again');
    expect(events).toEqual([]);
    expect(losses).toHaveLength(1);
    expect(workers).toHaveLength(2);
  });

  it('is given up after a few replacements without success, and tried again when it is asked for', () => {
    const { supervisor, workers, latest, losses, pass } = start();
    for (const delay of [...REPLACEMENT_DELAYS, 0]) {
      latest().crash();
      pass(delay);
    }
    expect(losses.map(({ isLast }) => isLast)).toEqual([false, false, false, true]);
    expect(supervisor.isWatching).toBe(false);
    pass(100_000);
    expect(workers).toHaveLength(4);
    supervisor.start();
    expect(workers).toHaveLength(5);
    latest().crash();
    expect(losses.at(-1)?.isLast).toBe(false);
  });

  it('has its replacements back after a success', () => {
    const { supervisor, latest, losses, pass } = start();
    for (let loss = 0; loss < 10; loss++) {
      latest().say(alive);
      supervisor.succeed();
      latest().crash('again');
      pass(5000);
    }
    expect(losses.some(({ isLast }) => isLast)).toBe(false);
  });

  it('is not replaced when it is ended on purpose', () => {
    const { supervisor, workers, losses, pass } = start();
    supervisor.end();
    workers[0].crash('late');
    pass(100_000);
    expect(workers).toHaveLength(1);
    expect(workers[0].isTerminated).toBe(true);
    expect(losses).toEqual([]);
  });
});
