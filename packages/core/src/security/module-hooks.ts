import * as nodeModule from 'node:module';
import { MessageChannel } from 'node:worker_threads';

import { PinnedModules, type PinMessage } from './pinned-modules.js';
import type { NumberedAnswer, NumberedMessage } from './pinning-thread.js';

/** Tells those that answer Node's questions about modules, wherever they are. */
export type TellHooks = (message: PinMessage) => Promise<boolean>;

/** Node 22.15 and later; absent from the types of the oldest Node that there is support for. */
interface InThreadHooks {
  readonly registerHooks?: (hooks: {
    resolve: (
      specifier: string,
      context: { readonly parentURL?: string },
      next: (specifier: string, context: object) => { readonly url: string },
    ) => { readonly url: string };
    load: (url: string, context: object, next: (url: string, context: object) => object) => object;
  }) => unknown;
}

let installed: Promise<TellHooks | undefined> | undefined;

/**
 * Has Node ask this package for the modules that it has pinned: once in a process, at the first call, because in
 * Node 20 that starts a thread.
 *
 * Undefined where `import()` is not Node's own, as in the vm contexts of a test runner: nothing can be pinned there.
 */
export function moduleHooks(): Promise<TellHooks | undefined> {
  return (installed ??= install());
}

async function install(): Promise<TellHooks | undefined> {
  // In a vm context, functions of Node are of another realm, and so is import().
  if (!((nodeModule.isBuiltin as unknown) instanceof Function)) return undefined;
  const tell = inThread() ?? inOwnThread();
  return tell !== undefined && (await isAsked(tell)) ? tell : undefined;
}

function inThread(): TellHooks | undefined {
  const { registerHooks } = nodeModule as InThreadHooks;
  if (registerHooks === undefined) return undefined;
  const pinned = new PinnedModules();
  registerHooks({
    resolve(specifier, context, next) {
      const found = pinned.resolve(specifier);
      if (found !== undefined) return found;
      const result = next(specifier, context);
      return { ...result, url: pinned.handOn(result.url, context.parentURL) };
    },
    load: (url, context, next) => pinned.load(url) ?? next(url, context),
  });
  return (message) => Promise.resolve(pinned.handle(message));
}

function inOwnThread(): TellHooks | undefined {
  const { register } = nodeModule as Partial<typeof nodeModule>;
  if (register === undefined) return undefined;
  const { port1: here, port2: port } = new MessageChannel();
  register('./pinning-thread.js', import.meta.url, { data: { port }, transferList: [port] });
  const waiting = new Map<number, (answer: boolean) => void>();
  let last = 0;
  here.on('message', ({ id, answer }: NumberedAnswer) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
    if (waiting.size === 0) here.unref();
  });
  here.unref();
  return (message) =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      here.ref();
      here.postMessage({ id: last, message } satisfies NumberedMessage);
    });
}

/** Does import() ask the hooks? Other engines take them and never do. */
async function isAsked(tell: TellHooks): Promise<boolean> {
  const url = `oneiric:probe?${encodeURIComponent(import.meta.url)}`;
  await tell({ kind: 'pin', url, source: 'export {};' });
  try {
    await import(url);
  } catch {
    // Then nobody knows what this scheme is.
  }
  return tell({ kind: 'unpin', url });
}
