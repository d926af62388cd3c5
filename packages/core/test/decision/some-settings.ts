import fc from 'fast-check';

import { MARK_CODES } from '../../src/decision/mark.js';
import type { Offer, Setting } from './a-question.js';

const PROVIDERS = ['redis', 'memory', 'disk', 'edge'] as const;
const CAPABILITIES = ['kv', 'ttl', 'scan'] as const;
const KEYS = ['adapter/cache', 'adapter/queue', 'service/log'] as const;

/** The value in one of `n` cases, else undefined. */
function oneIn<T>(n: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: n - 1 }, { arbitrary, weight: 1 });
}

function defined<T extends object>(offer: T): T {
  return Object.fromEntries(Object.entries(offer).filter(([, value]) => value !== undefined)) as T;
}

const capabilities = fc.subarray([...CAPABILITIES]);
const requirement = fc
  .record({ name: fc.constantFrom(...KEYS), capabilities: fc.subarray([...CAPABILITIES], { maxLength: 1 }) })
  .map(({ name, capabilities: wanted }) => {
    const [domain = '', key = ''] = name.split('/');
    return wanted.length === 0 ? { domain, key } : { domain, key, capabilities: wanted };
  });
const mark = fc.constantFrom(...MARK_CODES).map((code) => ({ [code]: `because of ${code}` }));
const priority = fc.oneof(
  { arbitrary: fc.integer({ min: -3, max: 3 }), weight: 4 },
  { arbitrary: fc.constantFrom(-1000, 999, 1000), weight: 1 },
);
const stackLevel = fc.oneof(
  { arbitrary: fc.integer({ min: -1, max: 1 }), weight: 4 },
  { arbitrary: fc.constantFrom(-100, 99, 100), weight: 1 },
);

const numbers = {
  provider: fc.constantFrom(...PROVIDERS),
  priority: oneIn(2, priority),
  stackLevel: oneIn(2, stackLevel),
  capabilities,
};

/** Offers that only rank, without marks, platforms, requirements or conflicts. */
const plainOffer = fc.record(numbers).map((offer) => defined(offer) as Offer);

/** Offers that are filtered for whatever reason there is, and that depend on each other. */
const entangledOffer = fc
  .record({
    ...numbers,
    marks: oneIn(8, mark),
    platform: oneIn(
      8,
      fc.constantFrom({ os: ['linux'] }, { os: ['darwin'] }, { node: '>=99' }, { node: '>=20' }),
    ),
    requires: oneIn(4, fc.array(requirement, { minLength: 1, maxLength: 2 })),
    conflictsWith: oneIn(3, fc.subarray([...PROVIDERS], { minLength: 1, maxLength: 2 })),
  })
  .map((offer) => defined(offer) as Offer);

const request = fc.oneof(
  { arbitrary: fc.constant({}), weight: 3 },
  {
    arbitrary: fc.record(
      {
        provider: fc.constantFrom(...PROVIDERS, 'nobody'),
        capabilities: fc.subarray([...CAPABILITIES, 'unheard-of']),
        requireAll: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    weight: 2,
  },
);
const selection = oneIn(
  3,
  fc.record({ provider: fc.constantFrom(...PROVIDERS, 'nobody'), policy: fc.constantFrom('pin', 'prefer') }),
);

function settings(offer: fc.Arbitrary<Offer>, others: boolean): fc.Arbitrary<Setting> {
  return fc
    .record({
      offers: fc.array(offer, { maxLength: 6 }),
      request,
      selection,
      others: others
        ? fc.record({
            'adapter/queue': fc.array(offer, { maxLength: 3 }),
            'service/log': fc.array(offer, { maxLength: 3 }),
          })
        : fc.constant(undefined),
    })
    .map((setting) => defined(setting) as Setting);
}

/** Settings in which nothing but the request and the ranking decides. */
export const plainSetting = settings(plainOffer, false);
/** Settings with everything that there is. */
export const entangledSetting = settings(entangledOffer, true);
export const anySetting = fc.oneof(plainSetting, entangledSetting);

/** The seed and the path that fast-check prints with a failure replay it. */
export const RUNS = { numRuns: 300 };
