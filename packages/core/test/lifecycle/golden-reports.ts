import type { RunningReport } from '../../src/lifecycle/running-report.js';
import type { SwapPlan } from '../../src/lifecycle/plan-swap.js';
import type { SwapReport } from '../../src/lifecycle/swap-report.js';

const memory = { provider: 'memory', version: null };
const redis = { provider: 'redis', version: '2.1.0' };
const causes = [
  {
    code: 'ONEIRIC_LIFECYCLE_FAILED',
    message: 'Could not swap in redis for adapter/cache: build failed: Error: connect failed.',
  },
  { message: 'Error: connect failed' },
  { code: 'ECONNREFUSED', message: 'Error: connect ECONNREFUSED 127.0.0.1:6379' },
];
const took = (count: number, lastMs: number, p50Ms: number, p99Ms: number) => ({
  count,
  lastMs,
  p50Ms,
  p95Ms: p99Ms,
  p99Ms,
});
const subject = { domain: 'adapter', key: 'cache' };

interface Golden<T> {
  readonly report: T;
  readonly widths?: readonly number[];
}

/** What runs, as `golden/running-….txt` shows it. */
export const RUNNING: Readonly<Record<string, Golden<RunningReport>>> = {
  swapped: {
    widths: [40, 80, 200],
    report: {
      running: { ...subject, source: 'process', running: redis, winner: redis, reason: 'same' },
      lifecycle: {
        state: 'ready',
        health: 'healthy',
        boundForMs: 191_234,
        inFlight: 2,
        operation: null,
        swaps: 1,
        lastSwap: { operation: 'follow', from: memory, to: redis, durationMs: 1234, problems: [] },
        lastGood: memory,
        failure: null,
        attempts: 0,
        durations: {
          activation: took(1, 1.52, 1.52, 1.52),
          swap: took(1, 1234, 1234, 1234),
          build: took(2, 1003, 1.5, 1003),
          health: took(2, 0.004, 0.2, 0.2),
          drain: took(1, 230.4, 230.4, 230.4),
        },
      },
      injected: [
        { parameter: 'clock', domain: 'service', key: 'clock', running: 'system' },
        { parameter: 'log', domain: 'service', key: 'log', running: null },
      ],
      dependents: ['service/orders', 'service/cart'],
      retiring: [{ ...memory, inFlight: 1 }],
      history: [
        {
          revision: 9,
          previous: 'memory',
          winner: 'redis',
          outcome: 'resolved',
          decidedBy: 'priority',
          cause: [
            {
              kind: 'registered',
              ...subject,
              ...redis,
              source: { kind: 'plugin', id: '@acme/oneiric-redis', package: '@acme/oneiric-redis' },
            },
          ],
          fingerprint: 'sha256-9',
        },
        {
          revision: 7,
          previous: 'disk',
          winner: 'memory',
          outcome: 'tie',
          decidedBy: 'registration',
          cause: [
            { kind: 'marked', ...subject, provider: 'disk', code: 'UNHEALTHY', detail: 'ping failed' },
            {
              kind: 'selected',
              domain: 'service',
              key: 'log',
              selection: { provider: 'file', policy: 'pin', origin: { kind: 'code' } },
              previous: null,
            },
          ],
          fingerprint: 'sha256-7',
        },
      ],
    },
  },
  failed: {
    widths: [40, 80, 200],
    report: {
      running: { ...subject, source: 'process', running: memory, winner: redis, reason: 'failed' },
      lifecycle: {
        state: 'ready',
        health: 'unhealthy',
        boundForMs: 400,
        inFlight: 0,
        operation: { kind: 'probe', phase: null, provider: null },
        swaps: 2,
        lastSwap: {
          operation: 'rollback',
          from: redis,
          to: memory,
          durationMs: 12,
          problems: [[{ message: 'Error: cannot close' }, { message: 'Error: still open' }]],
        },
        lastGood: null,
        failure: { provider: 'redis', causes },
        attempts: 3,
        durations: {},
      },
      injected: [],
      dependents: [],
      retiring: [],
      history: [],
    },
  },
  'by-its-file': {
    report: {
      running: {
        ...subject,
        source: 'status-file',
        running: memory,
        winner: redis,
        reason: 'decided-otherwise',
        winnerThere: memory,
      },
      lifecycle: {
        state: 'paused',
        health: 'unknown',
        lastGood: redis,
        failure: { provider: null, causes },
        attempts: 1,
        durations: { activation: took(1, 0, 0, 0) },
      },
      injected: [],
      dependents: ['service/orders'],
    },
  },
  'never-started': {
    report: {
      running: { ...subject, source: 'status-file', running: null, winner: null, reason: 'not-running' },
      lifecycle: {
        state: 'registered',
        health: 'unknown',
        lastGood: null,
        failure: null,
        attempts: 0,
        durations: {},
      },
      injected: [],
      dependents: [],
    },
  },
};

const because = 'redis (2.1.0) wins over memory: decided at priority, 50 over 10.';
const step = (kind: Exclude<SwapPlan['steps'][number]['kind'], 'need' | 'bind'>, provider: string) => ({
  kind,
  provider,
  timeoutMs: 2500,
});
const plan: SwapPlan = {
  ...subject,
  action: 'swap',
  from: memory,
  to: redis,
  because,
  steps: [
    {
      kind: 'need',
      need: { parameter: 'clock', domain: 'service', key: 'clock', provider: 'system', isRunning: true },
    },
    {
      kind: 'need',
      need: { parameter: 'log', domain: 'service', key: 'log', provider: 'file', isRunning: false },
    },
    {
      kind: 'need',
      need: { parameter: 'gone', domain: 'service', key: 'gone', provider: null, isRunning: false },
    },
    step('build', 'redis'),
    step('health', 'redis'),
    step('handover', 'redis'),
    step('preSwap', 'redis'),
    { kind: 'bind', provider: 'redis' },
    step('drain', 'memory'),
    step('cleanup', 'memory'),
    step('postSwap', 'redis'),
  ],
};

/** Plans, as `golden/plan-….txt` shows them. */
export const PLANS: Readonly<Record<string, Golden<SwapPlan>>> = {
  swap: { widths: [40, 80, 200], report: plan },
  start: {
    report: {
      ...plan,
      action: 'start',
      from: null,
      steps: plan.steps.filter(({ kind }) => ['build', 'health', 'bind'].includes(kind)),
    },
  },
  keep: { report: { ...plan, action: 'keep', from: redis, steps: [] } },
  none: {
    report: {
      ...plan,
      action: 'none',
      to: null,
      because: 'Nothing is registered for adapter/cache.',
      steps: [],
    },
  },
};

const done: SwapReport = {
  ...subject,
  outcome: 'swapped',
  from: memory,
  to: redis,
  plan,
  phases: [
    { phase: 'build', durationMs: 1003 },
    { phase: 'health', durationMs: 4.4 },
    { phase: 'drain', durationMs: 230.4 },
    { phase: 'cleanup', durationMs: 0.12 },
  ],
  durationMs: 1240,
  problems: [],
  isComplete: true,
};

/** What swaps have done, as `golden/swap-….txt` shows it. */
export const SWAPS: Readonly<Record<string, Golden<SwapReport>>> = {
  swapped: {
    widths: [40, 80, 200],
    report: {
      ...done,
      problems: [
        new Error('cleanup failed', { cause: new Error('still open') }),
        Object.assign(new Error('postSwap failed'), { code: 'ONEIRIC_X' }),
      ],
    },
  },
  unfinished: { report: { ...done, phases: done.phases.slice(0, 2), isComplete: false } },
  started: { report: { ...done, outcome: 'started', from: null, phases: done.phases.slice(0, 1) } },
  kept: { report: { ...done, outcome: 'kept', from: redis, phases: [] } },
  planned: { report: { ...done, outcome: 'planned', phases: [], durationMs: 0 } },
};
