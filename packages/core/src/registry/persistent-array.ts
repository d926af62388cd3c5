const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

type Node<T> = (Node<T> | T | undefined)[];

/**
 * An immutable, sparse array: a 32-way radix tree in which every version shares all that it did not change.
 * `get` costs O(log32 n); `with` copies each touched node once, however many entries change in it.
 */
export class PersistentArray<T extends object> {
  readonly #root: Node<T>;
  readonly #shift: number;

  private constructor(root: Node<T>, shift: number) {
    this.#root = root;
    this.#shift = shift;
  }

  static empty<T extends object>(): PersistentArray<T> {
    return new PersistentArray<T>([], 0);
  }

  get(index: number): T | undefined {
    if (index >>> this.#shift >= WIDTH) return undefined;
    let node: Node<T> | undefined = this.#root;
    for (let shift = this.#shift; shift > 0 && node !== undefined; shift -= BITS) {
      node = node[(index >>> shift) & MASK] as Node<T> | undefined;
    }
    return node?.[index & MASK] as T | undefined;
  }

  /** A version in which each of `edits` is set, or removed where its value is undefined. */
  with(edits: ReadonlyMap<number, T | undefined>): PersistentArray<T> {
    if (edits.size === 0) return this;
    const sorted = [...edits].sort((a, b) => a[0] - b[0]);
    const last = sorted.at(-1)?.[0] ?? 0;
    let root = this.#root;
    let shift = this.#shift;
    while (last >>> shift >= WIDTH) {
      root = [root];
      shift += BITS;
    }
    return new PersistentArray<T>(edited(root, shift, sorted, 0, sorted.length) ?? [], shift);
  }

  /** All values in order of their index. */
  *values(): Generator<T> {
    yield* valuesOf<T>(this.#root, this.#shift);
  }
}

/** The node with the edits of its part of the array; undefined where nothing is left, so that no empty node stays. */
function edited<T extends object>(
  node: Node<T> | undefined,
  shift: number,
  edits: readonly (readonly [number, T | undefined])[],
  from: number,
  to: number,
): Node<T> | undefined {
  const copy: Node<T> = node === undefined ? [] : node.slice();
  let isThinner = false;
  let at = from;
  while (at < to) {
    const [index, value] = edits[at] as readonly [number, T | undefined];
    const branch = (index >>> shift) & MASK;
    let end = at + 1;
    if (shift === 0) {
      copy[branch] = value;
    } else {
      while (end < to && (((edits[end] as readonly [number, unknown])[0] >>> shift) & MASK) === branch) end++;
      copy[branch] = edited(copy[branch] as Node<T> | undefined, shift - BITS, edits, at, end);
    }
    isThinner ||= copy[branch] === undefined;
    at = end;
  }
  return isThinner && copy.every((child) => child === undefined) ? undefined : copy;
}

function* valuesOf<T extends object>(node: Node<T>, shift: number): Generator<T> {
  for (const branch of node) {
    if (branch === undefined) continue;
    if (shift === 0) yield branch as T;
    else yield* valuesOf<T>(branch as Node<T>, shift - BITS);
  }
}
