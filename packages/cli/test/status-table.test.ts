import { describe, expect, it } from '@jest/globals';
import type { ComponentStatus } from '@oneiric/core';

import { tellHeldCalls, tellStillPaused } from '../src/held-calls.js';
import { statusTable } from '../src/renderers/status-table.js';
import { createScreen } from '../src/screen.js';

const redis = { provider: 'redis', version: '2.1.0' };
const screen = createScreen({ write: () => undefined, isTTY: true, columns: 80 }, { NO_COLOR: '1' });

function status(changes: Partial<ComponentStatus> = {}): ComponentStatus {
  return {
    domain: 'adapter',
    key: 'cache',
    state: 'ready',
    running: redis,
    boundForMs: 12_000,
    standing: { running: redis, winner: redis, reason: 'same' },
    health: 'healthy',
    inFlight: 0,
    heldCalls: 0,
    pause: null,
    retiring: [],
    operation: null,
    swaps: 0,
    lastSwap: null,
    lastGood: null,
    failure: null,
    attempts: 0,
    durations: {},
    dependencies: [],
    dependents: [],
    ...changes,
  };
}

const pause = { reason: 'restart of redis', forMs: 12_000, waitMs: 30_000 };

describe('the table of what runs', () => {
  it.each([
    ['swapped', { operation: { kind: 'swap', phase: 'build', provider: 'memory' } }, 'wins; swap: build'],
    ['paused', { state: 'paused', pause }, 'wins; paused for 12 s: restart of redis'],
  ] as const)('keeps its columns while something is %s, and says so in the last one', (_, changes, words) => {
    const [before = ''] = statusTable([status()], screen).split('\n');
    const [headings = '', ...rows] = statusTable([status(changes)], screen).split('\n');
    expect(headings.split(/ {2,}/)).toEqual(before.split(/ {2,}/));
    expect(rows.map((row) => row.slice(headings.indexOf('AGAINST'))).join(' ')).toBe(words);
  });

  it('counts the calls that wait apart from those in flight', () => {
    expect(statusTable([status({ heldCalls: 8, inFlight: 1 })], screen)).toContain(
      '1      wins; 8 calls wait',
    );
  });
});

describe('what a pause costs', () => {
  it.each([
    [0, 'new calls wait, and fail after 30 s.'],
    [1, '1 call waits, and new ones will; each fails after 30 s.'],
    [8, '8 calls wait, and new ones will; each fails after 30 s.'],
  ])('is told where %i calls wait', (heldCalls, words) => {
    expect(tellHeldCalls({ pause, heldCalls }, 'x')).toBe(`${words} Let them through with: x`);
    expect(tellStillPaused({ pause, heldCalls }, 'x')).toBe(
      `it is still paused (restart of redis): ${words} Let them through with: x`,
    );
  });

  it('is nothing where nothing is paused', () => {
    expect(tellStillPaused({ pause: null, heldCalls: 0 }, 'x')).toBeUndefined();
  });
});
