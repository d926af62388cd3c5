import type { Oneiric } from '@oneiric/core';

import { leaseTools, liveTools, startTools, TOOL_NAMES, WANTED } from '../src/tools.js';
import { demoOneiric } from './support/demo-registry.js';

let oneiric: Oneiric;
beforeEach(async () => {
  oneiric = await demoOneiric();
});
afterEach(() => oneiric.close());

const running = (): readonly (string | undefined)[] =>
  TOOL_NAMES.map((name) => {
    const { domain, key } = WANTED[name].key;
    return oneiric.lifecycle.status(domain, key).running?.provider;
  });

describe('starting the tools', () => {
  it('runs whoever wins the question that the job asks', async () => {
    await startTools(oneiric);
    const winners = TOOL_NAMES.map((name) => {
      const { key, request } = WANTED[name];
      return oneiric.registry.require(key.domain, key.key, request).provider;
    });
    expect(running()).toEqual(winners);
  });

  it('does not run who wins only where nothing is asked', async () => {
    await oneiric.registry.registerCandidate({
      ...WANTED.digest.key,
      provider: 'length',
      priority: 100,
      factory: () => ({ hex: (bytes: Uint8Array) => bytes.byteLength.toString(16) }),
    });
    await startTools(oneiric);
    expect(oneiric.registry.require(WANTED.digest.key).provider).toBe('length');
    expect(running()).toContain('sha256');
    expect(running()).not.toContain('length');
  });

  it('starts nothing where nothing wins one of the keys', async () => {
    await oneiric.registry.select('adapter', 'cache', 'map');
    await expect(startTools(oneiric)).rejects.toMatchObject({ code: 'ONEIRIC_RESOLUTION_NONE' });
    expect(running()).toEqual(TOOL_NAMES.map(() => undefined));
  });

  it('leaves alone what runs already', async () => {
    await startTools(oneiric);
    const before = oneiric.live(WANTED.cache.key).peek();
    await startTools(oneiric);
    expect(oneiric.live(WANTED.cache.key).peek()).toBe(before);
  });
});

describe('leased tools', () => {
  it('stay the same while a swap waits for them, and the next lease has the new one', async () => {
    await startTools(oneiric);
    const tools = liveTools(oneiric);
    const { lifecycle } = oneiric;
    let isSwapped = false;
    let swapping: Promise<unknown> = Promise.resolve();
    await leaseTools(tools, ['serializer', 'compressor'], async ({ serializer, compressor }) => {
      const packed = await compressor.compress(serializer.encode(['kept']));
      const bound = new Promise<void>((resolve) => {
        lifecycle.on('phase', ({ phase, state }) => {
          if (phase === 'drain' && state === 'began') resolve();
        });
      });
      swapping = lifecycle.swap(WANTED.serializer.key, { provider: 'v8' }).then(() => (isSwapped = true));
      await bound;
      expect(tools.serializer.peek()).not.toBe(serializer);
      expect(serializer.decode(await compressor.decompress(packed))).toEqual(['kept']);
      expect(isSwapped).toBe(false);
    });
    await swapping;
    const encoded = await leaseTools(tools, ['serializer'], async ({ serializer }) => serializer.encode(1));
    expect(Buffer.from(encoded).toString()).not.toBe('1');
  });

  it('gives what the work gives, and throws what it throws', async () => {
    await startTools(oneiric);
    const tools = liveTools(oneiric);
    expect(await leaseTools(tools, ['ids', 'cache'], async (leased) => Object.keys(leased))).toEqual([
      'ids',
      'cache',
    ]);
    await expect(leaseTools(tools, ['ids'], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(oneiric.lifecycle.status(WANTED.ids.key).inFlight).toBe(0);
  });

  it('do not wait any longer for what is paused once the signal is aborted', async () => {
    await startTools(oneiric);
    await oneiric.lifecycle.pause(WANTED.compressor.key);
    const stop = new AbortController();
    const leasing = leaseTools(liveTools(oneiric), ['serializer', 'compressor'], async () => 'never', {
      signal: stop.signal,
    });
    stop.abort(new Error('enough'));
    await expect(leasing).rejects.toThrow('enough');
    expect(oneiric.lifecycle.status(WANTED.serializer.key).inFlight).toBe(0);
  });
});
