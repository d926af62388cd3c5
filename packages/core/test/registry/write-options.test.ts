import { CandidateRegistry } from '../../src/registry/candidate-registry.js';

describe('the options of a write', () => {
  it.each([5, true, null, 'soon'])('that are %p are refused, and nothing is written', async (options) => {
    const registry = new CandidateRegistry();
    const candidate = { domain: 'adapter', key: 'cache', factory: () => ({}) };
    await expect(registry.registerCandidate(candidate, options as never)).rejects.toMatchObject({
      code: 'ONEIRIC_LOCK_OPTION_INVALID',
    });
    await expect(registry.transaction(() => 1, options as never)).rejects.toMatchObject({
      code: 'ONEIRIC_LOCK_OPTION_INVALID',
    });
    expect(registry.revision).toBe(0);
  });
});
