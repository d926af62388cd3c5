import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { defineCandidate } from '../src/config/define-candidate.js';
import { defineConfig } from '../src/config/define-config.js';
import { createOneiric } from '../src/create-oneiric.js';
import { OneiricError } from '../src/errors/oneiric-error.js';
import { defineKey } from '../src/registry/define-key.js';

interface Cache {
  readonly provider: string;
  readonly settings: unknown;
}
const CACHE = defineKey<Cache>('adapter', 'cache');

const closed: string[] = [];
const cache = (provider: string) =>
  defineCandidate({
    ...CACHE,
    provider,
    factory: ({ settings }): Cache & Disposable => ({
      provider,
      settings,
      [Symbol.dispose]: () => void closed.push(provider),
    }),
  });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneiric-create-'));
  closed.length = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('createOneiric', () => {
  it('runs what a configuration given by the program decides, with its settings', async () => {
    const oneiric = await createOneiric({
      projectDir: folder,
      config: defineConfig({
        selections: { adapter: { cache: 'redis' } },
        candidates: [cache('redis'), cache('memory')],
        settings: { adapter: { cache: { redis: { url: 'redis://localhost' } } } },
      }),
    });
    const handle = oneiric.live(CACHE);
    expect(handle.peek()).toBeUndefined();
    expect(await handle.use((found) => found.provider)).toBe('redis');
    expect(handle.proxy.settings).toEqual({ url: 'redis://localhost' });
    expect(oneiric.explain(CACHE).summary).toContain('redis');
    expect(oneiric.live('adapter', 'cache')).toBe(handle);
    await oneiric.close();
    expect(closed).toEqual(['redis']);
    await expect(handle.use(() => 1)).rejects.toMatchObject({ code: 'ONEIRIC_LIFECYCLE_CLOSED' });
  });

  it('publishes all of a configuration in one commit', async () => {
    await using oneiric = await createOneiric({
      projectDir: folder,
      config: defineConfig({ candidates: [cache('redis'), cache('memory')] }),
    });
    expect(oneiric.registry.revision).toBe(1);
  });

  it('tells all that is wrong with a configuration given by the program, and where it was written', async () => {
    const wrong = createOneiric({
      projectDir: folder,
      config: defineConfig({ selections: { adapter: { cache: 7 as never } }, defaultPriority: 1e9 }),
    });
    const error: unknown = await wrong.catch((reason: unknown) => reason);
    if (!OneiricError.is(error, 'ONEIRIC_CONFIG_INVALID')) throw error;
    expect(error.details.problems.map(({ path }) => path).sort()).toEqual([
      'defaultPriority',
      'selections.adapter.cache',
    ]);
    expect(error.message).toContain('create-oneiric.test.ts');
  });

  it('swaps what runs when a selection in the watched file changes', async () => {
    const file = join(folder, 'oneiric.config.json');
    const write = (provider: string) => {
      writeFileSync(file, JSON.stringify({ selections: { adapter: { cache: provider } } }));
    };
    write('redis');
    await using oneiric = await createOneiric({ projectDir: folder, watch: true });
    await oneiric.registry.registerAll([cache('redis'), cache('memory')]);
    const handle = oneiric.live(CACHE);
    expect(await handle.use((found) => found.provider)).toBe('redis');
    const swapped = new Promise((resolve) => oneiric.lifecycle.on('swapped', resolve));
    write('memory');
    expect(await swapped).toMatchObject({ from: { provider: 'redis' }, to: { provider: 'memory' } });
    expect(handle.proxy.provider).toBe('memory');
    expect(closed).toEqual(['redis']);
  });

  it('leaves nothing behind where it is aborted', async () => {
    const reason = new Error('changed my mind');
    const signal = AbortSignal.abort(reason);
    await expect(createOneiric({ projectDir: folder, config: {}, signal })).rejects.toBe(reason);
  });
});
