import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { describeThrown } from '../foundation/describe-thrown.js';
import { settleWithin, type WaitOptions } from '../foundation/settle-within.js';
import { attempt } from '../registry/read-field.js';
import { tellLate } from './plugin-channels.js';
import { runPluginCode, type RunPlugin } from './plugin-code.js';
import { PLUGIN_ERRORS } from './plugin-errors.js';

/** Undoes what a setup did. */
export type Cleanup = () => unknown;

/**
 * The cleanup that a setup returned; undefined where it returned nothing, null where that is no cleanup, or cannot even
 * be looked at. Never throws.
 */
export function readCleanup(value: unknown): Cleanup | undefined | null {
  if (value === undefined) return undefined;
  if (typeof value === 'function') return value as Cleanup;
  if (typeof value !== 'object' || value === null) return null;
  return attempt(() => readDispose(value)) ?? null;
}

function readDispose(held: Partial<AsyncDisposable & Disposable>): Cleanup | undefined {
  for (const name of [Symbol.asyncDispose, Symbol.dispose] as const) {
    const dispose: (() => unknown) | undefined = held[name];
    if (typeof dispose === 'function') return () => dispose.call(held);
  }
  return undefined;
}

/** Runs a cleanup for as long as it may take; what it fails with, or undefined. A late failure goes to diagnostics. */
export async function cleanUp(
  packageName: string,
  cleanup: Cleanup | undefined,
  wait: Omit<WaitOptions, 'signal'> & { readonly runPlugin?: RunPlugin | undefined },
): Promise<OneiricError | undefined> {
  if (cleanup === undefined) return undefined;
  const { timeoutMs } = wait;
  const running = runPluginCode(packageName, cleanup, wait.runPlugin);
  const outcome = await settleWithin(running, { ...wait, signal: undefined });
  switch (outcome.kind) {
    case 'done':
    case 'aborted':
      return undefined;
    case 'failed':
      return createError(
        PLUGIN_ERRORS,
        'ONEIRIC_PLUGIN_CLEANUP_FAILED',
        { package: packageName, thrown: describeThrown(outcome.error) },
        { cause: outcome.error },
      );
    case 'late':
      running.catch((error: unknown) => {
        tellLate(packageName, 'cleanup', error);
      });
      return createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_TIMEOUT', {
        package: packageName,
        phase: 'cleanup',
        timeoutMs,
      });
    default:
      return outcome satisfies never;
  }
}
