import {
  LockLevel,
  SectionFrame,
  type ContextNode,
  type WaitingSection,
} from '../../../src/concurrency/lock-frame.js';
import { SectionEngine } from '../../../src/concurrency/section-engine.js';
import { lockSettings } from '../../../src/concurrency/lock-options.js';
import { addWait } from '../../../src/concurrency/wait-graph.js';

/** The level of a lock of its own. */
export function level(name: string): LockLevel {
  return new LockLevel(new SectionEngine(lockSettings({ name })));
}

let numbers = 0;

/** A section that runs on `host`, requested from `context`. */
export function running(host: LockLevel, name: string, context?: ContextNode, shared = false): SectionFrame {
  const frame = new SectionFrame(host, { context, shared, name, ticket: ++numbers }, 0);
  host.add(frame);
  return frame;
}

/** A request that begins to wait at `host`, made from `context`. */
export function waiting(host: LockLevel, name: string, context: ContextNode | undefined): WaitingSection {
  const ticket = ++numbers;
  const request: WaitingSection = {
    request: { context, shared: false, name, ticket },
    sequence: ticket,
    since: 0,
    level: host,
    before: undefined,
    after: undefined,
    release: () => undefined,
    start: () => undefined,
  };
  addWait(request);
  return request;
}
