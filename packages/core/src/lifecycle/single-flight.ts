import { type Abortable, unwatchAbort, watchAbort } from '../concurrency/abort-watch.js';

/** Starts what all who join wait for; the signal is aborted when nobody waits for it any more. */
export type StartFlight<T> = (signal: AbortSignal) => Promise<T>;

/**
 * One thing under way at a time, for everybody who asks while it is: the first to join starts it, and all of them get
 * the very same result, or the very same failure.
 *
 * A result that comes when everybody has left is dropped: what must not be lost is kept by whoever started it.
 */
export class SingleFlight<T> {
  /** The one that can be joined: under way, or about to begin. */
  #open: Flight<T> | undefined;
  /** Settles with the one that was begun, also where everybody has left it. */
  #landing: Promise<void> | undefined;

  /** Is anything under way, or about to begin? Also while one that everybody left has not ended. */
  get isFlying(): boolean {
    return this.#open !== undefined || this.#landing !== undefined;
  }

  /**
   * Waits for what is under way, or calls `start`, at once and in the calling context.
   *
   * An aborted `signal` ends this caller's wait alone, at once, with the signal's reason. The last to leave aborts the
   * flight with that reason; whoever joins from then on begins another, as soon as the dying one has ended. `start` is
   * not called where everybody left before its turn.
   */
  join(start: StartFlight<T>, signal?: AbortSignal): Promise<T> {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a reason may be anything
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    if (this.#open !== undefined) return this.#open.board(signal);
    const flight = new Flight(start, () => {
      this.#shut(flight);
    });
    this.#open = flight;
    const result = flight.board(signal);
    if (this.#landing === undefined) this.#begin(flight);
    else void this.#landing.then(() => this.#begin(flight));
    return result;
  }

  #begin(flight: Flight<T>): void {
    if (this.#open !== flight) return;
    let landed = (): void => undefined;
    this.#landing = new Promise((resolve) => (landed = resolve));
    flight.begin(() => {
      this.#shut(flight);
      this.#landing = undefined;
      landed();
    });
  }

  #shut(flight: Flight<T>): void {
    if (this.#open === flight) this.#open = undefined;
  }
}

class Flight<T> {
  readonly #start: StartFlight<T>;
  readonly #onDeserted: () => void;
  readonly #controller = new AbortController();
  readonly #callers = new Set<Caller<T>>();

  constructor(start: StartFlight<T>, onDeserted: () => void) {
    this.#start = start;
    this.#onDeserted = onDeserted;
  }

  board(signal: AbortSignal | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const onAbort = (caller: Caller<T>, reason: unknown): void => {
        this.#callers.delete(caller);
        if (this.#callers.size > 0) return;
        this.#onDeserted();
        this.#controller.abort(reason);
      };
      this.#callers.add(new Caller(signal, resolve, reject, onAbort));
    });
  }

  /** `onLanded` is called before any caller is told. */
  begin(onLanded: () => void): void {
    const land = (tell: (caller: Caller<T>) => void): void => {
      onLanded();
      for (const caller of this.#callers) tell(caller);
      this.#callers.clear();
    };
    this.#run().then(
      (value) => {
        land((caller) => caller.succeed(value));
      },
      (error: unknown) => {
        land((caller) => caller.fail(error));
      },
    );
  }

  /** A `start` that throws fails like one that rejects. */
  async #run(): Promise<T> {
    return await this.#start(this.#controller.signal);
  }
}

class Caller<T> implements Abortable {
  readonly #signal: AbortSignal | undefined;
  readonly #resolve: (value: T) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #onAbort: (caller: Caller<T>, reason: unknown) => void;

  constructor(
    signal: AbortSignal | undefined,
    resolve: (value: T) => void,
    reject: (reason: unknown) => void,
    onAbort: (caller: Caller<T>, reason: unknown) => void,
  ) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#onAbort = onAbort;
    if (signal !== undefined) watchAbort(signal, this);
  }

  succeed(value: T): void {
    this.#unwatch();
    this.#resolve(value);
  }

  fail(reason: unknown): void {
    this.#unwatch();
    this.#reject(reason);
  }

  abort(reason: unknown): void {
    this.#reject(reason);
    this.#onAbort(this, reason);
  }

  #unwatch(): void {
    if (this.#signal !== undefined) unwatchAbort(this.#signal, this);
  }
}
