import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HeartbeatEvent } from '../protocol.ts';
import { HEARTBEAT_TIMEOUT, LOAD_TIMEOUT, RESTART_DELAYS, Supervisor, type WorkerFailure } from './supervisor.ts';
import { fakeWorkers } from './testing/fake-worker.ts';

interface TestCommand {
  readonly type: 'test command';
}
interface Result {
  readonly type: 'result';
}
const result: Result = { type: 'result' };
const heartbeat: HeartbeatEvent = { type: 'heartbeat' };

function start() {
  const { workers, startWorker, latest } = fakeWorkers<TestCommand, Result | HeartbeatEvent>();
  const failures: { failure: WorkerFailure; isFinal: boolean }[] = [];
  const events: Result[] = [];
  const supervisor: Supervisor<TestCommand, Result> = new Supervisor<TestCommand, Result>({
    startWorker,
    onStart: () => supervisor.send({ type: 'test command' }),
    onEvent: (event) => events.push(event),
    onFailure: (failure, isFinal) => failures.push({ failure, isFinal }),
  });
  supervisor.start();
  const pass = (milliseconds: number) => vi.advanceTimersByTime(milliseconds);
  /** Time in which the worker sends a heartbeat at the given interval. */
  const passWithHeartbeats = (milliseconds: number, interval: number) => {
    for (let passed = 0; passed < milliseconds; passed += interval) {
      pass(interval);
      latest().emit(heartbeat);
    }
  };
  return { supervisor, workers, latest, failures, events, pass, passWithHeartbeats };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a supervised worker', () => {
  it('is sent its commands as it starts; its events are delivered, except heartbeats', () => {
    const { latest, events } = start();
    expect(latest().commands).toEqual([{ type: 'test command' }]);
    latest().emit(heartbeat);
    latest().emit(result);
    expect(events).toEqual([result]);
  });

  it('is pinged every second, and not replaced while it answers', () => {
    const { latest, failures, passWithHeartbeats, workers } = start();
    latest().emit(heartbeat);
    passWithHeartbeats(60_000, 1000);
    expect(latest().pings).toBeGreaterThanOrEqual(55);
    expect(failures).toEqual([]);
    expect(workers).toHaveLength(1);
  });

  it('that sends nothing is reported within five seconds, terminated and replaced', () => {
    const { latest, failures, workers, pass, passWithHeartbeats } = start();
    latest().emit(heartbeat);
    passWithHeartbeats(10_000, 500);
    pass(HEARTBEAT_TIMEOUT - 500);
    expect(failures).toEqual([]);
    pass(1000);
    expect(failures).toEqual([{ failure: { kind: 'unresponsive', milliseconds: expect.any(Number) }, isFinal: false }]);
    expect(workers[0].isTerminated).toBe(true);
    pass(1);
    expect(workers).toHaveLength(2);
    expect(latest().commands).toEqual([{ type: 'test command' }]);
  });

  it('may be silent longer when it has recovered from such a silence before', () => {
    const { latest, failures, pass } = start();
    latest().emit(heartbeat);
    pass(2500);
    latest().emit(result);
    pass(4500);
    expect(failures).toEqual([]);
    pass(1000);
    expect(failures).toHaveLength(1);
  });

  it('may be silent as long as it has announced, until its next heartbeat', () => {
    const { latest, failures, pass } = start();
    latest().emit({ type: 'heartbeat', timeout: 20_000 });
    latest().emit(result);
    pass(19_000);
    expect(failures).toEqual([]);
    latest().emit(heartbeat);
    // It has recovered from that silence: the timeout is twice as long now.
    pass(37_000);
    expect(failures).toEqual([]);
  });

  it('does not fail because the page itself was frozen', () => {
    const { latest, failures, pass } = start();
    latest().emit(heartbeat);
    pass(500);
    // The page is frozen for an hour: its timers stand still and its clock goes on.
    vi.setSystemTime(Date.now() + 3_600_000);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 3_600_000);
    vi.advanceTimersToNextTimer();
    vi.restoreAllMocks();
    expect(failures).toEqual([]);
  });

  it('has long to load its script, and the failure says so if it never does', () => {
    const { failures, pass, latest } = start();
    pass(LOAD_TIMEOUT - 1000);
    expect(failures).toEqual([]);
    pass(2000);
    expect(failures[0].failure).toEqual({ kind: 'load failed', message: '' });
    latest().crash();
    expect(failures[1].failure.kind).toBe('load failed');
  });

  it('that crashes is replaced, and its later events are dropped', () => {
    const { workers, latest, failures, events, pass } = start();
    latest().emit(heartbeat);
    latest().crash('out of memory');
    expect(failures).toEqual([{ failure: { kind: 'crashed', message: 'out of memory' }, isFinal: false }]);
    pass(0);
    workers[0].emit(result);
    workers[0].crash('again');
    expect(events).toEqual([]);
    expect(failures).toHaveLength(1);
    expect(workers).toHaveLength(2);
  });

  it('is not restarted after a few failures without progress, until start is called again', () => {
    const { supervisor, workers, latest, failures, pass } = start();
    for (const delay of [...RESTART_DELAYS, 0]) {
      latest().crash();
      pass(delay);
    }
    expect(failures.map(({ isFinal }) => isFinal)).toEqual([false, false, false, true]);
    expect(supervisor.isActive).toBe(false);
    pass(100_000);
    expect(workers).toHaveLength(4);
    supervisor.start();
    expect(workers).toHaveLength(5);
    latest().crash();
    expect(failures.at(-1)?.isFinal).toBe(false);
  });

  it('has all its restarts again after progress', () => {
    const { supervisor, latest, failures, pass } = start();
    for (let time = 0; time < 10; time++) {
      latest().emit(heartbeat);
      supervisor.resetRestarts();
      latest().crash('again');
      pass(5000);
    }
    expect(failures.some(({ isFinal }) => isFinal)).toBe(false);
  });

  it('is not restarted when it is terminated on purpose', () => {
    const { supervisor, workers, failures, pass } = start();
    supervisor.terminate();
    workers[0].crash('late');
    pass(100_000);
    expect(workers).toHaveLength(1);
    expect(workers[0].isTerminated).toBe(true);
    expect(failures).toEqual([]);
  });
});
