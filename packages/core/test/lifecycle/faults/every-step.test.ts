import { getEventListeners } from 'node:events';

import { describe, expect, it } from '@jest/globals';

import { OneiricError } from '../../../src/errors/oneiric-error.js';
import { microtasks, quiet } from '../../concurrency/harness/turns.js';
import { SCENARIOS, type Scenario, stepsOf } from './scenarios.js';
import { type Fault, type Instance, Stage } from './stage.js';

// What holds after every run, whatever was done to it at whichever step:
//
//  1. A key that was served before is served at every single step: there is an instance, it is not closed, and a call
//     that cannot wait reaches it (or is refused with …_PAUSED, where calls are held).
//  2. No call is made on a closed instance, and none is closed under a call, unless it was told that the time to drain
//     it was over.
//  3. Every instance that was built is either the one that runs, and open, or closed exactly once.
//  4. Nothing is left: no lease, no instance that still drains, no critical section, no permit, no hold, no timer, no
//     listener on the caller's signal, no rejection that nobody handles.
//  5. What fails says why: the signal's own reason, or an error with a code.
//  6. Who gives up is told at once, and nothing that was asked for is bound after that. What runs has all it injects.
//  7. Afterwards every key can be started, swapped and stopped as if nothing had happened.
//  8. `close` closes what runs, each exactly once.

interface Interruption {
  readonly name: string;
  readonly strike: (stage: Stage) => unknown;
  /** After it nothing needs to be served any more. */
  readonly stops?: boolean;
  /** Everybody who waits is told, however long what they waited for may take. */
  readonly isHeededAtOnce?: boolean;
  /** May what was refused to calls be refused from now on, too? */
  readonly holds?: boolean;
}

const REASON = new Error('interrupted');

const INTERRUPTIONS: readonly Interruption[] = [
  { name: 'the caller gives up', strike: ({ control }) => control.abort(REASON), isHeededAtOnce: true },
  { name: 'the lifecycle is closed', strike: ({ lifecycle }) => lifecycle.close(), stops: true },
  { name: 'all time limits pass', strike: ({ clock }) => clock.advance(120_000) },
];

const RIVALS: readonly Interruption[] = [
  {
    name: 'somebody else swaps everything there and back',
    strike: (stage) =>
      Promise.allSettled(
        [...stage.core.slots.values()].flatMap(({ domain, key }) =>
          stage.registry
            .explain(domain, key)
            .question.facts.candidates.map(({ provider }) => stage.lifecycle.swap(domain, key, { provider })),
        ),
      ),
    holds: true,
  },
  {
    name: 'somebody else stops it',
    strike: (stage) =>
      Promise.all(
        [...stage.core.slots.values()].map(({ domain, key }) =>
          stage.lifecycle.deactivate(domain, key, { dependents: 'stop' }),
        ),
      ),
    stops: true,
  },
  {
    name: 'somebody else takes everything out of the registry',
    strike: ({ registry }) =>
      registry.transaction(async () => {
        for (const candidate of [...registry.listActive(), ...registry.listShadowed()])
          await registry.mark(candidate, 'DISABLED', 'maintenance');
      }),
  },
  {
    name: 'somebody else pauses it',
    strike: (stage) =>
      Promise.allSettled(
        [...stage.core.slots.values()].map(({ domain, key }) => stage.lifecycle.pause(domain, key)),
      ),
    holds: true,
  },
];

function newStage({ options }: Scenario): Stage {
  const made: { stage?: Stage } = {};
  const stage = new Stage(
    options?.(() => {
      if (made.stage === undefined) throw new Error('too early');
      return made.stage;
    }),
  );
  made.stage = stage;
  return stage;
}

/** Looks at every step whether what has to be served is. */
function watch(stage: Stage, { served, held = [] }: Scenario): { stop(): void; holds(): void } {
  let isWatching = true;
  let mayHoldAll = false;
  const handles = served.map((key) => ({ key, handle: stage.lifecycle.live('adapter', key) }));
  const look = (): void => {
    for (const { key, handle } of handles) {
      const instance = handle.peek() as Instance | undefined;
      if (instance === undefined) stage.wrong(`nothing runs for ${key}`);
      else if (instance.closed > 0) stage.wrong(`what runs for ${key} is closed`);
      try {
        (handle.proxy as Instance).read();
      } catch (error) {
        const isHeld = OneiricError.is(error, 'ONEIRIC_LIFECYCLE_PAUSED');
        if (!isHeld || !(mayHoldAll || held.includes(key)))
          stage.wrong(`a call to ${key} was refused: ${String(error)}`);
      }
    }
  };
  void (async () => {
    for (let step = 1; isWatching; step++) {
      look();
      // Time and again everybody else gets a turn of the event loop.
      if (step % 100 === 0) await quiet(1);
      else await microtasks(1);
    }
  })();
  return {
    stop: () => (isWatching = false),
    holds: () => (mayHoldAll = true),
  };
}

function expectCoded(results: readonly PromiseSettledResult<unknown>[], stage: Stage): void {
  for (const result of results) {
    if (result.status === 'fulfilled') continue;
    if (result.reason === REASON || OneiricError.is(result.reason)) continue;
    stage.wrong(`rejected with ${String(result.reason)}`);
  }
}

function expectNothingLeft(stage: Stage): void {
  const { core, lifecycle, clock, control } = stage;
  for (const { domain, key, name, flight, operation } of core.slots.values()) {
    const { inFlight, retiring } = lifecycle.status(domain, key);
    if (inFlight > 0) stage.wrong(`${name} has ${String(inFlight)} calls in flight`);
    if (retiring.length > 0) stage.wrong(`${name} has instances that still drain`);
    if (flight.isFlying) stage.wrong(`${name} is still being started`);
    if (operation !== undefined) stage.wrong(`${name} is still in ${operation.kind}`);
    for (const need of lifecycle.status(domain, key).dependencies)
      if (need.running === null) stage.wrong(`${name} runs without ${need.key}`);
  }
  if (core.lock.isLocked()) stage.wrong('a critical section is held');
  if (core.phases.leftovers.size > 0) stage.wrong('something is still being closed');
  if (clock.pending > 0) stage.wrong(`${String(clock.pending)} timers are left`);
  const listeners = getEventListeners(control.signal, 'abort').length;
  if (listeners > 0) stage.wrong(`${String(listeners)} listeners are left on the signal`);
  expectClosedOnce(stage);
}

function expectClosedOnce(stage: Stage): void {
  const running = new Set([...stage.core.slots.values()].map(({ current }) => current?.instance));
  for (const instance of stage.instances) {
    const expected = running.has(instance) ? 0 : 1;
    if (instance.closed !== expected)
      stage.wrong(
        `${instance.provider} ${expected === 0 ? 'runs' : 'does not run'} and was closed ${String(instance.closed)} times`,
      );
  }
}

/** Whatever happened: every key can be started, swapped to each provider, called and stopped. */
async function expectUsable(stage: Stage, { others }: Scenario): Promise<void> {
  const { lifecycle, registry } = stage;
  const soon = async <T>(what: string, promise: Promise<T>): Promise<T | undefined> => {
    const [result] = await stage.settle([promise]);
    if (result?.status === 'fulfilled') return result.value as T;
    stage.wrong(`${what}: ${String(result?.reason)}`);
    return undefined;
  };
  stage.begin(undefined);
  for (const key of Object.keys(others)) {
    await soon(`resume ${key}`, lifecycle.resume('adapter', key));
    const { marks, candidates } = registry.explain('adapter', key).question.facts;
    for (const candidate of candidates)
      for (const code of marks.get(candidate.sequence)?.keys() ?? [])
        await soon(`unmark ${candidate.provider}`, registry.mark(candidate, code, null));
  }
  await stage.rest();
  for (const [key, providers] of Object.entries(others)) {
    await soon(`activate ${key}`, lifecycle.activate('adapter', key));
    for (const provider of providers) {
      await soon(`swap ${key} to ${provider}`, lifecycle.swap('adapter', key, { provider }));
      const answer = await soon(
        `call ${key}`,
        lifecycle.live('adapter', key).use((instance) => (instance as Instance).ask()),
      );
      if (answer !== provider) stage.wrong(`${String(answer)} answered for ${provider}`);
    }
  }
}

async function run(
  scenario: Scenario,
  interruption: Interruption | undefined,
  step: number | 'when it hangs',
  fault?: Fault,
): Promise<void> {
  const stage = newStage(scenario);
  await scenario.prepare(stage);
  await stage.rest();
  stage.begin(fault);
  const watching = watch(stage, scenario);
  const promises = [...scenario.act(stage, stage.control.signal)];
  if (step === 'when it hangs') await quiet(2);
  else await microtasks(step);
  if (interruption !== undefined) {
    if (interruption.stops === true) watching.stop();
    if (interruption.holds === true) watching.holds();
    promises.push(
      Promise.resolve(interruption.strike(stage)).catch((error: unknown) => {
        if (!(error instanceof AggregateError)) throw error;
      }),
    );
  }
  const heeds = interruption?.isHeededAtOnce === true && scenario.isUndone !== false;
  const bound = heeds ? stage.bound() : undefined;
  if (interruption?.isHeededAtOnce === true) {
    const before = stage.clock.now();
    const waiting = new Set(promises);
    for (const promise of promises) promise.catch(() => undefined).finally(() => waiting.delete(promise));
    await quiet(2);
    if (waiting.size > 0) stage.wrong(`${String(waiting.size)} callers who gave up still wait`);
    expect(stage.clock.now()).toBe(before);
  }
  const settled = await stage.settle(promises);
  if (bound !== undefined && JSON.stringify(stage.bound()) !== JSON.stringify(bound))
    stage.wrong('something was bound after the caller gave up');
  watching.stop();
  await quiet(1);
  expectCoded(settled, stage);
  expectNothingLeft(stage);
  if (!stage.core.isClosed) {
    await expectUsable(stage, scenario);
    expectNothingLeft(stage);
  }
  await stage.settle([stage.lifecycle.close()]);
  expectNothingLeft(stage);
  if ([...stage.core.slots.values()].some(({ current }) => current !== undefined))
    stage.wrong('something runs after the end');
  expect(stage.violations).toEqual([]);
}

async function at(where: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message}`, { cause: error });
  }
}

describe('whatever step it is interrupted at, the old one or the new one serves, and nothing is left', () => {
  for (const scenario of SCENARIOS) {
    it(`${scenario.name}, undisturbed`, async () => {
      await run(scenario, undefined, 0);
    });

    for (const interruption of [...INTERRUPTIONS, ...RIVALS]) {
      it(`${scenario.name}, when ${interruption.name}`, async () => {
        const stage = newStage(scenario);
        await scenario.prepare(stage);
        await stage.rest();
        const steps = await stepsOf(stage, scenario.act(stage, stage.control.signal));
        await stage.settle([stage.lifecycle.close()]);
        expect(steps).toBeGreaterThan(0);
        const stride = RIVALS.includes(interruption) && process.env['ONEIRIC_SOAK_MS'] === undefined ? 8 : 1;
        for (let step = 0; step <= steps + 1; step += stride) {
          await at(`at step ${String(step)} of ${String(steps)}`, run(scenario, interruption, step));
        }
      });
    }

    for (const kind of ['throw', 'hang'] as const) {
      it(`${scenario.name}, when any one of the things it waits for ${kind}s`, async () => {
        const stage = newStage(scenario);
        await scenario.prepare(stage);
        await stage.rest();
        stage.begin(undefined);
        await stage.settle(scenario.act(stage, stage.control.signal));
        const visits = [...stage.visits];
        await stage.settle([stage.lifecycle.close()]);
        for (const [index, name] of visits.entries()) {
          await at(`${kind} at ${name}`, run(scenario, undefined, 0, { at: index, kind }));
          if (kind === 'throw') continue;
          for (const interruption of [...INTERRUPTIONS, ...RIVALS]) {
            const where = `${kind} at ${name}, and then ${interruption.name}`;
            await at(where, run(scenario, interruption, 'when it hangs', { at: index, kind }));
          }
        }
      });
    }
  }
});
