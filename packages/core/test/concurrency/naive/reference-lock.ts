import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import type {
  Asks,
  Body,
  HeldSection,
  LockOptions,
  LockReport,
  RequestOptions,
  Section,
  Subject,
} from '../harness/subject.js';

/** A granted section, or the root of the lock, with the queue of what was requested inside it. */
export interface Frame {
  readonly name: string;
  readonly parent: Frame | undefined;
  readonly since: number;
  readonly waiting: Request[];
  inside: Frame | undefined;
  /** The body has settled; the frame owns nothing any more. */
  over: boolean;
}

export interface Request {
  readonly name: string;
  readonly signal: AbortSignal | undefined;
  owner: Frame;
  /** Runs the body in the requester's context, as the given frame. */
  readonly start: (frame: Frame) => void;
  readonly reject: (reason: unknown) => void;
  /** Takes timer and abort listener away. */
  readonly settle: () => void;
}

type Code = 'TIMEOUT' | 'UNAVAILABLE' | 'QUEUE_FULL' | 'NOT_OWNED' | 'CHILD_ACTIVE';

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** The frame of each lock that an async context is in; one store for all, because each live store slows every await. */
export const context = new AsyncLocalStorage<ReadonlyMap<ReferenceLock, Frame>>();

/**
 * The plainest lock that keeps the rules which one exclusive lock can keep by itself: one tree of frames, arrays as
 * queues, no regard for speed. Every flawed lock beside it is this one with a single thing wrong, so that what the
 * contract suite says of a flawed lock is about the flaw.
 */
export class ReferenceLock implements Subject {
  protected readonly root: Frame = newFrame('root', undefined);
  protected readonly counters = { acquired: 0, contended: 0, timedOut: 0, aborted: 0, deadlocks: 0 };
  readonly #options: LockOptions;

  constructor(options: LockOptions = {}) {
    this.#options = options;
  }

  readonly asks: Partial<Asks> = {
    detach: (fn) => this.detach(fn),
    isLocked: () => this.root.inside !== undefined,
    isHeldByCurrentContext: () => this.owner() !== this.root,
    assertLeaf: () => this.assertLeaf(),
    query: () => this.report(),
  };

  run<T>(fn: Body<T>, options: RequestOptions = {}): Promise<T> {
    const { name = 'section', signal, timeoutMs, ifAvailable = false } = options;
    return new Promise<T>((resolve, reject) => {
      if (timeoutMs !== undefined && !(timeoutMs >= 0 && timeoutMs <= MAX_TIMEOUT_MS)) {
        throw new RangeError(`timeoutMs is ${timeoutMs}`);
      }
      if (signal?.aborted) {
        this.counters.aborted++;
        throw signal.reason;
      }
      const requester = new AsyncResource('request');
      const section: Section = signal === undefined ? {} : { signal };
      let timer: ReturnType<typeof setTimeout> | undefined;
      const abort = () => this.abort(request);
      const request: Request = {
        name,
        signal,
        owner: this.owner(),
        reject,
        start: (frame) => this.call(requester, frame, async () => fn(section), resolve, reject),
        settle: () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', abort);
        },
      };
      const free = request.owner.inside === undefined;
      if (free) {
        this.enter(request);
        return;
      }
      if (ifAvailable) throw this.failure('UNAVAILABLE', name);
      if (this.report().pending.length >= (this.#options.maxPending ?? Infinity))
        throw this.failure('QUEUE_FULL', name);
      this.counters.contended++;
      this.enqueue(request);
      signal?.addEventListener('abort', abort);
      if (timeoutMs !== undefined) timer = setTimeout(() => this.timeOut(request), timeoutMs);
    });
  }

  /** The frame of this lock that the calling context was started in, dead or alive. */
  protected frame(): Frame {
    return context.getStore()?.get(this) ?? this.root;
  }

  protected runAs<T>(frame: Frame, fn: () => T): T {
    return context.run(new Map([...(context.getStore() ?? []), [this, frame]]), fn);
  }

  /** The nearest live frame of the calling context. */
  protected owner(): Frame {
    let frame = this.frame();
    while (frame.over && frame.parent) frame = frame.parent;
    return frame;
  }

  protected detach<T>(fn: () => T): T {
    return this.runAs(this.root, fn);
  }

  protected assertLeaf(): void {
    const owner = this.owner();
    if (owner === this.root) throw this.failure('NOT_OWNED', owner.name);
    if (owner.inside) throw this.failure('CHILD_ACTIVE', owner.name);
  }

  protected enqueue(request: Request): void {
    request.owner.waiting.push(request);
  }

  /** Runs `body` as `frame` in the context of `requester`, and ends the frame when it has settled. */
  protected call<T>(
    requester: AsyncResource,
    frame: Frame,
    body: () => Promise<T>,
    resolve: (value: T) => void,
    reject: (reason: unknown) => void,
  ): void {
    const running = requester.runInAsyncScope(() => this.runAs(frame, body));
    running.then(
      (value) => {
        this.end(frame);
        resolve(value);
      },
      (reason: unknown) => {
        this.end(frame);
        reject(reason);
      },
    );
  }

  protected enter(request: Request): void {
    request.settle();
    this.counters.acquired++;
    const frame = newFrame(request.name, request.owner);
    request.owner.inside = frame;
    request.start(frame);
  }

  /** The body of `frame` has settled: it owns nothing any more, and its waiters move up. */
  protected end(frame: Frame): void {
    frame.over = true;
    const { parent } = frame;
    if (!parent) return;
    for (const request of frame.waiting) request.owner = parent;
    parent.waiting.unshift(...frame.waiting.splice(0));
    this.handOver(frame);
  }

  /** Lets the next one in once `frame` and everything in it is out. */
  protected handOver(frame: Frame): void {
    const { parent } = frame;
    if (!frame.over || frame.inside || !parent || parent.inside !== frame) return;
    parent.inside = undefined;
    if (parent.over) {
      this.handOver(parent);
      return;
    }
    const next = parent.waiting.shift();
    if (next) this.enter(next);
  }

  protected abort(request: Request): void {
    this.counters.aborted++;
    this.remove(request, request.signal?.reason);
  }

  protected timeOut(request: Request): void {
    this.counters.timedOut++;
    this.remove(request, this.failure('TIMEOUT', request.name));
  }

  protected remove(request: Request, reason: unknown): void {
    request.settle();
    const { waiting } = request.owner;
    waiting.splice(waiting.indexOf(request), 1);
    request.reject(reason);
  }

  protected failure(code: Code, name: string): Error {
    const report = this.report();
    const held = report.held.map((section) => section.name).join(', ');
    const message = `${code}: "${name}" on the lock "${this.#options.name}", held by ${held}`;
    return Object.assign(new Error(message), { code: `ONEIRIC_LOCK_${code}`, details: { report } });
  }

  protected report(): LockReport {
    const now = performance.now();
    const children = ({ inside }: Frame): readonly HeldSection[] =>
      inside ? [{ name: inside.name, heldMs: now - inside.since, children: children(inside) }] : [];
    const waiting = (frame: Frame): readonly Request[] => [
      ...(frame.inside ? waiting(frame.inside) : []),
      ...frame.waiting,
    ];
    const pending = waiting(this.root).map(({ name }) => ({ name, waitedMs: 0 }));
    return { held: children(this.root), pending, counters: { ...this.counters } };
  }
}

function newFrame(name: string, parent: Frame | undefined): Frame {
  return { name, parent, since: performance.now(), waiting: [], inside: undefined, over: false };
}
