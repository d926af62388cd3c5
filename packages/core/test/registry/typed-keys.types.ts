/**
 * What the compiler says of typed keys. `npm test` compiles this file, and the test beside it checks that each line
 * under a directive is refused with the error in the comment above it.
 */
import type { StandardSchemaV1 } from '@standard-schema/spec';

import type { Candidate, CandidateInput, FactoryContext } from '../../src/decision/candidate.js';
import type { Key } from '../../src/foundation/key.js';
import type { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { defineKey } from '../../src/registry/define-key.js';
import type { Registration } from '../../src/registry/registration.js';
import type { RegistrySnapshot } from '../../src/registry/registry-snapshot.js';

interface Cache {
  get(name: string): string | undefined;
}
interface Settings {
  readonly url: string;
}

declare const registry: CandidateRegistry;
declare const snapshot: RegistrySnapshot;
const CACHE = defineKey<Cache>('adapter', 'cache');

/** The type comes out of every read. */
export const resolved: Candidate<Cache> | undefined = registry.resolve(CACHE);
export const required: Candidate<Cache> = registry.require(CACHE);
export const fromSnapshot: Candidate<Cache> | undefined = snapshot.resolve(CACHE, { capabilities: ['kv'] });
export const named: Candidate | undefined = registry.resolve('adapter', 'cache');

/** It goes in with a registration. */
export const registration: Promise<Registration<Cache>> = registry.registerCandidate<Cache, unknown>({
  ...CACHE,
  factory: () => ({ get: () => undefined }),
  health: (cache) => cache.get('x') === undefined,
});

/** Candidates of different types fit into one list, with their checks and settings, and into every call. */
declare const SETTINGS: StandardSchemaV1<unknown, Settings>;
export const several: readonly CandidateInput[] = [
  {
    ...CACHE,
    factory: (): Cache => ({ get: () => undefined }),
    health: (cache: Cache) => cache.get('x') === 'y',
  },
  {
    ...CACHE,
    settings: SETTINGS,
    factory: ({ settings }: FactoryContext<Settings>): Cache => ({ get: () => settings.url }),
  },
];
export const marked: Promise<void> = registry.mark(required, 'PAUSED', null);
export const settled: Promise<void> = registry
  .registerCandidate({ ...CACHE, settings: SETTINGS, factory: ({ settings }) => settings.url.length })
  .then(({ candidate }) => registry.mark(candidate, 'PAUSED', null));

/** A key is a key of something: it does not turn into one of something else. */
// error TS2375: Type 'Key<Cache>' is not assignable to type 'Key<Date>'
// @ts-expect-error
export const another: Key<Date> = CACHE;

// error TS2322: Type 'Candidate<Cache, unknown> | undefined' is not assignable to type 'Candidate<Date, unknown> | undefined'
// @ts-expect-error
export const wrong: Candidate<Date> | undefined = registry.resolve(CACHE);

// error TS2322: Type 'Candidate<unknown, unknown> | undefined' is not assignable to type 'Candidate<Cache, unknown> | undefined'
// @ts-expect-error
export const untyped: Candidate<Cache> | undefined = registry.resolve('adapter', 'cache');

/** A name alone is not enough, and a request is no name. */
// error TS2345: Argument of type 'string' is not assignable to parameter of type 'Key<unknown>'
// @ts-expect-error
export const lonely = registry.resolve('adapter');

// error TS2769: No overload matches this call
// @ts-expect-error
export const misspelt = registry.resolve(CACHE, { capability: ['kv'] });

// error TS2769: No overload matches this call
// @ts-expect-error
export const notAsked = registry.require(CACHE, { changes: [] });

/** A candidate offers a factory, and properties that exist. */
// error TS2741: Property 'factory' is missing in type
// @ts-expect-error
export const empty: CandidateInput = { domain: 'adapter', key: 'cache' };

// error TS2561: Object literal may only specify known properties, but 'priorty' does not exist
// @ts-expect-error
export const typo: CandidateInput = { domain: 'adapter', key: 'cache', factory: () => 1, priorty: 5 };

// error TS2322: Type '() => { get: () => number; }' is not assignable to type
// @ts-expect-error
export const health: CandidateInput<Cache> = { ...CACHE, factory: () => ({ get: () => 5 }) };

/** Everything that is given out is read-only. */
// error TS2540: Cannot assign to 'priority' because it is a read-only property
// @ts-expect-error
required.priority = 5;

// error TS2339: Property 'push' does not exist on type 'readonly Candidate<unknown, unknown>[]'
// @ts-expect-error
registry.listActive().push(required);

// error TS2540: Cannot assign to 'revision' because it is a read-only property
// @ts-expect-error
registry.revision = 5;

// error TS2540: Cannot assign to 'domain' because it is a read-only property
// @ts-expect-error
CACHE.domain = 'service';

/** A mark has a code that exists; an event has a name that exists. */
// error TS2345: Argument of type '"PAUSE"' is not assignable to parameter of type
// @ts-expect-error
void registry.mark(required, 'PAUSE', 'x');

// error TS2345: Argument of type '"change"' is not assignable to parameter of type 'keyof RegistryEvents'
// @ts-expect-error
registry.on('change', () => undefined);
