import { Gate } from './gate.js';
import type { LockLevel, SectionFrame, WaitingSection } from './lock-frame.js';
import { addWait, removeWait } from './wait-graph.js';
import { WaitQueue } from './wait-queue.js';

/** Makes the frame of a request that is admitted; from then on the section holds its place. */
export type Enter = (waiting: WaitingSection) => SectionFrame;

/**
 * The queues of one lock: who waits on which level, and who is next. Nobody starts inside another's call: the gate of
 * a level wakes it in a microtask of its own, so a long queue of synchronous sections does not deepen the stack.
 */
export class HandOver {
  readonly #enter: Enter;
  #size = 0;

  constructor(enter: Enter) {
    this.#enter = enter;
  }

  /** How many requests wait, on all levels together. */
  get size(): number {
    return this.#size;
  }

  /** Puts a request that its level does not admit at the end of the queue there. */
  wait(waiting: WaitingSection): void {
    const { level } = waiting;
    (level.queue ??= new WaitQueue()).push(waiting);
    this.#size++;
    if (level.gate === undefined) {
      level.gate = new Gate((gate) => this.#admit(level, gate));
      level.gate.arm();
    }
    if (waiting.request.context !== undefined) addWait(waiting);
  }

  /** Takes a request that will never start out of its queue. */
  withdraw(waiting: WaitingSection): void {
    const { level } = waiting;
    this.#unlink(waiting);
    if (level.waiting === 0) level.gate = undefined;
    else if (level.first !== undefined && level.openToReaders) queueMicrotask(() => this.#joinReaders(level));
  }

  /** Lets those who wait inside a settled section wait one level up: in their order, behind those who do already. */
  moveUp(frame: SectionFrame): void {
    for (let next = frame.queue?.first; next !== undefined; next = frame.queue?.first) {
      this.#unlink(next);
      next.level = frame.host;
      this.wait(next);
    }
    frame.gate = undefined;
  }

  #unlink(waiting: WaitingSection): void {
    waiting.level.queue?.remove(waiting);
    this.#size--;
    if (waiting.request.context !== undefined) removeWait(waiting);
  }

  /** The level is free: lets in whoever is first, and with a reader the readers right behind it. */
  #admit(level: LockLevel, gate: Gate): void {
    const first = level.queue?.first;
    // A gate is dropped as soon as nobody waits; a wake-up that was under way then comes for nothing.
    if (level.gate !== gate || first === undefined) return;
    const frame = this.#grant(first);
    const readers = first.request.shared ? this.#grantReaders(level) : [];
    if (level.waiting === 0) level.gate = undefined;
    else gate.arm();
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
    for (let next = level.queue?.first; next?.request.shared === true; next = level.queue?.first) {
      granted.push([next, this.#grant(next)]);
    }
    return granted;
  }

  #grant(waiting: WaitingSection): SectionFrame {
    this.#unlink(waiting);
    return this.#enter(waiting);
  }
}
