import type { ComponentStatus } from '../lifecycle/component-status.js';
import { createError } from '../errors/oneiric-error.js';
import { deepFreeze } from '../foundation/deep-freeze.js';
import { LinkedSignal } from '../lifecycle/linked-signal.js';
import type { SwapPlan } from '../lifecycle/plan-swap.js';
import type { RunningReport } from '../lifecycle/running-report.js';
import { readSnapshotJson } from '../registry/read-snapshot-json.js';
import type { RegistrySnapshot } from '../registry/registry-snapshot.js';
import { askJson, askLines, type ClientCall } from './attach-client.js';
import { ATTACH_ERRORS } from './attach-errors.js';
import type { AttachedSwapReport, AttachEvent, AttachFilter } from './attach-event.js';
import {
  assertOptions,
  type Expected,
  type ExpectedOptions,
  optionInvalid,
  SIGNAL,
} from './attach-options.js';
import type { AttachedProbe } from './attach-routes.js';
import type { ProcessInfo } from './process-info.js';

export interface RemotePlanOptions {
  /** As in `lifecycle.plan`. */
  readonly provider?: string;
}

export interface RemoteResumeOptions {
  /** Ends the wait. What is paused by then stays so, also where its calls have not ended. */
  readonly signal?: AbortSignal;
}

export interface RemotePauseOptions extends RemoteResumeOptions {
  /** Shown in every explanation while it lasts, there and here. */
  readonly reason?: string;
}

export interface RemoteSwapOptions extends RemoteRollbackOptions {
  /** As in `lifecycle.swap`. */
  readonly provider?: string;
}

export interface RemoteRollbackOptions {
  /** Called with each phase of the key that begins or ends, as it does. What it throws ends the call. */
  readonly onEvent?: (event: AttachEvent) => void;
  /** Undoes the swap where the new instance is not bound yet; after that it only ends the wait. */
  readonly signal?: AbortSignal;
}

/**
 * A running process, from outside. Every method is one request of its own, and does there what the method of the same
 * name of the lifecycle does, in the same order with what else is done to the key; errors come back with the code, the
 * message and the details that they have there, and what is none of Oneiric as `ONEIRIC_ATTACH_FAILED`. All that comes
 * back is plain data.
 *
 * Every method may also reject with `ONEIRIC_ATTACH_LOST`, `ONEIRIC_ATTACH_FORBIDDEN`, `ONEIRIC_ATTACH_ANSWER_INVALID`,
 * `ONEIRIC_ATTACH_CLOSED`, or the reason of the signal of `connectProcess`; with `ONEIRIC_ATTACH_OPTION_INVALID`; the methods that only look, too, with
 * `ONEIRIC_ATTACH_NO_ANSWER` after 30 seconds.
 */
export interface AttachedProcess extends AsyncDisposable {
  readonly info: ProcessInfo;
  /**
   * The state of its registry, rebuilt here: it explains, lists and fingerprints as there. Its factories are gone.
   */
  snapshot(): Promise<RegistrySnapshot>;
  /** What runs for a key, its last facts, and the last decisions. */
  report(domain: string, key: string): Promise<RunningReport>;
  /** Of every key that was started or asked about there. One that is named is there also if it is only registered. */
  statuses(filter?: AttachFilter): Promise<readonly ComponentStatus[]>;
  /** What a swap would do now. */
  plan(domain: string, key: string, options?: RemotePlanOptions): Promise<SwapPlan>;
  swap(domain: string, key: string, options?: RemoteSwapOptions): Promise<AttachedSwapReport>;
  rollback(domain: string, key: string, options?: RemoteRollbackOptions): Promise<AttachedSwapReport>;
  /** Gives the status after it, as do `drain` and `resume`. */
  pause(domain: string, key: string, options?: RemotePauseOptions): Promise<ComponentStatus>;
  drain(domain: string, key: string, options?: RemotePauseOptions): Promise<ComponentStatus>;
  resume(domain: string, key: string, options?: RemoteResumeOptions): Promise<ComponentStatus>;
  /**
   * Asks everything that runs how it is, side by side. What failed to start, and a key that is named and does not run,
   * is there with the error that it cannot be asked.
   */
  probe(filter?: AttachFilter): Promise<readonly AttachedProbe[]>;
  /**
   * What happens there, as it happens, from the event `listening` on, which is the first; until the signal, whose
   * reason it then throws, or the process ends it. Begins when it is first asked for an event. A reader that does not
   * keep up is cut off.
   *
   * @throws `ONEIRIC_ATTACH_READER_TOO_SLOW`; `ONEIRIC_ATTACH_CLOSED` where the process closed its attach server
   */
  events(filter?: AttachFilter, signal?: AbortSignal): AsyncIterable<AttachEvent>;
}

/** How long a process may take to answer what costs it next to nothing. */
const LOOK_MS = 30_000;

type Texts = Readonly<Record<string, string | undefined>>;

const TEXT: Expected = ['a text', (value) => typeof value === 'string'];
const ON_EVENT: Expected = ['a function', (value) => typeof value === 'function'];
const FILTER: ExpectedOptions<AttachFilter> = { domain: TEXT, key: TEXT };
const PLAN: ExpectedOptions<RemotePlanOptions> = { provider: TEXT };
const RESUME: ExpectedOptions<RemoteResumeOptions> = { signal: SIGNAL };
const HOLD: ExpectedOptions<RemotePauseOptions> = { reason: TEXT, ...RESUME };
const ROLLBACK: ExpectedOptions<RemoteRollbackOptions> = { onEvent: ON_EVENT, signal: SIGNAL };
const SWAP: ExpectedOptions<RemoteSwapOptions> = { provider: TEXT, ...ROLLBACK };

export class RemoteProcess implements AttachedProcess {
  readonly info: ProcessInfo;
  readonly #signal: AbortSignal | undefined;
  readonly #client: string | undefined;
  readonly #closing = new AbortController();

  constructor(info: ProcessInfo, signal: AbortSignal | undefined, client: string | undefined) {
    this.info = info;
    this.#client = client;
    this.#signal = signal;
  }

  async snapshot(): Promise<RegistrySnapshot> {
    using ends = this.#ends();
    const call = this.#call('GET', '/v1/snapshot', {}, ends.signal);
    return readSnapshotJson(await askJson({ ...call, answerMs: LOOK_MS }));
  }

  async report(domain: string, key: string): Promise<RunningReport> {
    return (await this.#look('/v1/report', named(domain, key))) as RunningReport;
  }

  async statuses(filter: AttachFilter = {}): Promise<readonly ComponentStatus[]> {
    assertOptions(filter, FILTER);
    return (await this.#look('/v1/statuses', { ...filter })) as readonly ComponentStatus[];
  }

  async plan(domain: string, key: string, options: RemotePlanOptions = {}): Promise<SwapPlan> {
    assertOptions(options, PLAN);
    const parameters = { ...named(domain, key), provider: options.provider };
    return (await this.#look('/v1/plan', parameters)) as SwapPlan;
  }

  async swap(domain: string, key: string, options: RemoteSwapOptions = {}): Promise<AttachedSwapReport> {
    assertOptions(options, SWAP);
    return await this.#follow('/v1/swap', { ...named(domain, key), provider: options.provider }, options);
  }

  async rollback(
    domain: string,
    key: string,
    options: RemoteRollbackOptions = {},
  ): Promise<AttachedSwapReport> {
    assertOptions(options, ROLLBACK);
    return await this.#follow('/v1/rollback', named(domain, key), options);
  }

  async pause(domain: string, key: string, options: RemotePauseOptions = {}): Promise<ComponentStatus> {
    assertOptions(options, HOLD);
    return await this.#hold('/v1/pause', { ...named(domain, key), reason: options.reason }, options);
  }

  async drain(domain: string, key: string, options: RemotePauseOptions = {}): Promise<ComponentStatus> {
    assertOptions(options, HOLD);
    return await this.#hold('/v1/drain', { ...named(domain, key), reason: options.reason }, options);
  }

  async resume(domain: string, key: string, options: RemoteResumeOptions = {}): Promise<ComponentStatus> {
    assertOptions(options, RESUME);
    return await this.#hold('/v1/resume', named(domain, key), options);
  }

  async probe(filter: AttachFilter = {}): Promise<readonly AttachedProbe[]> {
    assertOptions(filter, FILTER);
    using ends = this.#ends();
    const answer = await askJson(this.#call('GET', '/v1/probe', { ...filter }, ends.signal));
    return deepFreeze(answer) as readonly AttachedProbe[];
  }

  async *events(filter: AttachFilter = {}, signal?: AbortSignal): AsyncGenerator<AttachEvent, void> {
    assertOptions(filter, FILTER);
    assertOptions({ signal }, { signal: SIGNAL });
    using ends = this.#ends(signal);
    const call = this.#call('GET', '/v1/events', { ...filter }, ends.signal);
    for await (const event of askLines(call)) yield deepFreeze(event) as AttachEvent;
  }

  [Symbol.asyncDispose](): Promise<void> {
    const what = `The attachment to process ${String(this.info.pid)}`;
    this.#closing.abort(createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_CLOSED', { what }));
    return Promise.resolve();
  }

  async #look(path: string, parameters: Texts): Promise<unknown> {
    using ends = this.#ends();
    const call = this.#call('GET', path, parameters, ends.signal);
    return deepFreeze(await askJson({ ...call, answerMs: LOOK_MS }));
  }

  async #hold(path: string, parameters: Texts, { signal }: RemoteResumeOptions): Promise<ComponentStatus> {
    using ends = this.#ends(signal);
    return deepFreeze(await askJson(this.#call('POST', path, parameters, ends.signal))) as ComponentStatus;
  }

  async #follow(
    path: string,
    parameters: Texts,
    { onEvent, signal }: RemoteRollbackOptions,
  ): Promise<AttachedSwapReport> {
    using ends = this.#ends(signal);
    const lines = askLines(this.#call('POST', path, parameters, ends.signal));
    for (;;) {
      const next = await lines.next();
      if (next.done === true) return deepFreeze(next.value) as AttachedSwapReport;
      try {
        onEvent?.(deepFreeze(next.value) as AttachEvent);
      } catch (error) {
        await lines.return(undefined);
        throw error;
      }
    }
  }

  #ends(signal?: AbortSignal): LinkedSignal {
    return new LinkedSignal(signal, this.#signal, this.#closing.signal);
  }

  #call(method: ClientCall['method'], path: string, parameters: Texts, signal: AbortSignal): ClientCall {
    return { socket: this.info.socket, method, path, parameters, client: this.#client, signal };
  }
}

/** Whether there is such a key, and whether it may be called so, is for the process to say. */
function named(domain: unknown, key: unknown): { readonly domain: string; readonly key: string } {
  if (typeof domain !== 'string') throw optionInvalid('domain', domain, 'a text');
  if (typeof key !== 'string') throw optionInvalid('key', key, 'a text');
  return { domain, key };
}
