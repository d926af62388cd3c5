import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from '../../src/lifecycle/lifecycle-options.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { quiet } from '../concurrency/harness/turns.js';

const CACHE = ['adapter', 'cache'] as const;

async function running(health: () => boolean, options: LifecycleOptions = {}) {
  const registry = new CandidateRegistry();
  const { candidate } = await registry.registerCandidate({
    domain: 'adapter',
    key: 'cache',
    provider: 'redis',
    factory: () => ({}),
    health,
  });
  const lifecycle = new LifecycleManager(registry, { probe: { fall: 1, rise: 1 }, ...options });
  await lifecycle.activate(...CACHE);
  const marks = () => registry.explain(...CACHE).question.facts.marks.get(candidate.sequence) ?? new Map();
  return { registry, lifecycle, candidate, marks };
}

describe('a mark that somebody else has set', () => {
  it('UNHEALTHY says what they say, whatever probes find, and is theirs to take away', async () => {
    let isWell = true;
    const { registry, lifecycle, candidate, marks } = await running(() => isWell);
    await registry.mark(candidate, 'UNHEALTHY', { by: 'operations', reason: 'a disk is failing' });
    isWell = false;
    await lifecycle.probe(...CACHE);
    expect(marks().get('UNHEALTHY')).toEqual({ by: 'operations', reason: 'a disk is failing' });
    isWell = true;
    await lifecycle.probe(...CACHE);
    await lifecycle.close();
    expect(marks().get('UNHEALTHY')).toEqual({ by: 'operations', reason: 'a disk is failing' });
  });

  it('UNHEALTHY stays where it was put in the place of ours', async () => {
    let isWell = true;
    const { registry, lifecycle, candidate, marks } = await running(() => isWell);
    isWell = false;
    await lifecycle.probe(...CACHE);
    expect(marks().get('UNHEALTHY')).toEqual({ by: 'lifecycle', reason: 'its health check says no' });
    await registry.mark(candidate, 'UNHEALTHY', 'operations: leave it out');
    isWell = true;
    expect((await lifecycle.probe(...CACHE)).state).toBe('healthy');
    expect(marks().get('UNHEALTHY')).toBe('operations: leave it out');
    await lifecycle.close();
  });

  it('PAUSED outlives a pause and a resume, which hold calls and let them through all the same', async () => {
    const { registry, lifecycle, candidate, marks } = await running(() => true);
    await registry.mark(candidate, 'PAUSED', 'operations');
    await quiet();
    await lifecycle.pause(...CACHE, { reason: 'maintenance' });
    expect([lifecycle.status(...CACHE).state, marks().get('PAUSED')]).toEqual(['paused', 'operations']);
    await lifecycle.resume(...CACHE);
    expect([lifecycle.status(...CACHE).state, marks().get('PAUSED')]).toEqual(['ready', 'operations']);
    await lifecycle.close();
  });
});
