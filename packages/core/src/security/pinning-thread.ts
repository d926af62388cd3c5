import type { ResolveHook, LoadHook, ResolveFnOutput } from 'node:module';
import type { MessagePort } from 'node:worker_threads';

import { PinnedModules, type PinMessage } from './pinned-modules.js';

/** A message and the number that its answer has. */
export interface NumberedMessage {
  readonly id: number;
  readonly message: PinMessage;
}

export interface NumberedAnswer {
  readonly id: number;
  readonly answer: boolean;
}

const pinned = new PinnedModules();

/** Called by Node in the thread in which it runs hooks, before `register` has returned. */
export function initialize({ port }: { readonly port: MessagePort }): void {
  port.on('message', ({ id, message }: NumberedMessage) => {
    port.postMessage({ id, answer: pinned.handle(message) } satisfies NumberedAnswer);
  });
  port.unref();
}

export const resolve: ResolveHook = async (specifier, context, nextResolve): Promise<ResolveFnOutput> => {
  const found = pinned.resolve(specifier);
  if (found !== undefined) return found;
  const next = await nextResolve(specifier, context);
  return { ...next, url: pinned.handOn(next.url, context.parentURL) };
};

export const load: LoadHook = (url, context, nextLoad) => pinned.load(url) ?? nextLoad(url, context);
