import fc from 'fast-check';
import type { Candidate } from '../../src/decision/candidate.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { defineKey } from '../../src/registry/define-key.js';
import type { Registration } from '../../src/registry/registration.js';
import type { RegistryReads } from '../../src/registry/registry-reads.js';
import { microtasks, quiet } from '../concurrency/harness/turns.js';
import { holds, propertyTimeoutMs } from '../property.js';
import { inEveryTurn } from './harness/in-every-turn.js';
import { offer, plugin } from './harness/offer.js';
import { seen } from './harness/seen.js';

/** The candidates of a group are registered, replaced and retired together: all of them carry the same number. */
const GROUPS = ['red', 'green', 'blue'] as const;
const SIZE = 4;
const DONE = new Error('undo');

function group(name: string, number: number) {
  return Array.from({ length: SIZE }, (_, index) =>
    offer({
      key: `${name}-${index}`,
      provider: name,
      priority: number % 1000,
      metadata: { number },
      // Each member needs the next one, so that what a reader remembers of one depends on the others.
      requires: [`adapter/${name}-${(index + 1) % SIZE}`],
    }),
  );
}

const numberOf = (candidate: Candidate | undefined): unknown => candidate?.metadata?.['number'];

/** What a reader may never see; each finding in a few words. */
function* findings(reads: RegistryReads): Generator<string> {
  const active = reads.listActive();
  for (const name of GROUPS) {
    const members = Array.from({ length: SIZE }, (_, index) => reads.resolve('adapter', `${name}-${index}`));
    const numbers = new Set(members.map(numberOf));
    if (numbers.size !== 1) yield `half of a group: ${[...numbers].join()}`;
    const listed = active.filter(({ provider }) => provider === name);
    if (listed.length !== 0 && listed.length !== SIZE) yield `a list with ${listed.length} of a group`;
    if (listed[0] !== members[0]) yield 'a list and resolve disagree';
    const explained = reads.explain('adapter', `${name}-0`);
    if ((explained.winner ?? undefined) !== members[0]) yield 'explain and resolve disagree';
    if (reads.resolve(defineKey('adapter', `${name}-1`)) !== members[1])
      yield 'a typed key finds another winner';
  }
}

interface Act {
  readonly kind:
    'replace' | 'register' | 'retire' | 'unregister' | 'in two steps' | 'undone' | 'nested' | 'noise';
  readonly group: (typeof GROUPS)[number];
  readonly pause: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom<Act['kind'][]>(
    'replace',
    'register',
    'retire',
    'unregister',
    'in two steps',
    'undone',
    'nested',
    'noise',
  ),
  group: fc.constantFrom(...GROUPS),
  pause: fc.nat(4),
});

class Writer {
  readonly #registry: CandidateRegistry;
  readonly #noise: Registration[] = [];
  #number = 0;

  constructor(registry: CandidateRegistry) {
    this.#registry = registry;
  }

  async run({ kind, group: name, pause }: Act): Promise<void> {
    const registry = this.#registry;
    const source = plugin(name);
    const members = group(name, ++this.#number);
    await microtasks(pause);
    switch (kind) {
      case 'replace':
        return void (await registry.replaceSource(source, members));
      case 'register':
        return void (await registry.registerAll(members.map((input) => ({ ...input, source }))));
      case 'retire':
        return void (await registry.replaceSource(source, []));
      case 'in two steps':
        return registry.transaction(async (tx) => {
          await tx.replaceSource(source, members.slice(0, 1));
          await microtasks(pause);
          await tx.registerAll(members.slice(1).map((input) => ({ ...input, source })));
        });
      case 'nested':
        return registry.transaction(async (tx) => {
          await Promise.all(
            members.map((input) => tx.transaction((inner) => inner.registerCandidate({ ...input, source }))),
          );
        });
      case 'undone':
        return registry
          .transaction(async (tx) => {
            await tx.replaceSource(source, members.slice(2));
            await microtasks(pause);
            throw DONE;
          })
          .catch((error: unknown) => {
            if (error !== DONE) throw error;
          });
      case 'noise':
        this.#noise.push(await registry.registerCandidate(offer({ key: `noise-${this.#number % 13}` })));
        return;
      case 'unregister':
        await this.#noise.shift()?.unregister();
    }
  }
}

it(
  'a reader in every turn sees whole groups, rising revisions and snapshots that stay, during thousands of random writes',
  () =>
    holds(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 20, maxLength: 60 }), { minLength: 2, maxLength: 6 }),
        async (tasks) => {
          const registry = new CandidateRegistry();
          const writer = new Writer(registry);
          const wrong = new Set<string>();
          const kept: { readonly reads: RegistryReads; readonly was: ReturnType<typeof seen> }[] = [];
          const told: number[] = [];
          using _ = registry.on('changed', ({ revision, snapshot }) => {
            told.push(revision);
            for (const finding of findings(snapshot)) wrong.add(`the snapshot of an event: ${finding}`);
          });
          let revision = 0;
          const look = (turn: number): void => {
            if (registry.revision < revision) wrong.add('a revision that falls');
            revision = registry.revision;
            for (const finding of findings(registry)) wrong.add(finding);
            if (registry.revision !== revision) wrong.add('a revision that changes while nobody awaits');
            if (turn % 97 !== 0) return;
            const reads = registry.snapshot();
            for (const finding of findings(reads)) wrong.add(`a snapshot: ${finding}`);
            kept.push({ reads, was: seen(reads) });
          };
          const write = async (acts: readonly Act[]): Promise<void> => {
            for (const one of acts) await writer.run(one);
          };
          await inEveryTurn(look, () => Promise.all(tasks.map(write)));
          await quiet();
          expect([...wrong]).toEqual([]);
          for (const { reads, was } of kept) expect(seen(reads)).toEqual(was);
          expect(told).toEqual(Array.from({ length: registry.revision }, (_, index) => index + 1));
        },
      ),
      { file: 'packages/core/test/registry/reader-hammer.test.ts', runs: 20, soakShare: 0.5 },
    ),
  propertyTimeoutMs,
);
