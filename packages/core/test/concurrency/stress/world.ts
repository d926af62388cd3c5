import type fc from 'fast-check';
import { AsyncRWLock } from '../../../src/concurrency/async-rw-lock.js';
import { ReentrantLock } from '../../../src/concurrency/reentrant-lock.js';
import type { HeldSection, RequestOptions, Subject } from '../harness/subject.js';
import { quiet } from '../harness/turns.js';
import { passAtOnce, pendingTimers } from '../harness/virtual-time.js';
import { Model, owner, type Place, type Section } from './model.js';
import { LOCK_NAMES, type LockName, type Program, type Step } from './program.js';

type SectionStep = Extract<Step, { readonly kind: 'section' }>;

const GRACE_MS = { a: 20, b: 40, rw: 30 };
/** How far the clock moves on at a time, and how often at most while nothing else happens. */
const TICK_MS = 7;
const MOST_IDLE_TICKS = 40;

/** Plays a program on real locks, and holds them against the model at every pause. */
export class World {
  readonly #program: Program;
  readonly #scheduler: fc.Scheduler;
  readonly #model = new Model();
  readonly #locks: Record<LockName, ReentrantLock | AsyncRWLock>;
  readonly #run: Record<LockName, { exclusive: Subject['run']; shared: Subject['run'] }>;
  readonly #shared = new AbortController();
  readonly #counted = {
    a: { timedOut: 0, aborted: 0, deadlocks: 0 },
    b: { timedOut: 0, aborted: 0, deadlocks: 0 },
    rw: { timedOut: 0, aborted: 0, deadlocks: 0 },
  };
  #open = 0;
  #deadlocked: ReadonlySet<Section> = new Set();
  #suspicions = 0;

  constructor(program: Program, scheduler: fc.Scheduler) {
    this.#program = program;
    this.#scheduler = scheduler;
    const options = (name: LockName) => ({ name, strict: program.strict, deadlockGraceMs: GRACE_MS[name] });
    const [a, b, rw] = [
      new ReentrantLock(options('a')),
      new ReentrantLock(options('b')),
      new AsyncRWLock(options('rw')),
    ];
    this.#locks = { a, b, rw };
    const inA: Subject['run'] = (fn, request) => a.runExclusive(fn, request);
    const inB: Subject['run'] = (fn, request) => b.runExclusive(fn, request);
    this.#run = {
      a: { exclusive: inA, shared: inA },
      b: { exclusive: inB, shared: inB },
      rw: {
        exclusive: (fn, request) => rw.write(fn, request),
        shared: (fn, request) => rw.read(fn, request),
      },
    };
    for (const lock of [a, b, rw]) lock.on('deadlock-suspected', () => this.#suspicions++);
  }

  /** Plays the program to its end. Throws at the first thing that contradicts the model. */
  async play(): Promise<void> {
    const { tasks, ticks, sharedAbortAfter } = this.#program;
    for (const steps of tasks) this.#track(this.#steps(steps, undefined));
    this.#track(this.#abortAfter(sharedAbortAfter, this.#shared));
    this.#track(this.#tick(ticks));
    for (let idle = 0; ;) {
      await quiet(1);
      this.#check();
      if (this.#scheduler.count() > 0) {
        await this.#scheduler.waitNext(1);
        idle = 0;
      } else if (this.#open > 0) {
        if (++idle > MOST_IDLE_TICKS) throw this.#failure('nobody can go on');
        this.#moveClock();
      } else {
        this.#checkEnd();
        return;
      }
    }
  }

  /** Lets `work` go on by itself; the program is not over before it is. */
  #track(work: Promise<unknown>): void {
    this.#open++;
    work.then(
      () => this.#open--,
      (error: unknown) => {
        this.#open--;
        this.#model.violations.push(`the program itself failed: ${String(error)}`);
      },
    );
  }

  async #steps(steps: readonly Step[], place: Place | undefined): Promise<void> {
    for (const step of steps) await this.#step(step, place);
  }

  async #step(step: Step, place: Place | undefined): Promise<void> {
    switch (step.kind) {
      case 'pause':
        await this.#pause();
        {
          this.#checkHere(place);
          return;
        }
      case 'section': {
        const section = this.#section(step, place);
        if (step.awaited) await section;
        else this.#track(section);
        return;
      }
      case 'fork':
        await Promise.all(step.branches.map((branch) => this.#steps(branch, place)));
        return;
      case 'detach':
        this.#locks[step.lock].detach(() =>
          this.#track(this.#steps(step.steps, { kind: 'detached', lock: step.lock, outer: place })),
        );
        return;
      case 'leave-behind':
        this.#track(this.#steps(step.steps, place));
        return;
      default:
        return step satisfies never;
    }
  }

  async #pause(): Promise<void> {
    await this.#scheduler.schedule(Promise.resolve());
  }

  async #abortAfter(pauses: number, control: AbortController): Promise<void> {
    for (let left = pauses; left > 0; left--) await this.#pause();
    control.abort(new Error('aborted'));
  }

  async #tick(times: number): Promise<void> {
    for (let left = times; left > 0; left--) {
      await this.#pause();
      this.#moveClock();
    }
  }

  #moveClock(): void {
    this.#deadlocked = this.#model.deadlocked();
    passAtOnce(TICK_MS);
  }

  async #section(step: SectionStep, place: Place | undefined): Promise<void> {
    const mode = step.lock === 'rw' && step.reads ? 'shared' : 'exclusive';
    const section = this.#model.request(step.lock, mode, place);
    const above = owner(place, step.lock);
    const upgrades = mode === 'exclusive' && above?.mode === 'shared' && section.queue !== 'undecided';
    const failure = new Error(`${section.name} fails`);
    const options = this.#options(step, section.name);
    try {
      await this.#run[step.lock][mode === 'shared' ? 'shared' : 'exclusive'](async ({ signal }) => {
        this.#model.start(section);
        if (signal !== options.signal)
          this.#model.violations.push(`${section.name} was given another signal`);
        await this.#steps(step.steps, { kind: 'inside', section, outer: place }).finally(() =>
          this.#model.end(section),
        );
        if (step.fails) throw failure;
      }, options);
      this.#expect(
        section.state === 'ended' && !step.fails,
        `${section.name} was fulfilled, but did not run to its end`,
      );
    } catch (reason) {
      this.#rejected(step, section, options, reason, failure, upgrades);
    }
    this.#model.settle(section);
  }

  #options({ limit }: SectionStep, name: string): RequestOptions {
    switch (limit.kind) {
      case 'none':
        return { name };
      case 'if-available':
        return { name, ifAvailable: true };
      case 'timeout':
        return { name, timeoutMs: limit.timeoutMs };
      case 'shared-abort':
        return { name, signal: this.#shared.signal };
      case 'own-abort': {
        const control = new AbortController();
        this.#track(this.#abortAfter(limit.afterPauses, control));
        return { name, signal: control.signal };
      }
      default:
        return limit satisfies never;
    }
  }

  #rejected(
    step: SectionStep,
    section: Section,
    { signal }: RequestOptions,
    reason: unknown,
    failure: Error,
    upgrades: boolean,
  ): void {
    const code = (reason as { readonly code?: string }).code;
    if (section.state !== 'waiting') {
      const mayFail = step.fails ? reason === failure : false;
      const orphaned = this.#program.strict && code === 'ONEIRIC_LOCK_ORPHANED';
      this.#expect(mayFail || orphaned, `${section.name} ran and was rejected with ${String(reason)}`);
      return;
    }
    const counted = this.#counted[step.lock];
    if (signal?.aborted === true && reason === signal.reason) counted.aborted++;
    else if (code === 'ONEIRIC_LOCK_TIMEOUT' && step.limit.kind === 'timeout') counted.timedOut++;
    else if (code === 'ONEIRIC_LOCK_DEADLOCK') {
      counted.deadlocks++;
      this.#expect(this.#deadlocked.has(section), `${section.name} is no deadlock, but was called one`);
      this.#expect(this.#suspicions > 0, `${section.name} is a deadlock that nobody suspected`);
    } else if (code === 'ONEIRIC_LOCK_UPGRADE') {
      this.#expect(
        upgrades || section.queue === 'undecided',
        `${section.name} is no upgrade, but was called one`,
      );
    } else {
      const refused = code === 'ONEIRIC_LOCK_UNAVAILABLE' && step.limit.kind === 'if-available';
      this.#expect(refused, `${section.name} never ran and was rejected with ${String(reason)}`);
    }
    if (upgrades && signal?.aborted !== true) {
      this.#expect(
        code === 'ONEIRIC_LOCK_UPGRADE',
        `${section.name} is an upgrade, but was refused as ${String(reason)}`,
      );
    }
  }

  /** What the locks say to the code that stands at `place`. Only right after a pause, when nothing else moves. */
  #checkHere(place: Place | undefined): void {
    for (const name of LOCK_NAMES) {
      const lock = this.#locks[name];
      const mine = owner(place, name);
      this.#expect(
        lock.isHeldByCurrentContext() === (mine !== undefined),
        `${name} says that it is ${mine ? 'not ' : ''}held here, but ${mine?.name ?? 'nothing'} is`,
      );
      const expected =
        mine === undefined
          ? 'ONEIRIC_LOCK_NOT_OWNED'
          : this.#model.hasRunningInside(mine)
            ? 'ONEIRIC_LOCK_CHILD_ACTIVE'
            : undefined;
      const actual = leafCode(lock);
      this.#expect(
        actual === expected,
        `assertLeaf of ${name} gave ${actual} in ${mine?.name}, expected ${expected}`,
      );
    }
  }

  /** What everybody can see of the locks. Only when nothing moves. */
  #check(): void {
    for (const name of LOCK_NAMES) {
      const lock = this.#locks[name];
      const { held, pending } = lock.query();
      const [running, waiting] = [this.#model.running(name), this.#model.waiting(name)];
      this.#expectNames(`${name} is held`, namesIn(held), running);
      this.#expectNames(
        `${name} is waited for`,
        pending.map((request) => request.name),
        waiting,
      );
      this.#expect(
        lock.isLocked() === running.length + waiting.length > 0,
        `${name} says isLocked ${lock.isLocked()}, with ${running.length} running and ${waiting.length} waiting`,
      );
    }
    if (this.#model.violations.length > 0) throw this.#failure(this.#model.violations.join('\n'));
  }

  #checkEnd(): void {
    for (const name of LOCK_NAMES) {
      const { counters } = this.#locks[name].query();
      const { acquired, timedOut, aborted, deadlocks } = counters;
      const expected = { acquired: this.#model.started(name), ...this.#counted[name] };
      for (const [what, count] of Object.entries({ acquired, timedOut, aborted, deadlocks })) {
        const counted = expected[what as keyof typeof expected];
        this.#expect(
          count === counted,
          `${name} counted ${what} ${count} times, it happened ${counted} times`,
        );
      }
    }
    this.#expect(pendingTimers() === 0, `${pendingTimers()} timers are left`);
    this.#check();
  }

  #expectNames(what: string, actual: readonly string[], expected: readonly Section[]): void {
    const [a, e] = [actual, expected.map(({ name }) => name)].map((names) => [...names].sort().join(', '));
    this.#expect(a === e, `${what} by [${a}], expected [${e}]`);
  }

  #expect(holds: boolean, otherwise: string): void {
    if (!holds) this.#model.violations.push(otherwise);
  }

  #failure(what: string): Error {
    const reports = LOCK_NAMES.map((name) => JSON.stringify(this.#locks[name].query()));
    return new Error([what, ...reports].join('\n'));
  }
}

function leafCode(lock: ReentrantLock | AsyncRWLock): string | undefined {
  try {
    lock.assertLeaf();
    return undefined;
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error);
  }
}

function namesIn(held: readonly HeldSection[]): readonly string[] {
  return held.flatMap(({ name, children }) => [name, ...namesIn(children)]);
}
