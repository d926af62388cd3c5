/** The public shape of the locks as LOCK.md gives it; the real ones must be assignable to it. */
export interface Section {
  readonly signal?: AbortSignal;
}
export type Body<T> = (section: Section) => T | Promise<T>;

export interface RequestOptions {
  readonly name?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly ifAvailable?: boolean;
}

export interface LockOptions {
  readonly name?: string;
  readonly deadlockGraceMs?: number;
  readonly maxPending?: number;
  readonly longHoldMs?: number;
  readonly detectOrder?: boolean;
  readonly strict?: boolean;
}

export interface HeldSection {
  readonly name: string;
  readonly heldMs: number;
  readonly children: readonly HeldSection[];
}
export interface PendingRequest {
  readonly name: string;
  readonly waitedMs: number;
}
export interface LockReport {
  readonly held: readonly HeldSection[];
  readonly pending: readonly PendingRequest[];
  readonly counters: {
    readonly acquired: number;
    readonly contended: number;
    readonly timedOut: number;
    readonly aborted: number;
    readonly deadlocks: number;
  };
}

export type LockEventName = 'orphan-running' | 'deadlock-suspected' | 'order-inversion' | 'long-hold';

/** Everything that a lock offers beside running sections. */
export interface Asks {
  readonly detach: <T>(fn: () => T) => T;
  readonly assertLeaf: () => void;
  readonly isLocked: () => boolean;
  readonly isHeldByCurrentContext: () => boolean;
  readonly query: () => LockReport;
  readonly on: (event: LockEventName, listener: (payload: unknown) => void) => Disposable;
}
export type Ask = keyof Asks;

/** One exclusive lock, whatever its class: what the contract is checked against. */
export interface Subject {
  run<T>(fn: Body<T>, options?: RequestOptions): Promise<T>;
  /** What this lock can be asked; a check that needs more than that does not apply to it. */
  readonly asks: Partial<Asks>;
}
export type MakeSubject = (options?: LockOptions) => Subject;
