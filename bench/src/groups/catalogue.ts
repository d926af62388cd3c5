import type { Group } from '../harness/group.js';

/** A group before it is loaded: only the process that runs it loads it. */
interface Entry {
  readonly name: string;
  readonly load: () => Promise<Group>;
  /** Flags of Node for its process. */
  readonly flags?: readonly string[];
}

/** A young generation that is never full, so that what was allocated can be counted. */
const NO_MINOR_COLLECTIONS = ['--min-semi-space-size=256', '--max-semi-space-size=256'];

/** All groups in the order of the table. */
export const GROUPS: readonly Entry[] = [
  { name: 'lock-uncontended', load: async () => (await import('./lock-uncontended.js')).lockUncontended },
  { name: 'lock-waiting', load: async () => (await import('./lock-waiting.js')).lockWaiting },
  { name: 'await-cost', load: async () => (await import('./await-cost.js')).awaitCost },
  { name: 'resolve-names', load: async () => (await import('./resolve-names.js')).resolveNames },
  { name: 'resolve-one-name', load: async () => (await import('./resolve-names.js')).resolveOneName },
  { name: 'resolve-keys', load: async () => (await import('./resolve-keys.js')).resolveKeys },
  { name: 'resolve-one-key', load: async () => (await import('./resolve-keys.js')).resolveOneKey },
  { name: 'resolve-mixed', load: async () => (await import('./resolve-mixed.js')).resolveMixed },
  { name: 'resolve-size', load: async () => (await import('./resolve-size.js')).resolveSize },
  {
    name: 'allocation',
    load: async () => (await import('./allocation.js')).allocation,
    flags: NO_MINOR_COLLECTIONS,
  },
  { name: 'explain', load: async () => (await import('./explain.js')).explain },
  {
    name: 'container-get-singleton',
    load: async () => (await import('./container-get.js')).containerGetSingleton,
  },
  {
    name: 'container-get-transient',
    load: async () => (await import('./container-get.js')).containerGetTransient,
  },
  {
    name: 'container-start-up',
    load: async () => (await import('./container-start-up.js')).containerStartUp,
  },
  { name: 'register', load: async () => (await import('./register.js')).register },
  { name: 'live-handle', load: async () => (await import('./live-handle.js')).liveHandle },
  { name: 'observability', load: async () => (await import('./observability.js')).observability },
  { name: 'lifecycle', load: async () => (await import('./lifecycle.js')).lifecycle },
  { name: 'start-up', load: async () => (await import('./start-up.js')).startUp },
  { name: 'memory', load: async () => (await import('./memory.js')).memory },
];

export async function loadGroup(name: string): Promise<Group> {
  const entry = GROUPS.find((each) => each.name === name);
  if (entry === undefined)
    throw new Error(`There is no group ${name}. ${GROUPS.map((each) => each.name).join(', ')}`);
  return entry.load();
}
