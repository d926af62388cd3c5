import fc from 'fast-check';
import type { CandidateInput, CandidateSource } from '../../../src/decision/candidate.js';
import type { MarkCode } from '../../../src/decision/mark.js';
import type { SelectionInput } from '../../../src/decision/selection.js';

/** Everything that is asked or told about: two domains of three keys, one of which is never registered. */
export const DOMAINS = ['adapter', 'service'] as const;
export const KEYS = ['cache', 'queue', 'never'] as const;
const USED_KEYS = ['cache', 'queue'] as const;
const PROVIDERS = ['redis', 'memory', 'disk'] as const;

/** What a factory is does not matter; that one is another one does. */
const FACTORIES = { first: () => 1, second: () => 2 } as const;

export type Command =
  | { readonly kind: 'register'; readonly input: CandidateInput }
  | { readonly kind: 'register-all'; readonly inputs: readonly CandidateInput[] }
  | {
      readonly kind: 'replace-source';
      readonly source: CandidateSource;
      readonly inputs: readonly CandidateInput[];
    }
  /** `handle` counts the registrations that were given out so far, from the latest. */
  | { readonly kind: 'unregister'; readonly handle: number }
  | {
      readonly kind: 'mark';
      readonly handle: number;
      readonly code: MarkCode;
      readonly detail: string | null;
    }
  | {
      readonly kind: 'select';
      readonly domain: string;
      readonly key: string;
      readonly selection: SelectionInput;
    }
  | { readonly kind: 'clear-selection'; readonly domain: string; readonly key: string }
  | { readonly kind: 'keep-snapshot' }
  /** Turns of the microtask queue. */
  | { readonly kind: 'wait'; readonly turns: number }
  | { readonly kind: 'throw' }
  | { readonly kind: 'transaction'; readonly body: readonly Command[]; readonly isCaught: boolean }
  /** Started together; the first failure is thrown when all are over. */
  | { readonly kind: 'fork'; readonly branches: readonly Command[] };

const source: fc.Arbitrary<CandidateSource> = fc.constantFrom<CandidateSource[]>(
  { kind: 'plugin', id: 'p', package: '@acme/p' },
  { kind: 'plugin', id: 'q' },
  { kind: 'config', id: 'p' },
);
const names = fc.record({ domain: fc.constantFrom(...DOMAINS), key: fc.constantFrom(...USED_KEYS) });
const requirement = fc.constantFrom('service/queue', 'service/cache', 'adapter/never', 'queue');

function present<T>(arbitrary: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq });
}

const input: fc.Arbitrary<CandidateInput> = fc
  .record({
    names,
    provider: fc.constantFrom(...PROVIDERS),
    factory: fc.constantFrom(FACTORIES.first, FACTORIES.second),
    priority: present(
      fc.oneof({ weight: 12, arbitrary: fc.integer({ min: -1, max: 2 }) }, fc.constant(1001)),
    ),
    stackLevel: present(fc.integer({ min: 0, max: 1 }), 4),
    capabilities: present(fc.subarray(['kv', 'scan'])),
    requires: present(fc.tuple(requirement), 4),
    conflictsWith: present(fc.tuple(fc.constantFrom(...PROVIDERS)), 6),
    platform: present(fc.constant({ os: ['another'] }), 12),
    source: present(source, 1),
  })
  .map(({ names: { domain, key }, ...rest }) => {
    const given = Object.entries(rest).filter(([, value]) => value !== undefined);
    return { domain, key, ...Object.fromEntries(given) } as CandidateInput;
  });

const unsourced = input.map(({ source: _, ...rest }): CandidateInput => rest);
const handle = fc.nat(9);
const code = fc.constantFrom<MarkCode[]>('PAUSED', 'UNHEALTHY', 'DISABLED');
const selection: fc.Arbitrary<SelectionInput> = fc.oneof(
  fc.constantFrom(...PROVIDERS, 'nobody'),
  fc.record({
    provider: fc.constantFrom(...PROVIDERS),
    policy: fc.constantFrom('pin' as const, 'prefer' as const),
  }),
);

const kindOf = <K extends string>(kind: K): fc.Arbitrary<K> => fc.constant(kind);

const write: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: kindOf('register'), input }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: kindOf('register-all'), inputs: fc.array(input, { maxLength: 4 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kindOf('replace-source'),
      source,
      inputs: fc.array(unsourced, { maxLength: 4 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: kindOf('unregister'), handle }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kindOf('mark'),
      handle,
      code,
      detail: fc.constantFrom('x', 'y', null, null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(names, selection)
      .map(([of, chosen]): Command => ({ kind: 'select', ...of, selection: chosen })),
  },
  { weight: 2, arbitrary: names.map((of): Command => ({ kind: 'clear-selection', ...of })) },
);

const { command } = fc.letrec<{ command: Command; body: Command[] }>((tie) => ({
  command: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'command' },
    { weight: 10, arbitrary: write },
    { weight: 1, arbitrary: fc.record({ kind: kindOf('keep-snapshot') }) },
    { weight: 1, arbitrary: fc.record({ kind: kindOf('wait'), turns: fc.nat(4) }) },
    { weight: 1, arbitrary: fc.record({ kind: kindOf('throw') }) },
    {
      weight: 5,
      arbitrary: fc.record({ kind: kindOf('transaction'), body: tie('body'), isCaught: fc.boolean() }),
    },
    { weight: 4, arbitrary: fc.record({ kind: kindOf('fork'), branches: tie('body') }) },
  ),
  body: fc.array(tie('command'), { maxLength: 5, depthIdentifier: 'command' }),
}));

export const commands: fc.Arbitrary<readonly Command[]> = fc.array(command, { maxLength: 12 });
