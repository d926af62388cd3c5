import { jest } from '@jest/globals';
import { quiet } from './turns.js';

/**
 * Only what `foundation/clock` uses stands still; promises, immediates and other people's timers run on.
 * So "after 999 ms nothing, after 1000 ms this" is exact, and no test waits for a real clock.
 */
export function startVirtualTime(): void {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
    ],
  });
}

/** Gives the real clock back and forgets the timers that were left. */
export function stopVirtualTime(): void {
  jest.clearAllTimers();
  jest.useRealTimers();
}

/** Lets `ms` of virtual time pass, then everything settle that this set off. */
export async function pass(ms: number): Promise<void> {
  await quiet();
  jest.advanceTimersByTime(ms);
  await quiet();
}

/** Lets `ms` of virtual time pass at once, before any promise can react. */
export function passAtOnce(ms: number): void {
  jest.advanceTimersByTime(ms);
}

/** Timers that were started and neither fired nor were cleared. */
export function pendingTimers(): number {
  return jest.getTimerCount();
}
