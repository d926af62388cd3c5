// A user's program, compiled and run in the project that installed the packed packages.
import { EXIT } from '@oneiric/cli';
import {
  CandidateRegistry,
  defineConfig,
  defineKey,
  type ErrorCode,
  OneiricError,
  ReentrantLock,
  type ResolveRequest,
} from '@oneiric/core';

const CACHE = defineKey<Map<string, number>>('adapter', 'cache');

export const config = defineConfig({ selections: { adapter: { cache: 'redis' } } });

export async function main(): Promise<string> {
  const lock = new ReentrantLock({ name: 'consumer' });
  const registry = new CandidateRegistry({ lock });
  await lock.runExclusive(async () => {
    await registry.registerCandidate({
      ...CACHE,
      provider: 'memory',
      factory: () => new Map<string, number>(),
    });
    await registry.registerCandidate({ ...CACHE, provider: 'redis', priority: 1, factory: () => new Map() });
  });
  const request: ResolveRequest = { provider: 'disk' };
  return [registry.require(CACHE).provider, refusal(() => registry.require(CACHE, request)), EXIT.ok].join(
    ' ',
  );
}

function refusal(work: () => unknown): ErrorCode | 'none' {
  try {
    work();
    return 'none';
  } catch (error) {
    if (!OneiricError.is(error)) throw error;
    return error.code;
  }
}

/** The details have the type of their code. */
export function waitedMs(error: unknown): number | undefined {
  return OneiricError.is(error, 'ONEIRIC_LOCK_TIMEOUT') ? error.details.waitedMs : undefined;
}
