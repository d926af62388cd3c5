import { describe, it } from '@jest/globals';
import { Mutex, Semaphore } from 'async-mutex';
import fc from 'fast-check';
import { AsyncRWLock } from '../../src/concurrency/async-rw-lock.js';
import { KeyedLock } from '../../src/concurrency/keyed-lock.js';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { Gate } from './harness/gate.js';
import { useLeakCheck } from './harness/leak-check.js';
import { holds, propertyTimeoutMs } from '../property.js';
import { quiet } from './harness/turns.js';

const options = { file: 'packages/core/test/concurrency/differential', runs: 150, soakShare: 0.1 };

/** A request at some turn of the event loop, for a section that lasts some turns. */
interface Task {
  readonly at: number;
  readonly turns: number;
  readonly fails: boolean;
  readonly reads: boolean;
  readonly key: number;
}

const task: fc.Arbitrary<Task> = fc.record({
  at: fc.nat(12),
  turns: fc.nat(4),
  fails: fc.boolean(),
  reads: fc.boolean(),
  key: fc.nat(2),
});
const schedule = fc.array(task, { minLength: 1, maxLength: 24 });

/** Runs the body of a task in a section of the lock at hand. */
type RunTask = (task: Task, body: () => Promise<void>) => Promise<void>;

/**
 * What can be seen of a schedule from outside: who is inside, after every turn; and how each request ended. Two locks
 * that keep the same promises show the same. A turn ends only when nothing moves any more, so it does not count how
 * many microtasks either lock takes.
 */
async function observe(tasks: readonly Task[], run: RunTask): Promise<unknown> {
  const inside = new Set<number>();
  const granted: number[] = [];
  const seen: string[] = [];
  const endings = tasks.map(() => 'pending');
  let turn = new Gate();
  const lastTurn =
    Math.max(...tasks.map(({ at }) => at)) + tasks.reduce((sum, { turns }) => sum + turns + 1, 1);
  for (let now = 0; now <= lastTurn; now++) {
    for (const [index, each] of tasks.entries()) {
      if (each.at !== now) continue;
      const body = async () => {
        granted.push(index);
        inside.add(index);
        for (let left = each.turns; left > 0; left--) await turn.passed;
        inside.delete(index);
        if (each.fails) throw new Error(`task ${index} failed`);
      };
      run(each, body).then(
        () => (endings[index] = 'done'),
        (error: unknown) => (endings[index] = String(error)),
      );
    }
    await quiet(1);
    seen.push([...inside].sort((a, b) => a - b).join());
    const over = turn;
    turn = new Gate();
    over.open();
    await quiet(1);
  }
  return { granted, seen, endings };
}

async function expectSame(tasks: readonly Task[], ours: RunTask, theirs: RunTask): Promise<void> {
  const [actual, expected] = [await observe(tasks, ours), await observe(tasks, theirs)];
  const [a, e] = [JSON.stringify(actual, undefined, 1), JSON.stringify(expected, undefined, 1)];
  if (a !== e) throw new Error(`the locks differ\nours: ${a}\nasync-mutex: ${e}`);
}

describe('where nothing is re-entered, the locks do what async-mutex does', () => {
  const watch = useLeakCheck();

  it(
    'ReentrantLock grants in the order of Mutex, and holds for as long',
    () =>
      holds(
        fc.asyncProperty(schedule, (tasks) => {
          const [lock, mutex] = [watch(new ReentrantLock()), new Mutex()];
          return expectSame(
            tasks,
            (_task, body) => lock.runExclusive(body),
            (_task, body) => mutex.runExclusive(body),
          );
        }),
        options,
      ),
    propertyTimeoutMs,
  );

  it(
    'AsyncRWLock goes in the phases of a Semaphore whose permits readers take one and writers all of',
    () =>
      holds(
        fc.asyncProperty(schedule, (tasks) => {
          const [lock, semaphore] = [watch(new AsyncRWLock()), new Semaphore(tasks.length)];
          return expectSame(
            tasks,
            ({ reads }, body) => (reads ? lock.read(body) : lock.write(body)),
            ({ reads }, body) => semaphore.runExclusive(body, reads ? 1 : tasks.length),
          );
        }),
        options,
      ),
    propertyTimeoutMs,
  );

  it(
    'KeyedLock does what one Mutex for each key does',
    () =>
      holds(
        fc.asyncProperty(schedule, (tasks) => {
          const lock = watch(new KeyedLock());
          const mutexes = [new Mutex(), new Mutex(), new Mutex()];
          return expectSame(
            tasks,
            ({ key }, body) => lock.runExclusive(`key ${key}`, body),
            ({ key }, body) => mutexes[key]!.runExclusive(body),
          );
        }),
        options,
      ),
    propertyTimeoutMs,
  );
});
