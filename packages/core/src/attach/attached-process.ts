import type { ComponentStatus } from '../lifecycle/component-status.js';
import { createError } from '../errors/oneiric-error.js';
import { LinkedSignal } from '../lifecycle/linked-signal.js';
import type { SwapPlan } from '../lifecycle/plan-swap.js';
import type { RunningReport } from '../lifecycle/running-report.js';
import { readSnapshotJson } from '../registry/read-snapshot-json.js';
import type { RegistrySnapshot } from '../registry/registry-snapshot.js';
import { askJson, askLines, type ClientCall } from './attach-client.js';
import { ATTACH_ERRORS } from './attach-errors.js';
import type { AttachedSwapReport, AttachEvent, AttachFilter } from './attach-event.js';
import type { AttachedProbe } from './attach-routes.js';
import type { ProcessInfo } from './process-info.js';

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
 * `ONEIRIC_ATTACH_CLOSED`, or the reason of the signal of `connectProcess`; the methods that only look, too, with
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
  plan(domain: string, key: string, options?: { readonly provider?: string }): Promise<SwapPlan>;
  swap(domain: string, key: string, options?: RemoteSwapOptions): Promise<AttachedSwapReport>;
  rollback(domain: string, key: string, options?: RemoteRollbackOptions): Promise<AttachedSwapReport>;
  /** Gives the status after it, as do `drain` and `resume`. */
  pause(domain: string, key: string, options?: { readonly reason?: string }): Promise<ComponentStatus>;
  drain(domain: string, key: string, options?: { readonly reason?: string }): Promise<ComponentStatus>;
  resume(domain: string, key: string): Promise<ComponentStatus>;
  /** Asks everything that runs how it is, side by side. A key that is named is asked also where it does not run. */
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

export class RemoteProcess implements AttachedProcess {
  readonly info: ProcessInfo;
  readonly #signal: AbortSignal | undefined;
  readonly #closing = new AbortController();

  constructor(info: ProcessInfo, signal: AbortSignal | undefined) {
    this.info = info;
    this.#signal = signal;
  }

  async snapshot(): Promise<RegistrySnapshot> {
    return readSnapshotJson(await this.#look('/v1/snapshot'));
  }

  async report(domain: string, key: string): Promise<RunningReport> {
    return (await this.#look('/v1/report', { domain, key })) as RunningReport;
  }

  async statuses({ domain, key }: AttachFilter = {}): Promise<readonly ComponentStatus[]> {
    return (await this.#look('/v1/statuses', { domain, key })) as readonly ComponentStatus[];
  }

  async plan(
    domain: string,
    key: string,
    { provider }: { readonly provider?: string } = {},
  ): Promise<SwapPlan> {
    return (await this.#look('/v1/plan', { domain, key, provider })) as SwapPlan;
  }

  async swap(domain: string, key: string, options: RemoteSwapOptions = {}): Promise<AttachedSwapReport> {
    return await this.#follow('/v1/swap', { domain, key, provider: options.provider }, options);
  }

  async rollback(
    domain: string,
    key: string,
    options: RemoteRollbackOptions = {},
  ): Promise<AttachedSwapReport> {
    return await this.#follow('/v1/rollback', { domain, key }, options);
  }

  async pause(
    domain: string,
    key: string,
    { reason }: { readonly reason?: string } = {},
  ): Promise<ComponentStatus> {
    return (await this.#do('/v1/pause', { domain, key, reason })) as ComponentStatus;
  }

  async drain(
    domain: string,
    key: string,
    { reason }: { readonly reason?: string } = {},
  ): Promise<ComponentStatus> {
    return (await this.#do('/v1/drain', { domain, key, reason })) as ComponentStatus;
  }

  async resume(domain: string, key: string): Promise<ComponentStatus> {
    return (await this.#do('/v1/resume', { domain, key })) as ComponentStatus;
  }

  async probe({ domain, key }: AttachFilter = {}): Promise<readonly AttachedProbe[]> {
    return (await this.#do('/v1/probe', { domain, key })) as readonly AttachedProbe[];
  }

  async *events({ domain, key }: AttachFilter = {}, signal?: AbortSignal): AsyncGenerator<AttachEvent, void> {
    using ends = this.#ends(signal);
    const call = this.#call('GET', '/v1/events', { domain, key }, ends.signal);
    for await (const event of askLines(call)) yield event as AttachEvent;
  }

  [Symbol.asyncDispose](): Promise<void> {
    const what = `The attachment to process ${String(this.info.pid)}`;
    this.#closing.abort(createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_CLOSED', { what }));
    return Promise.resolve();
  }

  async #look(path: string, parameters: Texts = {}): Promise<unknown> {
    using ends = this.#ends();
    return await askJson({ ...this.#call('GET', path, parameters, ends.signal), answerMs: LOOK_MS });
  }

  async #do(path: string, parameters: Texts): Promise<unknown> {
    using ends = this.#ends();
    return await askJson(this.#call('POST', path, parameters, ends.signal));
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
      if (next.done === true) return next.value as AttachedSwapReport;
      try {
        onEvent?.(next.value as AttachEvent);
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
    return { socket: this.info.socket, method, path, parameters, signal };
  }
}
