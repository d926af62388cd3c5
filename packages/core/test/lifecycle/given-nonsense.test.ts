import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from '../../src/lifecycle/lifecycle-options.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';

const refused = (option: string) =>
  expect.objectContaining({
    code: 'ONEIRIC_LIFECYCLE_OPTION_INVALID',
    details: expect.objectContaining({ option }) as unknown,
  }) as unknown as Error;

describe('a lifecycle', () => {
  it.each([[undefined], [null], [{}], ['registry'], [new Map()]])(
    'of %p instead of a registry is refused',
    (registry) => {
      expect(() => new LifecycleManager(registry as CandidateRegistry)).toThrow(refused('registry'));
    },
  );

  it.each([[5], [null], [{}], [{ now: () => 0 }], [{ now: 0, after: 0 }]])(
    'with %p for a clock is refused',
    (clock) => {
      const options = { clock } as unknown as LifecycleOptions;
      expect(() => new LifecycleManager(new CandidateRegistry(), options)).toThrow(refused('clock'));
    },
  );

  it('takes no option by a name that every object has', async () => {
    await using lifecycle = new LifecycleManager(new CandidateRegistry());
    const options = { constructor: 1 } as object;
    await expect(lifecycle.activate('adapter', 'cache', options)).rejects.toEqual(refused('options'));
  });
});
