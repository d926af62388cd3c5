import { AsyncResource } from 'node:async_hooks';
import type { Candidate } from '../../../src/decision/candidate.js';
import { normaliseRequest } from '../../../src/decision/normalise-request.js';
import { OneiricError } from '../../../src/errors/oneiric-error.js';
import { CandidateRegistry } from '../../../src/registry/candidate-registry.js';
import { readSnapshotJson } from '../../../src/registry/read-snapshot-json.js';
import type { Registration } from '../../../src/registry/registration.js';
import type { RegistryChange } from '../../../src/registry/registry-change.js';
import type { RegistrySnapshot } from '../../../src/registry/registry-snapshot.js';
import { snapshotJson } from '../../../src/registry/snapshot-json.js';
import { microtasks, quiet } from '../../concurrency/harness/turns.js';
import type { Command } from './command.js';
import {
  EMPTY,
  explanationOf,
  keysOf,
  label,
  ModelDraft,
  nameOf,
  Refused,
  type ModelState,
  type Outcome,
} from './registry-model.js';
import { expectedView, viewOf, type View } from './view.js';

/** Thrown by the command of that name. */
const THROWN = new Error('thrown by a command');

/** One registration that was given out: the real one and what the model calls by it. */
interface Handle {
  readonly real: Registration;
  readonly model: Candidate;
}

/** A write under way: what it came to, and how to make the model do the same when its turn has come. */
interface Step {
  readonly real: Promise<unknown>;
  /** Does to the model what the write did, once; compared with the real result when that is there. */
  readonly follow: () => void;
  readonly compare: (result: PromiseSettledResult<unknown>) => void;
}

function sentAsText(snapshot: RegistrySnapshot): RegistrySnapshot {
  return readSnapshotJson(JSON.parse(JSON.stringify(snapshotJson(snapshot))));
}

/** What a view shows where no candidate has its factory. */
function withoutCode(view: View): View {
  return JSON.parse(JSON.stringify(view).replace(/ (?:first|second) \[/g, ' GONE [')) as View;
}

/** Drives a registry and the model with the same commands and throws where they differ. */
export class Drive {
  readonly #registry = new CandidateRegistry();
  readonly #outside = new AsyncResource('outsider');
  readonly #handles: Handle[] = [];
  readonly #snapshots: { readonly snapshot: RegistrySnapshot; readonly expected: View }[] = [];
  readonly #events: string[] = [];
  readonly #expectedEvents: string[] = [];
  #published: ModelState = EMPTY;
  #revision = 0;

  async run(commands: readonly Command[]): Promise<void> {
    this.#registry.on('changed', ({ revision, changes, snapshot }) => {
      this.#events.push(`${revision} ${snapshot.revision}: ${changes.map(tell).join('; ')}`);
    });
    this.#registry.on('decision-changed', ({ revision, decisions }) => {
      const told = decisions.map(
        ({ previous, winner, ...of }) => `${nameOf(of)}: ${show(previous)} → ${show(winner)}`,
      );
      this.#events.push(`${revision} ${told.sort().join('; ')}`);
    });
    for (const command of commands) {
      await this.#do(command, this.#registry, undefined).catch((error: unknown) => {
        if (error !== THROWN && !(error instanceof Refused)) throw error;
      });
      this.#expectView(this.#registry, undefined);
    }
    await quiet(2);
    expectSame('events', this.#events, this.#expectedEvents);
    for (const { snapshot, expected } of this.#snapshots) {
      expectSame('a kept snapshot', viewOf(snapshot), expected);
      expectSame('a kept snapshot, sent as text', viewOf(sentAsText(snapshot)), withoutCode(expected));
    }
  }

  /** Does one command in both; `draft` is the model's transaction, undefined outside of any. */
  async #do(command: Command, tx: CandidateRegistry, draft: ModelDraft | undefined): Promise<void> {
    switch (command.kind) {
      case 'throw':
        throw THROWN;
      case 'wait':
        return microtasks(command.turns);
      case 'keep-snapshot':
        this.#snapshots.push({ snapshot: tx.snapshot(), expected: this.#expected(draft) });
        return;
      case 'fork':
        return this.#fork(command.branches, tx, draft);
      default: {
        const step = this.#start(command, tx, draft, () => undefined);
        const [result] = await Promise.allSettled([step.real]);
        step.follow();
        step.compare(result);
      }
    }
  }

  /**
   * Starts all branches at once. They run in the order in which they were started, so the model follows those that
   * came before a transaction when that begins.
   */
  async #fork(
    branches: readonly Command[],
    tx: CandidateRegistry,
    draft: ModelDraft | undefined,
  ): Promise<void> {
    const steps: Step[] = [];
    for (const branch of branches) {
      const before = steps.length;
      if (
        branch.kind === 'throw' ||
        branch.kind === 'wait' ||
        branch.kind === 'keep-snapshot' ||
        branch.kind === 'fork'
      )
        continue;
      steps.push(
        this.#start(branch, tx, draft, () => {
          for (const step of steps.slice(0, before)) step.follow();
        }),
      );
    }
    const results = await Promise.allSettled(steps.map(({ real }) => real));
    for (const step of steps) step.follow();
    const failures = steps.flatMap((step, index): unknown[] => {
      try {
        step.compare(results[index]!);
        return [];
      } catch (error) {
        return [error];
      }
    });
    const wrong = failures.find((error) => error !== THROWN && !(error instanceof Refused));
    if (wrong !== undefined || failures.length > 0) throw wrong ?? failures[0];
  }

  #start(command: Command, tx: CandidateRegistry, draft: ModelDraft | undefined, catchUp: () => void): Step {
    const write = <R>(
      real: Promise<R>,
      model: (draft: ModelDraft) => unknown,
      keep: (real: R, model: never) => unknown,
    ) => {
      let expected: { readonly value?: unknown; readonly error?: unknown } | undefined;
      return {
        real,
        follow: () => {
          expected ??= this.#inModel(draft, model);
        },
        compare: (result: PromiseSettledResult<unknown>) =>
          this.#compare(result, expected ?? {}, keep as never),
      };
    };
    const handle =
      'handle' in command
        ? this.#handles.at(-1 - (command.handle % Math.max(1, this.#handles.length)))
        : undefined;
    switch (command.kind) {
      case 'register':
        return write(
          tx.registerCandidate(command.input),
          (own) => own.registerAll([command.input])[0],
          this.#keep,
        );
      case 'register-all':
        return write(
          tx.registerAll(command.inputs),
          (own) => own.registerAll(command.inputs),
          (real, model: readonly Outcome[]) => real.map((one, index) => this.#keep(one, model[index]!)),
        );
      case 'replace-source':
        return write(
          tx.replaceSource(command.source, command.inputs),
          (own) => own.replaceSource(command.source, command.inputs),
          ({ added, replaced, unchanged, retired }, model: ReturnType<ModelDraft['replaceSource']>) => {
            const of = (test: (outcome: Outcome) => boolean) =>
              model.outcomes.filter(test).map((one) => label(one.candidate));
            expectSame(
              'added',
              added.map(label),
              of((one) => one.isChanged && one.replaced === undefined),
            );
            expectSame(
              'replaced',
              replaced.map(label),
              of((one) => one.replaced !== undefined),
            );
            expectSame(
              'unchanged',
              unchanged.map(label),
              of((one) => !one.isChanged),
            );
            expectSame('retired', retired.map(label), model.retired.map(label));
          },
        );
      case 'unregister':
        if (handle === undefined)
          return write(
            Promise.resolve(),
            () => undefined,
            () => undefined,
          );
        return write(
          handle.real.unregister(),
          (own) => own.unregister(handle.model),
          (real, model) => expectSame('unregister', real, model),
        );
      case 'mark':
        if (handle === undefined)
          return write(
            Promise.resolve(),
            () => undefined,
            () => undefined,
          );
        return write(
          tx.mark(handle.real.candidate, command.code, command.detail),
          (own) => own.mark(handle.model, command.code, command.detail),
          () => undefined,
        );
      case 'select':
        return write(
          tx.select(command.domain, command.key, command.selection),
          (own) => own.select(command, command.selection),
          () => undefined,
        );
      case 'clear-selection':
        return write(
          tx.clearSelection(command.domain, command.key),
          (own) => own.select(command, undefined),
          () => undefined,
        );
      case 'transaction':
        return this.#transaction(command, tx, draft, catchUp);
      default:
        throw new Error(`${command.kind} is no write`);
    }
  }

  #transaction(
    { body, isCaught }: Extract<Command, { kind: 'transaction' }>,
    tx: CandidateRegistry,
    draft: ModelDraft | undefined,
    catchUp: () => void,
  ): Step {
    const real = tx.transaction(async (inner) => {
      catchUp();
      const nested = new ModelDraft(draft ?? this.#published);
      this.#expectView(inner, nested);
      for (const [index, command] of body.entries()) {
        await this.#do(command, index % 2 === 0 ? inner : this.#registry, nested);
        this.#expectView(index % 3 === 0 ? this.#registry : inner, nested);
      }
      // The commit comes at once after this, before anybody else has a turn.
      this.#absorb(nested, draft);
    });
    return {
      real,
      follow: () => undefined,
      compare: (result) => {
        if (result.status === 'fulfilled') return;
        const { reason } = result as { reason: unknown };
        if (reason !== THROWN && !(reason instanceof Refused)) throw reason;
        if (!isCaught) throw reason;
      },
    };
  }

  /** What the model comes to; outside of a transaction it is a commit of its own. */
  #inModel(
    draft: ModelDraft | undefined,
    model: (draft: ModelDraft) => unknown,
  ): { readonly value?: unknown; readonly error?: unknown } {
    const own = new ModelDraft(draft ?? this.#published);
    try {
      const value = model(own);
      this.#absorb(own, draft);
      return { value };
    } catch (error) {
      return { error };
    }
  }

  #absorb(own: ModelDraft, draft: ModelDraft | undefined): void {
    if (draft === undefined) this.#commit(own);
    else draft.absorb(own);
  }

  #commit(draft: ModelDraft): void {
    if (draft.changes.length === 0) return;
    const before = this.#published;
    this.#published = draft.state;
    this.#revision++;
    this.#expectedEvents.push(`${this.#revision} ${this.#revision}: ${draft.changes.join('; ')}`);
    const keys = [...new Set([...keysOf(before), ...keysOf(draft.state)])].sort();
    const decisions = keys.flatMap((name) => {
      const [previous, winner] = [winnerOf(before, name), winnerOf(draft.state, name)];
      return previous === winner ? [] : [`${name}: ${show(previous)} → ${show(winner)}`];
    });
    if (decisions.length > 0) this.#expectedEvents.push(`${this.#revision} ${decisions.sort().join('; ')}`);
  }

  #compare(
    result: PromiseSettledResult<unknown>,
    expected: { readonly value?: unknown; readonly error?: unknown },
    keep: (real: unknown, model: unknown) => unknown,
  ): void {
    if (expected.error instanceof Refused) {
      const found: unknown = result.status === 'rejected' ? result.reason : 'no error';
      if (!OneiricError.is(found) || found.code !== expected.error.code)
        throw new Error(`expected ${expected.error.code}, found ${String(found)}`);
      throw expected.error;
    }
    if (expected.error !== undefined) throw expected.error;
    if (result.status === 'rejected') throw result.reason;
    keep(result.value, expected.value);
  }

  readonly #keep = (real: Registration, model: Outcome): void => {
    expectSame(
      'a registration',
      [label(real.candidate), show(real.replaced)],
      [label(model.candidate), show(model.replaced)],
    );
    this.#handles.push({ real, model: model.candidate });
  };

  #expected(draft: ModelDraft | undefined): View {
    if (draft === undefined) return expectedView(this.#published, this.#revision);
    return expectedView(draft.state, this.#revision + (draft.isChanged ? 1 : 0));
  }

  /** What the calling context sees is what the model has there; what an outsider sees is what is published. */
  #expectView(reads: CandidateRegistry, draft: ModelDraft | undefined): void {
    expectSame(
      draft === undefined ? 'the registry' : 'inside the transaction',
      viewOf(reads),
      this.#expected(draft),
    );
    if (draft === undefined) return;
    expectSame(
      'outside the transaction',
      this.#outside.runInAsyncScope(() => viewOf(this.#registry)),
      expectedView(this.#published, this.#revision),
    );
  }
}

function winnerOf(state: ModelState, name: string): Candidate | undefined {
  const [domain = '', key = ''] = name.split('/');
  return explanationOf(state, 0, domain, key, normaliseRequest(undefined)).winner ?? undefined;
}

function show(candidate: Candidate | undefined): string {
  return candidate === undefined ? 'nobody' : label(candidate);
}

function tell(change: RegistryChange): string {
  switch (change.kind) {
    case 'registered':
    case 'unregistered':
      return `${change.kind} ${label(change.candidate)}`;
    case 'replaced':
      return `replaced ${label(change.previous)} by ${label(change.candidate)}`;
    case 'selected':
      return `selected ${nameOf(change)} ${change.selection.provider} ${change.selection.policy}`;
    case 'selection-cleared':
      return `selection of ${nameOf(change)} cleared`;
    case 'marked':
      return `marked ${label(change.candidate)} ${change.code} ${String(change.detail)}`;
    case 'mark-cleared':
      return `cleared ${change.code} of ${label(change.candidate)}`;
    case 'ranking-defaults-changed':
      return 'ranking defaults changed';
    default:
      return change satisfies never;
  }
}

function expectSame(what: string, found: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one === other) return;
  expect({ [what]: found }).toEqual({ [what]: expected });
  throw new Error(`${what}: ${one} instead of ${other}`);
}
