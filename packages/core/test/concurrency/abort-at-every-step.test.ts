import { describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { AsyncRWLock } from '../../src/concurrency/async-rw-lock.js';
import { KeyedLock } from '../../src/concurrency/keyed-lock.js';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { expectNothingLeft, useLeakCheck, type Watched } from './harness/leak-check.js';
import type { RequestOptions, Subject } from './harness/subject.js';
import { microtasks, quiet } from './harness/turns.js';
import { pass, passAtOnce } from './harness/virtual-time.js';

/** Long enough that only the interruption lets it strike. */
const TIMEOUT_MS = 5000;

/** One request of a scenario and how far its body came. */
interface Operation {
  readonly name: string;
  readonly interruptible: boolean;
  body: 'not started' | 'running' | 'finished' | 'failed';
  outcome: 'waiting' | 'fulfilled' | 'rejected';
  reason: unknown;
}

type Run = Subject['run'];

/** What a scenario works with: it may only wait in turns of the microtask queue, so that every step can be counted. */
interface Stage {
  /** Requests a section that may be interrupted while it waits. */
  readonly section: (run: Run, name: string, body?: () => Promise<unknown>) => Promise<void>;
  /** Requests a section of somebody else: it must complete, whatever happens to the others. */
  readonly bystander: (run: Run, name: string, body?: () => Promise<unknown>) => Promise<void>;
}

interface Scenario {
  readonly name: string;
  /** Starts all requests, synchronously or in microtasks, and returns the locks that they use. */
  readonly start: (stage: Stage) => readonly Watched[];
}

const some = () => microtasks(2);
const all = (...promises: readonly Promise<unknown>[]) => Promise.all(promises);

const scenarios: readonly Scenario[] = [
  {
    name: 'an uncontended section',
    start({ section }) {
      const lock = new ReentrantLock();
      void section((fn, options) => lock.runExclusive(fn, options), 'only');
      return [lock];
    },
  },
  {
    name: 'a section that waits between two others',
    start({ section, bystander }) {
      const lock = new ReentrantLock();
      const run: Run = (fn, options) => lock.runExclusive(fn, options);
      void bystander(run, 'holder');
      void section(run, 'tested');
      void bystander(run, 'next');
      return [lock];
    },
  },
  {
    name: 'several sections that wait among others',
    start({ section, bystander }) {
      const lock = new ReentrantLock();
      const run: Run = (fn, options) => lock.runExclusive(fn, options);
      for (const name of ['1', '2', '3']) {
        void section(run, `tested ${name}`);
        void bystander(run, `other ${name}`);
      }
      return [lock];
    },
  },
  {
    name: 'sections nested in one another, each of which may be interrupted, with a rival outside',
    start({ section, bystander }) {
      const lock = new ReentrantLock();
      const run: Run = (fn, options) => lock.runExclusive(fn, options);
      void bystander(run, 'holder');
      void section(run, 'outer', () => section(run, 'inner', () => section(run, 'innermost')));
      void bystander(run, 'rival');
      return [lock];
    },
  },
  {
    name: 'siblings that wait inside a section',
    start({ section, bystander }) {
      const lock = new ReentrantLock();
      const run: Run = (fn, options) => lock.runExclusive(fn, options);
      void bystander(run, 'parent', () =>
        all(bystander(run, 'elder'), section(run, 'tested'), bystander(run, 'younger')),
      );
      void bystander(run, 'rival');
      return [lock];
    },
  },
  {
    name: 'forks of forks that may all be interrupted',
    start({ section, bystander }) {
      const lock = new ReentrantLock();
      const run: Run = (fn, options) => lock.runExclusive(fn, options);
      const fork = (name: string, depth: number): Promise<void> =>
        section(run, name, () =>
          depth === 0
            ? some()
            : Promise.allSettled(['a', 'b'].map((branch) => fork(name + branch, depth - 1))),
        );
      void fork('fork ', 2);
      void bystander(run, 'rival');
      return [lock];
    },
  },
  {
    name: 'children that their parent does not wait for, and that move up when it settles',
    start({ section, bystander }) {
      const lock = new ReentrantLock();
      const run: Run = (fn, options) => lock.runExclusive(fn, options);
      void bystander(run, 'parent', async () => {
        void bystander(run, 'running');
        void section(run, 'tested');
        void bystander(run, 'last');
      });
      void bystander(run, 'rival');
      return [lock];
    },
  },
  {
    name: 'late work of a section that has ended',
    start({ section, bystander }) {
      const lock = new ReentrantLock();
      const run: Run = (fn, options) => lock.runExclusive(fn, options);
      void bystander(run, 'gone', async () => {
        void microtasks(12).then(() => section(run, 'late'));
      });
      void bystander(run, 'rival', () => microtasks(20));
      return [lock];
    },
  },
  {
    name: 'a detached section',
    start({ section, bystander }) {
      const lock = new ReentrantLock();
      const run: Run = (fn, options) => lock.runExclusive(fn, options);
      void bystander(run, 'holder', async () => {
        void lock.detach(() => section(run, 'detached'));
        await bystander(run, 'child');
      });
      void bystander(run, 'rival');
      return [lock];
    },
  },
  {
    name: 'a writer between readers',
    start({ section, bystander }) {
      const lock = new AsyncRWLock();
      const read: Run = (fn, options) => lock.read(fn, options);
      const write: Run = (fn, options) => lock.write(fn, options);
      void bystander(read, 'r1', () => microtasks(12));
      void section(write, 'tested');
      void bystander(read, 'r2');
      void bystander(read, 'r3');
      void bystander(write, 'w');
      void bystander(read, 'r4');
      return [lock];
    },
  },
  {
    name: 'readers behind a writer',
    start({ section, bystander }) {
      const lock = new AsyncRWLock();
      const read: Run = (fn, options) => lock.read(fn, options);
      const write: Run = (fn, options) => lock.write(fn, options);
      void bystander(write, 'w1');
      void section(read, 'tested 1');
      void bystander(read, 'r');
      void section(read, 'tested 2');
      void bystander(write, 'w2');
      void section(read, 'tested 3');
      return [lock];
    },
  },
  {
    name: 'reads and writes inside a write',
    start({ section, bystander }) {
      const lock = new AsyncRWLock();
      const read: Run = (fn, options) => lock.read(fn, options);
      const write: Run = (fn, options) => lock.write(fn, options);
      void bystander(write, 'outer', () =>
        all(
          bystander(read, 'r1', () => bystander(read, 'nested')),
          section(write, 'tested'),
          bystander(read, 'r2'),
          section(read, 'r3'),
        ),
      );
      void bystander(read, 'rival');
      return [lock];
    },
  },
  {
    name: 'sections on two keys',
    start({ section, bystander }) {
      const lock = new KeyedLock();
      const on =
        (key: string): Run =>
        (fn, options) =>
          lock.runExclusive(key, fn, options);
      void bystander(on('a'), 'a1', () => all(bystander(on('b'), 'b in a'), section(on('a'), 'a in a')));
      void section(on('a'), 'a2');
      void section(on('b'), 'b1');
      void bystander(on('b'), 'b2');
      return [lock];
    },
  },
  {
    name: 'two sections that wait for each other, of which the second may be interrupted',
    start({ section, bystander }) {
      const [a, b] = [new ReentrantLock({ name: 'a' }), new ReentrantLock({ name: 'b' })];
      const inA: Run = (fn, options) => a.runExclusive(fn, options);
      const inB: Run = (fn, options) => b.runExclusive(fn, options);
      void bystander(inA, 'holds a', () => microtasks(2).then(() => bystander(inB, 'wants b')));
      void bystander(inB, 'holds b', () => microtasks(3).then(() => section(inA, 'wants a').catch(() => {})));
      return [a, b];
    },
  },
];

interface Interruption {
  readonly name: string;
  /** What each interruptible request carries. */
  readonly options: (signal: AbortSignal) => RequestOptions;
  /** Interrupts all of them. */
  readonly strike: (control: AbortController) => void;
  /** Is this why a request of such a scenario was rejected? */
  readonly explains: (reason: unknown, control: AbortController) => boolean;
}

const hasCode = (reason: unknown, code: string) => (reason as { code?: unknown } | undefined)?.code === code;

const interruptions: readonly Interruption[] = [
  {
    name: 'an abort',
    options: (signal) => ({ signal }),
    strike: (control) => control.abort(new Error('interrupted')),
    explains: (reason, control) => reason === control.signal.reason,
  },
  {
    name: 'a timeout',
    options: () => ({ timeoutMs: TIMEOUT_MS }),
    strike: () => passAtOnce(TIMEOUT_MS),
    explains: (reason) => hasCode(reason, 'ONEIRIC_LOCK_TIMEOUT'),
  },
];

function play(scenario: Scenario, options: RequestOptions) {
  const operations: Operation[] = [];
  const request =
    (interruptible: boolean) =>
    (run: Run, name: string, body: () => Promise<unknown> = some): Promise<void> => {
      const operation: Operation = {
        name,
        interruptible,
        body: 'not started',
        outcome: 'waiting',
        reason: undefined,
      };
      operations.push(operation);
      const done = run(
        async () => {
          operation.body = 'running';
          try {
            await body();
            operation.body = 'finished';
          } catch (reason) {
            operation.body = 'failed';
            throw reason;
          }
        },
        { name, ...(interruptible ? options : {}) },
      );
      return done.then(
        () => {
          operation.outcome = 'fulfilled';
        },
        (reason: unknown) => {
          operation.outcome = 'rejected';
          operation.reason = reason;
          if (!interruptible) throw reason;
        },
      );
    };
  const locks = scenario.start({ section: request(true), bystander: request(false) });
  return { operations, locks };
}

/** How many turns of the microtask queue the whole scenario takes when nothing interrupts it. */
async function stepsOf(scenario: Scenario): Promise<number> {
  const { operations } = play(scenario, {});
  for (let step = 0; step < 400; step++) {
    if (operations.every(({ outcome }) => outcome !== 'waiting')) return step;
    await microtasks(1);
  }
  return 60;
}

/** All or nothing: a rejected request never ran its body, and a fulfilled one ran it to its end. */
function expectAllOrNothing(
  operations: readonly Operation[],
  { explains }: Interruption,
  control: AbortController,
): void {
  const seen = operations.map(({ name, interruptible, outcome, body, reason }) => {
    const interrupted = interruptible && outcome === 'rejected' && explains(reason, control);
    const deadlocked = outcome === 'rejected' && hasCode(reason, 'ONEIRIC_LOCK_DEADLOCK');
    return { name, outcome, body, cleanly: interrupted || deadlocked ? 'before its start' : 'to its end' };
  });
  expect(seen).toEqual(
    seen.map(({ name, cleanly }) =>
      cleanly === 'before its start'
        ? { name, outcome: 'rejected', body: 'not started', cleanly }
        : { name, outcome: 'fulfilled', body: 'finished', cleanly },
    ),
  );
}

describe('whatever step a request is interrupted at, nothing leaks', () => {
  useLeakCheck();

  for (const scenario of scenarios) {
    for (const interruption of interruptions) {
      it(`${interruption.name} of ${scenario.name}`, async () => {
        const steps = await stepsOf(scenario);
        await pass(2 * TIMEOUT_MS);
        expect(steps).toBeGreaterThan(0);
        for (let step = 0; step <= steps + 1; step++) {
          for (const order of ['strike first', 'scenario first'] as const) {
            const control = new AbortController();
            const strike = async () => {
              await microtasks(step);
              interruption.strike(control);
            };
            const early = order === 'strike first' ? strike() : undefined;
            const { operations, locks } = play(scenario, interruption.options(control.signal));
            await (early ?? strike());
            await quiet(3);
            if (operations.some(({ outcome }) => outcome === 'waiting')) await pass(2 * TIMEOUT_MS);
            try {
              expectAllOrNothing(operations, interruption, control);
              expectNothingLeft(locks);
              expect(getEventListeners(control.signal, 'abort')).toEqual([]);
            } catch (error) {
              throw new Error(`interrupted at step ${step} of ${steps}, ${order}`, { cause: error });
            }
          }
        }
      });
    }
  }
});
