import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SingleFlight } from '../../src/lifecycle/single-flight.js';
import { outcomeOf, quiet, rejectionOf, soon } from '../concurrency/harness/turns.js';
import { holds } from '../property.js';

/** A flight that the test ends by hand. */
class Route {
  readonly signals: AbortSignal[] = [];
  readonly #ends: { resolve: (value: object) => void; reject: (error: unknown) => void }[] = [];

  readonly start = (signal: AbortSignal): Promise<object> => {
    this.signals.push(signal);
    return new Promise((resolve, reject) => this.#ends.push({ resolve, reject }));
  };

  get started(): number {
    return this.signals.length;
  }

  arrive(flight: number, value: object): void {
    this.#ends[flight]?.resolve(value);
  }

  crash(flight: number, error: unknown): void {
    this.#ends[flight]?.reject(error);
  }
}

describe('a single flight', () => {
  it('is started once for all who join while it is under way, in the call of the first', async () => {
    const flights = new SingleFlight<object>();
    const route = new Route();
    const first = flights.join(route.start);
    expect([route.started, flights.isFlying]).toEqual([1, true]);
    const others = [flights.join(route.start), flights.join(route.start)];
    const result = {};
    route.arrive(0, result);
    for (const each of await soon(Promise.all([first, ...others]))) expect(each).toBe(result);
    expect([route.started, flights.isFlying]).toEqual([1, false]);
  });

  it('fails with the very same error for all who joined', async () => {
    const flights = new SingleFlight<object>();
    const route = new Route();
    const callers = [flights.join(route.start), flights.join(route.start)];
    const error = new Error('crashed');
    route.crash(0, error);
    for (const caller of callers) expect(await rejectionOf(caller)).toBe(error);
    expect(flights.isFlying).toBe(false);
  });

  it('fails as well where the start throws instead of rejecting', async () => {
    const flights = new SingleFlight<object>();
    const error = new Error('thrown');
    const caller = flights.join(() => {
      throw error;
    });
    expect(await rejectionOf(caller)).toBe(error);
    expect(flights.isFlying).toBe(false);
  });

  it('is begun anew by whoever joins after the end, even as the first reaction to it', async () => {
    const flights = new SingleFlight<object>();
    const route = new Route();
    const again = flights.join(route.start).then(() => flights.join(route.start));
    route.arrive(0, {});
    await quiet();
    expect(route.started).toBe(2);
    const second = {};
    route.arrive(1, second);
    expect(await soon(again)).toBe(second);
  });

  it('goes on for the others when one leaves, who gets its own reason at once', async () => {
    const flights = new SingleFlight<object>();
    const route = new Route();
    const controller = new AbortController();
    const staying = flights.join(route.start);
    const leaving = flights.join(route.start, controller.signal);
    const reason = { why: 'enough' };
    controller.abort(reason);
    expect(await rejectionOf(leaving)).toBe(reason);
    expect(route.signals[0]?.aborted).toBe(false);
    const result = {};
    route.arrive(0, result);
    expect(await soon(staying)).toBe(result);
  });

  it('is told to end when the last has left, with the reason of the last', async () => {
    const flights = new SingleFlight<object>();
    const route = new Route();
    const [a, b] = [new AbortController(), new AbortController()];
    const callers = [flights.join(route.start, a.signal), flights.join(route.start, b.signal)];
    b.abort('b left');
    expect(route.signals[0]?.aborted).toBe(false);
    a.abort('a left');
    expect(route.signals[0]?.reason).toBe('a left');
    expect(await Promise.all(callers.map(rejectionOf))).toEqual(['a left', 'b left']);
    expect(flights.isFlying).toBe(true);
    route.crash(0, new Error('nobody hears this'));
    await quiet();
    expect(flights.isFlying).toBe(false);
  });

  it('is not started, nor joined, by one whose signal was aborted before', async () => {
    const flights = new SingleFlight<object>();
    const route = new Route();
    expect(await rejectionOf(flights.join(route.start, AbortSignal.abort('late')))).toBe('late');
    expect([route.started, flights.isFlying]).toEqual([0, false]);
  });

  it('does not give what a deserted one brings to who joins later: theirs begins when that one has ended', async () => {
    const flights = new SingleFlight<object>();
    const route = new Route();
    const controller = new AbortController();
    const leaving = flights.join(route.start, controller.signal);
    controller.abort('gone');
    await rejectionOf(leaving);
    const later = [flights.join(route.start), flights.join(route.start)];
    await quiet();
    expect(route.started).toBe(1);
    const [stale, fresh] = [{ stale: true }, { stale: false }];
    route.arrive(0, stale);
    await quiet();
    expect(route.started).toBe(2);
    route.arrive(1, fresh);
    for (const result of await soon(Promise.all(later))) expect(result).toBe(fresh);
    expect(flights.isFlying).toBe(false);
  });

  it('is never begun where everybody left before its turn, and the next one is', async () => {
    const flights = new SingleFlight<object>();
    const [first, deserted, next] = [new Route(), new Route(), new Route()];
    const [a, b] = [new AbortController(), new AbortController()];
    const leaving = [
      flights.join(first.start, a.signal),
      (a.abort('a'), flights.join(deserted.start, b.signal)),
    ];
    b.abort('b');
    expect(await Promise.all(leaving.map(rejectionOf))).toEqual(['a', 'b']);
    const result = flights.join(next.start);
    first.arrive(0, {});
    await quiet();
    expect([first.started, deserted.started, next.started]).toEqual([1, 0, 1]);
    const value = {};
    next.arrive(0, value);
    expect(await soon(result)).toBe(value);
  });

  it('has one flight at a time also where the start itself makes everybody leave and joins again', async () => {
    const flights = new SingleFlight<object>();
    const [first, second] = [new Route(), new Route()];
    const controller = new AbortController();
    let again: Promise<object> | undefined;
    const leaving = flights.join((signal) => {
      controller.abort('left in the start');
      again = flights.join(second.start);
      return first.start(signal);
    }, controller.signal);
    expect(await rejectionOf(leaving)).toBe('left in the start');
    expect([first.signals[0]?.aborted, second.started]).toEqual([true, 0]);
    first.arrive(0, {});
    await quiet();
    const value = {};
    second.arrive(0, value);
    expect(await soon<unknown>(again ?? Promise.resolve())).toBe(value);
  });

  it('leaves no listener on the signals of those who joined', async () => {
    const flights = new SingleFlight<object>();
    const route = new Route();
    const [staying, leaving] = [new AbortController(), new AbortController()];
    const callers = [
      flights.join(route.start, staying.signal),
      flights.join(route.start, staying.signal),
      flights.join(route.start, leaving.signal),
    ];
    leaving.abort();
    route.arrive(0, {});
    await Promise.all(callers.map((caller) => outcomeOf(caller)));
    expect(getEventListeners(staying.signal, 'abort')).toEqual([]);
    expect(getEventListeners(leaving.signal, 'abort')).toEqual([]);
  });
});

const crews = fc.array(
  fc.record({
    /** How many steps of the scheduler lie before the caller joins, and before it leaves. */
    joins: fc.nat(6),
    leaves: fc.option(fc.nat(10), { nil: undefined }),
    crashes: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('single flights in any interleaving of joining, leaving, arriving and crashing', () => {
  it('answer everybody once, from a flight that began while somebody wanted it, one at a time', () =>
    holds(
      fc.asyncProperty(fc.scheduler(), crews, async (scheduler, crew) => {
        const flights = new SingleFlight<number>();
        const began: AbortSignal[] = [];
        const ended = new Set<number>();
        let flying = 0;
        let mostFlying = 0;
        const pause = async (steps: number): Promise<void> => {
          for (let step = 0; step < steps; step++) await scheduler.schedule(Promise.resolve());
        };
        const answers = crew.map(async ({ joins, leaves, crashes }, number) => {
          await pause(joins);
          const controller = new AbortController();
          const endedBefore = ended.size;
          const started = (signal: AbortSignal): Promise<number> => {
            const flight = began.push(signal) - 1;
            mostFlying = Math.max(mostFlying, ++flying);
            return scheduler
              .schedule(crashes ? Promise.reject(new Error(String(flight))) : Promise.resolve(flight))
              .finally(() => {
                flying--;
                ended.add(flight);
              });
          };
          const joined = flights.join(started, leaves === undefined ? undefined : controller.signal);
          if (leaves !== undefined) void pause(leaves).then(() => controller.abort(number));
          return joined.then(
            (flight) => ({ flight, endedBefore, number }),
            (error: unknown) =>
              error instanceof Error
                ? { flight: Number(error.message), endedBefore, number }
                : { left: error, number },
          );
        });
        await scheduler.waitFor(Promise.all(answers));
        const all = await Promise.all(answers);
        for (const answer of all) {
          if ('left' in answer) expect(answer.left).toBe(answer.number);
          // Neither a flight that was over when the caller came, nor one that everybody had left.
          else
            expect([answer.flight >= answer.endedBefore, began[answer.flight]?.aborted]).toEqual([
              true,
              false,
            ]);
        }
        expect(mostFlying).toBeLessThanOrEqual(1);
        await scheduler.waitIdle();
        await quiet(2);
        expect({ flying, isFlying: flights.isFlying }).toEqual({ flying: 0, isFlying: false });
      }),
      { file: 'packages/core/test/lifecycle/single-flight.test.ts', runs: 300 },
    ));
});
