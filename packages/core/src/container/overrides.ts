import type { Key } from '../foundation/key.js';

/** What is given in the place of a component. */
export interface Override {
  readonly instance: unknown;
  /** Do the key's live handles stand for it, too? */
  readonly isLive: boolean;
}

/** Takes an override back: by calling it, by `using` or by `await using`; more than once does nothing more. */
export interface Restore extends Disposable, AsyncDisposable {
  (): void;
}

/** The overrides of one resolver, and behind them those of the resolvers above it. The last one of a key counts. */
export class Overrides {
  readonly #parent: Overrides | undefined;
  readonly #byKey = new Map<Key, Override[]>();

  constructor(parent?: Overrides) {
    this.#parent = parent;
  }

  find(key: Key): Override | undefined {
    if (this.#byKey.size === 0) return this.#parent?.find(key);
    return this.#byKey.get(key)?.at(-1) ?? this.#parent?.find(key);
  }

  /** They nest in any order: one that is taken back leaves those after it alone. */
  add(key: Key, override: Override, onRestore: () => void): Restore {
    const stack = this.#byKey.get(key) ?? [];
    this.#byKey.set(key, stack);
    stack.push(override);
    let isThere = true;
    const restore = (): void => {
      if (!isThere) return;
      isThere = false;
      stack.splice(stack.lastIndexOf(override), 1);
      if (stack.length === 0) this.#byKey.delete(key);
      onRestore();
    };
    return Object.assign(
      () => {
        restore();
      },
      {
        [Symbol.dispose]: restore,
        [Symbol.asyncDispose]: async () => {
          restore();
        },
      },
    );
  }
}
