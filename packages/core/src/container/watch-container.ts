import type { InversifyContainer } from './inversify-container.js';

/** Who is told of what a container does, and Inversify tells nobody. */
export interface ContainerWatcher {
  /** What is to be thrown in the place of what a get of `id` has thrown. */
  explain(error: unknown, id: unknown): unknown;
  onSnapshot(): void;
  onRestore(): void;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Watchers = ReadonlySet<ContainerWatcher>;

/** Who watches each container, and how to end that. */
const watched = new WeakMap<
  InversifyContainer,
  { readonly watchers: Set<ContainerWatcher>; readonly restore: () => void }
>();
let depth = 0;

/** Is a watched container's `get` or `getAll`, which cannot wait for anything, what is being answered right now? */
export function isInsideGet(): boolean {
  return depth > 0;
}

/**
 * Puts methods of the same names over those of this container, which go on doing what they do. Ends when all that watch
 * it have called the function that is returned. A child container has its own, unwatched.
 */
export function watchContainer(container: InversifyContainer, watcher: ContainerWatcher): () => void {
  let entry = watched.get(container);
  if (entry === undefined) {
    const watchers = new Set<ContainerWatcher>();
    entry = { watchers, restore: shadow(container as unknown as Record<string, unknown>, watchers) };
    watched.set(container, entry);
  }
  const { watchers, restore } = entry;
  watchers.add(watcher);
  return () => {
    if (!watchers.delete(watcher) || watchers.size > 0) return;
    watched.delete(container);
    restore();
  };
}

const SHADOWS: Readonly<Record<string, (original: Method, watchers: Watchers) => Method>> = {
  get: noting,
  getAll: noting,
  getAsync: waiting,
  getAllAsync: waiting,
  snapshot: telling('onSnapshot'),
  restore: telling('onRestore'),
};

function noting(original: Method, watchers: Watchers): Method {
  return function (...args) {
    depth++;
    try {
      return original.apply(this, args);
    } catch (error) {
      throw explained(watchers, error, args[0]);
    } finally {
      depth--;
    }
  };
}

function waiting(original: Method, watchers: Watchers): Method {
  return function (...args) {
    return (original.apply(this, args) as Promise<unknown>).catch((error: unknown) => {
      throw explained(watchers, error, args[0]);
    });
  };
}

function telling(event: 'onSnapshot' | 'onRestore') {
  return (original: Method, watchers: Watchers): Method =>
    function (...args) {
      const result = original.apply(this, args);
      for (const watcher of watchers) watcher[event]();
      return result;
    };
}

function explained(watchers: Watchers, error: unknown, id: unknown): unknown {
  let last = error;
  for (const watcher of watchers) last = watcher.explain(last, id);
  return last;
}

function shadow(container: Record<string, unknown>, watchers: Watchers): () => void {
  const restores = Object.entries(SHADOWS).flatMap(([name, make]) => {
    const original = container[name];
    if (typeof original !== 'function') return [];
    const before = Object.getOwnPropertyDescriptor(container, name);
    const value = make(original as Method, watchers);
    Object.defineProperty(container, name, { value, configurable: true, writable: true });
    return () => {
      // Somebody else may have put something over it meanwhile, which goes on calling ours.
      if (Object.getOwnPropertyDescriptor(container, name)?.value !== value) return;
      if (before === undefined) Reflect.deleteProperty(container, name);
      else Object.defineProperty(container, name, before);
    };
  });
  return () => {
    for (const restore of restores) restore();
  };
}
