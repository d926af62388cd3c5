import { AsyncLocalStorage } from 'node:async_hooks';

import type { RunPlugin } from '@oneiric/core';

const running = new AsyncLocalStorage<string>();
const known = new Set<string>();

/** Runs code of a plugin so that whatever comes of it can be told to be the plugin's. */
export const runPlugin: RunPlugin = (packageName, code) => {
  known.add(packageName);
  return running.run(packageName, code);
};

/**
 * The package of the plugin that an error comes from, asked where it is told: whose asynchronous context that is. Node
 * 20 forgets it for what is thrown in a microtask; then the innermost package that the error's stack leads through.
 */
export function pluginBehind(error: unknown): string | undefined {
  const [, name = ''] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(stackOf(error)) ?? [];
  return running.getStore() ?? (known.has(name) ? name : undefined);
}

function stackOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.stack) : '';
  } catch {
    return '';
  }
}
