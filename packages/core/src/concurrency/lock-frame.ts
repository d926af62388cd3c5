import type { Gate } from './gate.js';
import type { LockCore } from './lock-core.js';
import type { QueueLinks, WaitQueue } from './wait-queue.js';

/**
 * One granted section of a lock, seen from outside the engine. Its identity is stable, so it can key a `WeakMap`.
 * @internal
 */
export interface LockFrame {
  /** The section in whose queue it was granted; undefined for the lock's own queue. Never changes. */
  readonly parent: LockFrame | undefined;
  /** True until the section has settled. A frame that is dead owns nothing and never comes back. */
  readonly live: boolean;
  /** Does a nested section run inside? One that outlived its own parent counts for the level above. */
  readonly hasRunningChild: boolean;
}

/** What a context carries: the innermost frame or barrier; `outer` leads to the others, of all locks. */
export type ContextNode = SectionFrame | DetachedBarrier;

/** Where a section comes from: the context that asked for it, how, and under which name. */
export interface SectionOrigin {
  readonly context: ContextNode | undefined;
  readonly shared: boolean;
  readonly name: string | undefined;
  /** The number of the request on its lock, from 1. */
  readonly ticket: number;
}

/** A request that waits. */
export interface WaitingSection extends QueueLinks<WaitingSection> {
  readonly request: SectionOrigin;
  /** Its place among all waiting requests of the process; the older the smaller. */
  readonly sequence: number;
  readonly since: number;
  /** Where it waits; changes when a section settles before its queue is served. */
  level: LockLevel;
  /** Stops everything that could end the waiting. */
  release(): void;
  /** Runs its body as `frame`, in the context it was requested from. Never throws. */
  start(frame: SectionFrame): void;
}

/**
 * A place where one section runs at a time (or several readers), and the queue before it: a lock has one, and so has
 * every running section, for the requests made from its context.
 *
 * Frames, levels and barriers of one process refer to each other across copies of the package, so their fields are
 * plain: a `#private` one could not be read by the code of the other copy.
 */
export class LockLevel {
  readonly core: LockCore;
  /** The first of the sections that run here. */
  first: SectionFrame | undefined = undefined;
  /** Do readers run here, whom another reader may join? */
  openToReaders = false;
  /** Made when the first request has to wait. */
  queue: WaitQueue<WaitingSection> | undefined = undefined;
  /** There is one exactly while the queue is not empty. */
  gate: Gate | undefined = undefined;

  constructor(core: LockCore) {
    this.core = core;
  }

  get waiting(): number {
    return this.queue === undefined ? 0 : this.queue.size;
  }

  /** Does anything run or wait here? */
  get isOccupied(): boolean {
    return this.first !== undefined || this.gate !== undefined;
  }

  /** May a request of this mode start at once? Never past somebody who waits. */
  admits(shared: boolean): boolean {
    if (this.gate !== undefined) return false;
    return this.first === undefined || (shared && this.openToReaders);
  }

  add(frame: SectionFrame): void {
    const { first } = this;
    if (first === undefined) this.openToReaders = frame.reader;
    else first.previous = frame;
    frame.next = first;
    this.first = frame;
  }

  remove(frame: SectionFrame): void {
    const { previous, next } = frame;
    if (previous === undefined) this.first = next;
    else previous.next = next;
    if (next !== undefined) next.previous = previous;
    frame.previous = undefined;
    frame.next = undefined;
  }

  /** Puts what runs inside a section that has settled in its place. */
  replace(frame: SectionFrame): void {
    const { openToReaders } = this;
    this.remove(frame);
    for (const child of frame.running()) {
      frame.remove(child);
      child.host = this;
      this.add(child);
    }
    this.openToReaders = openToReaders;
  }

  /** The sections that run here, oldest first. */
  running(): SectionFrame[] {
    const frames: SectionFrame[] = [];
    for (let frame = this.first; frame !== undefined; frame = frame.next) frames.push(frame);
    return frames.reverse();
  }
}

/** A granted section: it takes a place on the level where it was granted, and is a level for what is nested in it. */
export class SectionFrame extends LockLevel implements LockFrame {
  readonly hides = false as const;
  readonly parent: SectionFrame | undefined;
  /** Where it takes a place: where it was granted, then one level up for each section that it outlives. */
  host: LockLevel;
  /** The next frame or barrier of the context that it was requested from; what is dead is skipped and let go. */
  outer: ContextNode | undefined;
  readonly reader: boolean;
  readonly startedAt: number;
  live = true;
  previous: SectionFrame | undefined = undefined;
  next: SectionFrame | undefined = undefined;
  /** The waiting requests that were made from its context, by where they wait; made when the first one waits. */
  waits: Map<LockLevel, Set<WaitingSection>> | undefined = undefined;
  /** The timer that raises `long-hold`. */
  longHold: Disposable | undefined = undefined;
  readonly name: string | undefined;
  readonly ticket: number;

  constructor(host: LockLevel, origin: SectionOrigin, startedAt: number) {
    super(host.core);
    this.host = host;
    this.parent = host instanceof SectionFrame ? host : undefined;
    this.outer = withoutDead(origin.context);
    this.reader = origin.shared;
    this.startedAt = startedAt;
    this.name = origin.name;
    this.ticket = origin.ticket;
  }

  get hasRunningChild(): boolean {
    return this.first !== undefined;
  }
}

/** Hides the frames of one lock that lie further out; `detach` runs its function behind one. */
export class DetachedBarrier {
  readonly hides = true as const;
  readonly core: LockCore;
  outer: ContextNode | undefined;
  #hidden: SectionFrame | undefined;

  constructor(hidden: SectionFrame, outer: ContextNode | undefined) {
    this.core = hidden.core;
    this.outer = outer;
    this.#hidden = hidden;
  }

  /** It matters as long as there is something to hide. */
  get live(): boolean {
    while (this.#hidden !== undefined && !this.#hidden.live) this.#hidden = this.#hidden.parent;
    return this.#hidden !== undefined;
  }
}

/** What reports, events and errors call a section, running or waiting. */
export function sectionLabel(section: {
  readonly name: string | undefined;
  readonly ticket: number;
}): string {
  return section.name ?? `section-${section.ticket}`;
}

/** The first node of a context that still matters. */
function withoutDead(context: ContextNode | undefined): ContextNode | undefined {
  let node = context;
  while (node !== undefined && !node.live) node = node.outer;
  return node;
}

/**
 * The nearest live section of `core` that a context descends from, as far as no `detach` hides it. Dead nodes on the
 * way are unlinked for good, so that a context that goes on for ever does not grow for ever.
 */
export function nearestLiveFrame(context: ContextNode | undefined, core: LockCore): SectionFrame | undefined {
  let inner: ContextNode | undefined;
  for (let node = context; node !== undefined; node = node.outer) {
    if (!node.live) {
      if (inner !== undefined) inner.outer = node.outer;
      continue;
    }
    if (node.core === core) return node.hides ? undefined : node;
    inner = node;
  }
  return undefined;
}

/** All live sections that a context descends from, innermost first, without those that a `detach` hides. */
export function* heldFrames(context: ContextNode | undefined): Generator<SectionFrame, void> {
  let hidden: Set<LockCore> | undefined;
  for (let node = context; node !== undefined; node = node.outer) {
    if (!node.live || hidden?.has(node.core) === true) continue;
    if (node.hides) (hidden ??= new Set()).add(node.core);
    else yield node;
  }
}
