/** What a thread that loads modules is told. */
export type PinMessage =
  /** The next time this URL is loaded, it has these bytes. */
  | { readonly kind: 'pin'; readonly url: string; readonly source: Uint8Array | string }
  | { readonly kind: 'unpin'; readonly url: string }
  /** A module below this URL belongs to the generation of the one below it that imports it. */
  | { readonly kind: 'generations'; readonly root: string };

/** The part of a module's URL that says which generation of the module it is. */
export const GENERATION = 'oneiric-generation';

/**
 * The bytes that modules have been checked with, until Node has asked for them. It answers for Node's hooks; where that
 * is depends on the version: in the thread that imports, or in one of its own.
 */
export class PinnedModules {
  readonly #sources = new Map<string, Uint8Array | string>();
  readonly #asked = new Set<string>();
  readonly #roots = new Set<string>();

  /** For `unpin`: was the module asked for? */
  handle(message: PinMessage): boolean {
    switch (message.kind) {
      case 'pin':
        this.#sources.set(message.url, message.source);
        return true;
      case 'unpin':
        this.#sources.delete(message.url);
        return this.#asked.delete(message.url);
      case 'generations':
        this.#roots.add(message.root);
        return true;
      default:
        return message satisfies never;
    }
  }

  /** A pinned URL is what it is: the disk is not asked where it leads. */
  resolve(specifier: string) {
    if (!this.#sources.has(specifier)) return undefined;
    return { url: specifier, format: 'module', shortCircuit: true } as const;
  }

  load(url: string) {
    const source = this.#sources.get(url);
    if (source === undefined) return undefined;
    this.#asked.add(url);
    return { format: 'module', source, shortCircuit: true } as const;
  }

  /** The URL of a module as `parent` imports it. */
  handOn(url: string, parent: string | undefined): string {
    const generation = parent?.split(`?${GENERATION}=`)[1];
    if (parent === undefined || generation === undefined || url.includes('?')) return url;
    for (const root of this.#roots) {
      if (!isOwn(root, url) || !isOwn(root, parent)) continue;
      return `${url}?${GENERATION}=${generation}`;
    }
    return url;
  }
}

function isOwn(root: string, url: string): boolean {
  return url.startsWith(root) && !url.slice(root.length).includes('node_modules/');
}
