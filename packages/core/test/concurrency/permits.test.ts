import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Permits } from '../../src/concurrency/permits.js';
import { holds } from '../property.js';
import { Gate } from './harness/gate.js';
import { outcomeOf, quiet, rejectionOf, soon } from './harness/turns.js';

/** A visit that stays inside until its gate is opened, and notes that it came in. */
function visitor(permits: Permits) {
  const inside: string[] = [];
  return {
    inside,
    visit(name: string, signal?: AbortSignal) {
      const gate = new Gate();
      const result = permits.run(async () => {
        inside.push(name);
        await gate.passed;
        return name;
      }, signal);
      return { gate, result };
    },
  };
}

describe('permits', () => {
  it('let the first in at once, in the very call', () => {
    const permits = new Permits(1);
    let isInside = false;
    void permits.run(() => (isInside = true));
    expect(isInside).toBe(true);
  });

  it('keep a rival out for as long as all permits are taken', async () => {
    const permits = new Permits(2);
    const { inside, visit } = visitor(permits);
    const [first, second, rival] = [visit('first'), visit('second'), visit('rival')];
    await quiet();
    expect(inside).toEqual(['first', 'second']);
    second.gate.open();
    expect(await soon(second.result)).toBe('second');
    expect(inside).toEqual(['first', 'second', 'rival']);
    first.gate.open();
    rival.gate.open();
    await soon(Promise.all([first.result, rival.result]));
    expect([permits.taken, permits.waiting]).toEqual([0, 0]);
  });

  it('let nobody overtake who already waits, not even in the turn in which a permit comes back', async () => {
    const permits = new Permits(1);
    const { inside, visit } = visitor(permits);
    const first = visit('first');
    const waiting = visit('waiting');
    let overtaking: ReturnType<typeof visit> | undefined;
    void first.result.then(() => (overtaking = visit('overtaking')));
    first.gate.open();
    await quiet();
    expect(inside).toEqual(['first', 'waiting']);
    waiting.gate.open();
    await soon(waiting.result);
    overtaking?.gate.open();
    expect(await soon<unknown>(overtaking?.result ?? Promise.resolve())).toBe('overtaking');
  });

  it('come back from what throws at once and from what fails later, which reject with that very error', async () => {
    const permits = new Permits(1);
    const [thrown, failed] = [new Error('thrown'), new Error('failed')];
    const throwing = permits.run(() => {
      throw thrown;
    });
    const failing = permits.run(() => Promise.reject(failed));
    const next = permits.run(() => 'next');
    expect(await rejectionOf(throwing)).toBe(thrown);
    expect(await rejectionOf(failing)).toBe(failed);
    expect(await soon(next)).toBe('next');
    expect([permits.taken, permits.waiting]).toEqual([0, 0]);
  });

  it('are not waited for by one whose signal was aborted before: it rejects with the reason and runs nothing', async () => {
    const permits = new Permits(1);
    const { inside, visit } = visitor(permits);
    const reason = { why: 'too late' };
    expect(await rejectionOf(visit('never', AbortSignal.abort(reason)).result)).toBe(reason);
    expect(inside).toEqual([]);
    expect(permits.taken).toBe(0);
  });

  it('are passed by one that gives up its wait, and go to whoever waits behind it', async () => {
    const permits = new Permits(1);
    const { inside, visit } = visitor(permits);
    const controller = new AbortController();
    const reason = { why: 'no patience' };
    const first = visit('first');
    const impatient = visit('impatient', controller.signal);
    const patient = visit('patient');
    controller.abort(reason);
    expect(await rejectionOf(impatient.result)).toBe(reason);
    expect(permits.waiting).toBe(1);
    first.gate.open();
    await soon(first.result);
    expect(inside).toEqual(['first', 'patient']);
    patient.gate.open();
    await soon(patient.result);
  });

  it('are given on by one whose signal is aborted after its turn came and before it began', async () => {
    const permits = new Permits(1);
    const controller = new AbortController();
    const reason = { why: 'changed my mind' };
    let wasRun = false;
    let end: () => void = () => undefined;
    const first = permits.run(() => new Promise<void>((resolve) => (end = resolve)));
    const second = permits.run(() => (wasRun = true), controller.signal);
    const third = permits.run(() => 'third');
    end();
    for (let turn = 0; turn < 8 && permits.waiting === 2; turn++) await Promise.resolve();
    expect(permits.waiting).toBe(1);
    controller.abort(reason);
    expect(await rejectionOf(second)).toBe(reason);
    expect(wasRun).toBe(false);
    expect(await soon(third)).toBe('third');
    await soon(first);
    expect(permits.taken).toBe(0);
  });

  it('leave no listener on a signal, whether its wait was granted or given up', async () => {
    const permits = new Permits(1);
    const [kept, aborted] = [new AbortController(), new AbortController()];
    const { visit } = visitor(permits);
    const first = visit('first', kept.signal);
    const granted = [visit('a', kept.signal), visit('b', kept.signal)];
    const lost = [visit('c', aborted.signal), visit('d', aborted.signal)];
    expect(getEventListeners(kept.signal, 'abort')).toHaveLength(1);
    aborted.abort();
    await Promise.all(lost.map(({ result }) => rejectionOf(result)));
    for (const { gate } of [first, ...granted]) gate.open();
    await soon(Promise.all([first, ...granted].map(({ result }) => result)));
    expect(getEventListeners(kept.signal, 'abort')).toEqual([]);
    expect(getEventListeners(aborted.signal, 'abort')).toEqual([]);
  });

  it('serve a long queue of what is synchronous without deepening the stack', async () => {
    const permits = new Permits(1);
    const { gate, result } = visitor(permits).visit('first');
    const many = Array.from({ length: 20_000 }, (_, number) => permits.run(() => number));
    gate.open();
    await result;
    expect((await Promise.all(many)).at(-1)).toBe(19_999);
  });
});

const step = fc.oneof(
  fc.record({ kind: fc.constant('ask' as const), abortable: fc.boolean() }),
  fc.record({ kind: fc.constant('end' as const), at: fc.nat(7), fails: fc.boolean() }),
  fc.record({ kind: fc.constant('abort' as const), at: fc.nat(7) }),
);

interface Asked {
  readonly number: number;
  readonly gate: Gate;
  readonly controller: AbortController;
  readonly abortable: boolean;
  expected: 'done' | 'failed' | 'given up';
  outcome: 'none' | 'done' | 'failed' | 'given up';
}

describe('permits under any program of asking, ending, failing and giving up', () => {
  it('let in exactly whom a list and a counter would, in the same order', () =>
    holds(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(step, { maxLength: 40 }),
        async (limit, steps) => {
          const permits = new Permits(limit);
          const all: Asked[] = [];
          const began: number[] = [];
          // The model: who is inside, and who waits, in order.
          const inside: Asked[] = [];
          const queue: Asked[] = [];
          const expected: number[] = [];
          const admit = (): void => {
            while (inside.length < limit && queue.length > 0) {
              const next = queue.shift() as Asked;
              inside.push(next);
              expected.push(next.number);
            }
          };
          for (const each of steps) {
            if (each.kind === 'ask') {
              const asked: Asked = {
                number: all.length,
                gate: new Gate(),
                controller: new AbortController(),
                abortable: each.abortable,
                expected: 'done',
                outcome: 'none',
              };
              all.push(asked);
              queue.push(asked);
              permits
                .run(
                  async () => {
                    began.push(asked.number);
                    await asked.gate.passed;
                    if (asked.expected === 'failed') throw new Error('failed');
                  },
                  each.abortable ? asked.controller.signal : undefined,
                )
                .then(
                  () => (asked.outcome = 'done'),
                  (error: unknown) =>
                    (asked.outcome = error === asked.controller.signal.reason ? 'given up' : 'failed'),
                );
            } else if (each.kind === 'end' && inside.length > 0) {
              const [ended] = inside.splice(each.at % inside.length, 1) as [Asked];
              if (each.fails) ended.expected = 'failed';
              ended.gate.open();
            } else if (each.kind === 'abort' && queue.length > 0) {
              const index = each.at % queue.length;
              const asked = queue[index] as Asked;
              asked.controller.abort();
              if (asked.abortable) {
                asked.expected = 'given up';
                queue.splice(index, 1);
              }
            }
            admit();
            await quiet(1);
            expect({ began, taken: permits.taken, waiting: permits.waiting }).toEqual({
              began: expected,
              taken: inside.length,
              waiting: queue.length,
            });
          }
          for (const { gate } of all) gate.open();
          await quiet();
          expect({ taken: permits.taken, waiting: permits.waiting }).toEqual({ taken: 0, waiting: 0 });
          expect(all.map(({ outcome }) => outcome)).toEqual(all.map(({ expected }) => expected));
          expect(all.flatMap(({ controller }) => getEventListeners(controller.signal, 'abort'))).toEqual([]);
        },
      ),
      { file: 'packages/core/test/concurrency/permits.test.ts', runs: 150 },
    ));

  it('answer each asker once, even where all give up at the same time', async () => {
    const permits = new Permits(1);
    const controller = new AbortController();
    const { gate, result } = visitor(permits).visit('first');
    const others = Array.from({ length: 50 }, () => permits.run(() => 'never', controller.signal));
    controller.abort('all out');
    const outcomes = await Promise.all(others.map((each) => outcomeOf(each)));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set(['{"kind":"rejected","reason":"all out"}']),
    );
    gate.open();
    await soon(result);
    expect([permits.taken, permits.waiting]).toEqual([0, 0]);
  });
});
