import { Gate } from './gate.js';
import type { LockLevel, SectionFrame, WaitingSection } from './lock-frame.js';
import { addWait, removeWait } from './wait-graph.js';
import { WaitQueue } from './wait-queue.js';

/** Makes the frame of a request that is admitted. */
export type Enter = (request: WaitingSection) => SectionFrame;

/**
 * The queues of one lock: who waits on which level, and who is next. Nobody starts inside another's call: the gate of
 * a level wakes it in a microtask of its own, so a long queue of synchronous sections does not deepen the stack.
 */
export class HandOver {
  readonly #enter: Enter;

  constructor(enter: Enter) {
    this.#enter = enter;
  }

  /** Puts a request that `level` does not admit at the end of its queue. */
  wait(request: WaitingSection): void {
    const { level } = request;
    (level.queue ??= new WaitQueue()).push(request);
    if (level.gate === undefined) this.#arm(level, (level.gate = new Gate()));
    if (request.context !== undefined) addWait(request);
  }

  /** Takes a request that will never start out of its queue. */
  withdraw(request: WaitingSection): void {
    const { level } = request;
    this.#unlink(request);
    if (level.waiting === 0) level.gate = undefined;
    else if (level.first !== undefined && level.openToReaders) queueMicrotask(() => this.#joinReaders(level));
  }

  /** Lets those who wait inside a settled section wait one level up: in their order, behind those who do already. */
  moveUp(frame: SectionFrame): void {
    for (let request = frame.queue?.first; request !== undefined; request = frame.queue?.first) {
      this.#unlink(request);
      request.level = frame.host;
      this.wait(request);
    }
    frame.gate = undefined;
  }

  /** Wakes a level that nobody is on any more. */
  free(level: LockLevel): void {
    level.gate?.open();
  }

  #unlink(request: WaitingSection): void {
    request.level.queue?.remove(request);
    if (request.context !== undefined) removeWait(request);
  }

  /** The gate is gone as soon as nobody waits; a wake-up that is still under way then finds another gate, or none. */
  #arm(level: LockLevel, gate: Gate): void {
    gate.whenFree(() => {
      if (level.gate === gate) this.#admit(level);
    });
  }

  /** The level is free: lets in whoever is first, and with a reader the readers right behind it. */
  #admit(level: LockLevel): void {
    const first = level.queue?.first;
    if (first === undefined) return;
    const frame = this.#grant(first);
    const readers = first.shared ? this.#grantReaders(level) : [];
    this.#rearm(level);
    first.start(frame);
    for (const [reader, readerFrame] of readers) reader.start(readerFrame);
  }

  /** The writer that they waited behind gave up, and the readers before it still read: lets them in. */
  #joinReaders(level: LockLevel): void {
    if (level.first === undefined || !level.openToReaders) return;
    const readers = this.#grantReaders(level);
    if (level.waiting === 0) level.gate = undefined;
    for (const [reader, frame] of readers) reader.start(frame);
  }

  #grantReaders(level: LockLevel): [WaitingSection, SectionFrame][] {
    const granted: [WaitingSection, SectionFrame][] = [];
    for (let next = level.queue?.first; next?.shared === true; next = level.queue?.first) {
      granted.push([next, this.#grant(next)]);
    }
    return granted;
  }

  #grant(request: WaitingSection): SectionFrame {
    this.#unlink(request);
    request.release();
    return this.#enter(request);
  }

  /** The permit is with those who were let in; the next in the queue wait for it. */
  #rearm(level: LockLevel): void {
    if (level.waiting === 0) level.gate = undefined;
    else if (level.gate !== undefined) this.#arm(level, level.gate);
  }
}
