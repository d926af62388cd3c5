import { AsyncResource } from 'node:async_hooks';
import type { Body, RequestOptions } from '../harness/subject.js';
import { context, ReferenceLock, type Frame, type Request } from './reference-lock.js';

/** A queued body runs wherever the release happened, in the releaser's context. */
export class ReleaserContextLock extends ReferenceLock {
  protected override call<T>(
    _requester: AsyncResource,
    frame: Frame,
    body: () => Promise<T>,
    resolve: (value: T) => void,
    reject: (reason: unknown) => void,
  ): void {
    super.call(new AsyncResource('releaser'), frame, body, resolve, reject);
  }
}

/** A release opens the lock and wakes the next one, who has to try again: whoever comes in between barges in. */
export class BargingLock extends ReferenceLock {
  protected override handOver(frame: Frame): void {
    const { parent } = frame;
    if (!frame.over || frame.inside || !parent || parent.inside !== frame) return;
    parent.inside = undefined;
    if (parent.over) {
      this.handOver(parent);
      return;
    }
    queueMicrotask(() => {
      if (parent.inside) return;
      const next = parent.waiting.shift();
      if (next) this.enter(next);
    });
  }
}

/** The last to ask is the first to get in. */
export class StackLock extends ReferenceLock {
  protected override enqueue(request: Request): void {
    request.owner.waiting.unshift(request);
  }
}

/** A request that timed out is rejected but stays in the queue, and takes its turn as a ghost. */
export class GhostTimeoutLock extends ReferenceLock {
  readonly #ghosts = new Set<Request>();

  protected override remove(request: Request, reason: unknown): void {
    request.settle();
    this.#ghosts.add(request);
    request.reject(reason);
  }

  protected override enter(request: Request): void {
    if (!this.#ghosts.delete(request)) {
      super.enter(request);
      return;
    }
    const next = request.owner.waiting.shift();
    if (next) this.enter(next);
  }
}

/** A timeout bounds the whole section: when it strikes, the lock is taken from the holder. */
export class ForceReleaseLock extends ReferenceLock {
  override run<T>(fn: Body<T>, options: RequestOptions = {}): Promise<T> {
    const { timeoutMs } = options;
    if (timeoutMs === undefined || !(timeoutMs > 0)) return super.run(fn, options);
    return super.run((section) => {
      const frame = this.frame();
      const timer = setTimeout(() => this.end(frame), timeoutMs);
      return Promise.resolve(fn(section)).finally(() => clearTimeout(timer));
    }, options);
  }
}

/** A frame goes on owning after its body has settled. */
export class ImmortalFrameLock extends ReferenceLock {
  protected override owner(): Frame {
    return this.frame();
  }
}

/** The lock is handed over when the body settles, whoever is still inside. */
export class HastyHandOverLock extends ReferenceLock {
  protected override end(frame: Frame): void {
    frame.inside = undefined;
    super.end(frame);
  }
}

/** What waits inside a section is forgotten when the section ends. */
export class ForgetfulLock extends ReferenceLock {
  protected override end(frame: Frame): void {
    frame.waiting.length = 0;
    super.end(frame);
  }
}

/** A body that throws instead of returning takes the lock with it. */
export class StickyFailureLock extends ReferenceLock {
  protected override call<T>(
    requester: AsyncResource,
    frame: Frame,
    body: () => Promise<T>,
    resolve: (value: T) => void,
    reject: (reason: unknown) => void,
  ): void {
    const failing = async () => body().catch((reason: unknown) => (reject(reason), new Promise<T>(() => {})));
    super.call(requester, frame, failing, resolve, reject);
  }
}

/** An aborted waiter releases, although it never had the lock. */
export class ReleasingAbortLock extends ReferenceLock {
  protected override abort(request: Request): void {
    super.abort(request);
    const next = request.owner.waiting.shift();
    if (next) this.enter(next);
  }
}

/** An aborted signal takes the lock from the section that carries it, while its body runs on. */
export class AbortReleasesLock extends ReferenceLock {
  override run<T>(fn: Body<T>, options: RequestOptions = {}): Promise<T> {
    return super.run((section) => {
      const frame = this.frame();
      options.signal?.addEventListener('abort', () => this.end(frame), { once: true });
      return fn(section);
    }, options);
  }
}

/** Every request leaves a listener on its signal. */
export class ListenerLeakLock extends ReferenceLock {
  override run<T>(fn: Body<T>, options: RequestOptions = {}): Promise<T> {
    options.signal?.addEventListener('abort', () => {});
    return super.run(fn, options);
  }
}

/** `ifAvailable` looks one turn later, and takes what has become free meanwhile. */
export class LateDecisionLock extends ReferenceLock {
  override async run<T>(fn: Body<T>, options: RequestOptions = {}): Promise<T> {
    if (options.ifAvailable) await Promise.resolve();
    return super.run(fn, options);
  }
}

const READY_MADE = Object.assign(new Error('UNAVAILABLE'), { code: 'ONEIRIC_LOCK_UNAVAILABLE' });

/** One ready-made error for all refusals, with the stack of the module's loading. */
export class ReadyMadeErrorLock extends ReferenceLock {
  protected override failure(code: Parameters<ReferenceLock['failure']>[0], name: string): Error {
    return code === 'UNAVAILABLE' ? READY_MADE : super.failure(code, name);
  }
}

/** A section inside another waits for the section that it is inside of. */
export class NonReentrantLock extends ReferenceLock {
  protected override owner(): Frame {
    return this.root;
  }
}

/** Anybody who owns the lock may write, beside a running child of its own. */
export class BlindLeafLock extends ReferenceLock {
  protected override assertLeaf(): void {
    if (this.owner() === this.root) super.assertLeaf();
  }
}

/** `detach` leaves every lock, not this one only. */
export class DetachAllLock extends ReferenceLock {
  protected override detach<T>(fn: () => T): T {
    return context.exit(fn);
  }
}
