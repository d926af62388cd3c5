import { Resolver } from '../../src/container/resolver.js';
import { defineKey } from '../../src/registry/define-key.js';

interface Cache {
  get(name: string): string;
}

const CACHE = defineKey<Cache>('adapter', 'cache');
const offer = (provider: string, priority = 0) => ({
  ...CACHE,
  provider,
  priority,
  factory: (): Cache => ({ get: (name) => `${provider}:${name}` }),
});

describe('a singleton', () => {
  it('is given by get as the same proxy that getAsync gave, and follows a swap', async () => {
    await using resolver = new Resolver();
    await resolver.register(offer('memory', 10));
    const cache = await resolver.getAsync(CACHE);
    expect(cache.get('a')).toBe('memory:a');
    expect(resolver.get(CACHE)).toBe(cache);
    expect(resolver.get('adapter', 'cache')).toBe(cache);
    await resolver.register(offer('redis', 50));
    await resolver.lifecycle.swap(CACHE);
    expect(cache.get('a')).toBe('redis:a');
    expect(resolver.get(CACHE)).toBe(cache);
  });
});
