import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { showProgress } from '../src/progress.js';

let written = '';
const output = (isTTY: boolean) => ({
  write: (text: string) => void (written += text),
  isTTY,
  columns: undefined,
});

beforeEach(() => {
  written = '';
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('what is said while something takes long', () => {
  it('comes on a terminal after a second, and goes when it is over', () => {
    const progress = showProgress('Loading', output(true), false);
    jest.advanceTimersByTime(999);
    expect(written).toBe('');
    jest.advanceTimersByTime(1);
    expect(written).toBe('Loading …');
    progress[Symbol.dispose]();
    expect(written).toBe('Loading …\r\u001b[2K');
  });

  it('says what it has come to, in one line, and goes once', () => {
    const progress = showProgress('Loading', output(true), false);
    progress.tell('Waiting for acme-a, acme-b');
    jest.advanceTimersByTime(1000);
    progress.tell(`Waiting for ${'acme-b, '.repeat(20)}`);
    progress[Symbol.dispose]();
    progress[Symbol.dispose]();
    const [first, second, ...rest] = written.split('\r\u001b[2K');
    expect([first, ...rest]).toEqual(['Waiting for acme-a, acme-b …', '']);
    expect(second).toMatch(/^Waiting for acme-b, .*… …$/);
    expect(second?.length).toBeLessThan(80);
  });

  it('does not come where it is over in time', () => {
    showProgress('Loading', output(true), false)[Symbol.dispose]();
    jest.advanceTimersByTime(5000);
    expect(written).toBe('');
  });

  it.each([
    ['in a pipe', false, false],
    ['with --quiet', true, true],
  ])('does not come %s', (_, isTTY, isQuiet) => {
    const progress = showProgress('Loading', output(isTTY), isQuiet);
    jest.advanceTimersByTime(5000);
    progress[Symbol.dispose]();
    expect(written).toBe('');
  });
});
