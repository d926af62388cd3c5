import type { InversifyContainer } from './inversify-container.js';

type Getters = Record<'get' | 'getAll', (...args: unknown[]) => unknown>;

/** How often each container is watched, and how to end that. */
const watched = new WeakMap<InversifyContainer, { times: number; readonly restore: () => void }>();
let depth = 0;

/** Is a watched container's `get` or `getAll`, which cannot wait for anything, what is being answered right now? */
export function isInsideGet(): boolean {
  return depth > 0;
}

/**
 * Notes while the `get` and `getAll` of this container run, which Inversify tells nobody: both go on doing what they do.
 * Ends when the function that is returned is called as often as this was. A child container has its own, unwatched.
 */
export function watchGet(container: InversifyContainer): () => void {
  const entry = watched.get(container) ?? { times: 0, restore: shadow(container as unknown as Getters) };
  watched.set(container, entry);
  entry.times++;
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    if (--entry.times > 0) return;
    watched.delete(container);
    entry.restore();
  };
}

function shadow(container: Getters): () => void {
  const restores = (['get', 'getAll'] as const).map((name) => {
    const before = Object.getOwnPropertyDescriptor(container, name);
    const original = container[name];
    const noting = function (this: unknown, ...args: unknown[]): unknown {
      depth++;
      try {
        return original.apply(this, args);
      } finally {
        depth--;
      }
    };
    Object.defineProperty(container, name, { value: noting, configurable: true, writable: true });
    return () => {
      // Somebody else may have put something over it meanwhile, which goes on calling ours.
      if (Object.getOwnPropertyDescriptor(container, name)?.value !== noting) return;
      if (before === undefined) Reflect.deleteProperty(container, name);
      else Object.defineProperty(container, name, before);
    };
  });
  return () => {
    for (const restore of restores) restore();
  };
}
