/** How many followers one lock remembers; the oldest is forgotten first. */
const MOST_FOLLOWERS = 64;
/** How many locks one search looks at. */
const MOST_VISITED = 1024;

/** What one lock remembers of the order in which locks are taken: those that were taken while it was held. */
export class LockOrder {
  readonly id: number;
  readonly name: string;
  /** By id, oldest first; weak, so that remembering an order keeps no lock alive. */
  readonly #followers = new Map<number, WeakRef<LockOrder>>();

  constructor(id: number, name: string) {
    this.id = id;
    this.name = name;
  }

  /**
   * `next` is asked for while this one is held. Returns the names of the order seen earlier, from `next` to this one,
   * if that is the other way round; undefined if all is well or the same was said before.
   */
  follow(next: LockOrder): readonly string[] | undefined {
    if (this.#followers.has(next.id)) return undefined;
    if (this.#followers.size >= MOST_FOLLOWERS) {
      for (const oldest of this.#followers.keys()) {
        this.#followers.delete(oldest);
        break;
      }
    }
    this.#followers.set(next.id, new WeakRef(next));
    return next.pathTo(this);
  }

  /** The names of a chain of locks, each taken while the one before was held, from this one to `target`. */
  pathTo(target: LockOrder): readonly string[] | undefined {
    const seen = new Set<number>([this.id]);
    const queue: { readonly at: LockOrder; readonly path: readonly string[] }[] = [
      { at: this, path: [this.name] },
    ];
    for (const { at, path } of queue) {
      if (at.id === target.id) return path;
      for (const next of at.followers()) {
        if (seen.has(next.id) || seen.size >= MOST_VISITED) continue;
        seen.add(next.id);
        queue.push({ at: next, path: [...path, next.name] });
      }
    }
    return undefined;
  }

  *followers(): Generator<LockOrder, void> {
    for (const reference of this.#followers.values()) {
      const lock = reference.deref();
      if (lock !== undefined) yield lock;
    }
  }
}
