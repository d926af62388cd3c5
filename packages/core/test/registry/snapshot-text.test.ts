import { describe, expect, it } from '@jest/globals';

import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { snapshotJson } from '../../src/registry/snapshot-json.js';
import { snapshotText } from '../../src/registry/snapshot-text.js';

describe('the text of a snapshot', () => {
  it.each([0, 1, 24, 25, 26, 60])('is that of its JSON form with %i keys, in small pieces', async (count) => {
    const registry = new CandidateRegistry();
    await registry.registerAll(
      Array.from({ length: count }, (_, index) => ({
        domain: 'adapter',
        key: `k${index}`,
        provider: 'redis',
        metadata: { note: `${index}` },
        factory: () => ({}),
      })),
    );
    const snapshot = registry.snapshot();
    const pieces = [...snapshotText(snapshot)];
    expect(pieces.join('')).toBe(JSON.stringify(snapshotJson(snapshot)));
    expect(pieces.length).toBe(2 + Math.ceil(count / 25));
  });
});
