import type { SavedComponent, StatusFile } from '../../src/lifecycle/saved-status.js';

export const SAVED_AT = '2026-01-31T12:00:00.000Z';

export function aComponent(changes: Partial<SavedComponent> = {}): SavedComponent {
  return {
    domain: 'adapter',
    key: 'cache',
    state: 'ready',
    health: 'healthy',
    running: { provider: 'redis', version: '2.1.0' },
    standing: { winner: { provider: 'redis', version: '2.1.0' }, reason: 'same' },
    lastGood: { provider: 'memory', version: null },
    failure: [{ code: 'ONEIRIC_LIFECYCLE_TIMEOUT', message: 'too slow' }, { message: 'Error: why' }],
    attempts: 2,
    durations: { activation: { count: 3, lastMs: 1.5, p50Ms: 1.5, p95Ms: 20, p99Ms: 20 } },
    dependencies: [{ parameter: 'clock', domain: 'service', key: 'clock' }],
    ...changes,
  };
}

export function aStatus(...components: readonly SavedComponent[]): StatusFile {
  return { schemaVersion: 1, savedAt: SAVED_AT, components };
}
