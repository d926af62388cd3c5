import type { Candidate, Requirement } from './candidate.js';
import { byProvider, rivalsOf } from './conflict.js';
import { FILTER_RULES, hasAll, type FilterContext, type UnmetRequirement } from './filter-rules.js';
import type { FilterCode } from './finding.js';
import type { Fallen, KeyFacts, World } from './question.js';
import { rankContext } from './rank.js';
import { PLAIN_REQUEST } from './request.js';

const INTRINSIC_RULES = FILTER_RULES.filter((rule) => rule.intrinsic);

/** Who stands among everything that a key's candidates require, directly or through others. */
export interface Standing {
  /** The candidate's requirements that no standing candidate meets. */
  unmet(candidate: Candidate): readonly UnmetRequirement[];
}

interface Need {
  readonly owner: Candidate;
  readonly requirement: Requirement;
  /** How many standing candidates meet it. */
  support: number;
}

const NOBODY: Fallen = new Map();

/**
 * Decides which requirements are met, over all keys reachable from `facts` by `requires`.
 *
 * 1. Out go the candidates that their platform or a mark filters.
 * 2. Out goes, again and again, every candidate with a requirement that nobody left meets. What remains is the
 *    greatest set in which every requirement is met by a member: the same whatever the order of removal, and
 *    requirements that hold each other up stay. Whether a member *wins* its key does not matter.
 * 3. Within that set, conflicts are settled for each key as its plain request would settle them.
 * 4. Step 2 again, since those that yielded no longer meet anything.
 *
 * Who falls in a key depends on that key and on what is reachable from it, on nothing else. So what was settled on the
 * way to one key holds for every other that reaches it: `world.settled` keeps it, and each key is settled once. A
 * hypothesis about a key changes what the keys around it would settle to, so it starts from nothing.
 */
export function standingOf(facts: KeyFacts, world: World): Standing {
  const isReal = world.settled !== undefined && world.factsOf(facts.domain, facts.key) === facts;
  const settled = isReal ? world.settled : new WeakMap<KeyFacts, Fallen>();
  const reached = reachable(facts, world, settled);
  const open = [...reached.values()].filter((each) => !settled.has(each));
  if (open.length > 0) settle(open, reached, world, settled);
  return {
    unmet: (candidate) =>
      candidate.requires.flatMap((requirement) => {
        const required = reached.get(nameOf(requirement));
        const all = required?.candidates ?? [];
        const fallen = (required && settled.get(required)) ?? NOBODY;
        const capabilities = requirement.capabilities ?? [];
        if (all.some((other) => !fallen.has(other) && hasAll(other, capabilities))) return [];
        const offered = all.map((other) => ({
          provider: other.provider,
          code: hasAll(other, capabilities)
            ? (fallen.get(other) ?? 'CAPABILITY_MISSING')
            : 'CAPABILITY_MISSING',
        }));
        return [{ requirement, offered }];
      }),
  };
}

const none = (): readonly never[] => [];

const nameOf = ({ domain, key }: Requirement): string => `${domain}/${key}`;

/** The keys reachable from `facts`, as far as the first ones that are settled. */
function reachable(
  facts: KeyFacts,
  world: World,
  settled: WeakMap<KeyFacts, Fallen>,
): ReadonlyMap<string, KeyFacts> {
  const reached = new Map([[nameOf(facts), facts]]);
  for (const each of reached.values()) {
    if (each !== facts && settled.has(each)) continue;
    for (const { requires } of each.candidates) {
      for (const requirement of requires) {
        if (reached.has(nameOf(requirement))) continue;
        const found = world.factsOf(requirement.domain, requirement.key, each);
        if (found !== undefined) reached.set(nameOf(requirement), found);
      }
    }
  }
  return reached;
}

/** Settles the `open` keys; every key that one of them requires is open too, or settled, or not there. */
function settle(
  open: readonly KeyFacts[],
  reached: ReadonlyMap<string, KeyFacts>,
  world: World,
  settled: WeakMap<KeyFacts, Fallen>,
): void {
  const lost = new Map(open.map((facts) => [facts, new Map<Candidate, FilterCode>()]));
  const needs = needsOf(open, reached, settled);
  const falling: { readonly candidate: Candidate; readonly facts: KeyFacts }[] = [];

  const lose = (candidate: Candidate, code: FilterCode): void => {
    const facts = reached.get(nameOf(candidate)) as KeyFacts;
    const fallen = lost.get(facts) as Map<Candidate, FilterCode>;
    if (fallen.has(candidate)) return;
    fallen.set(candidate, code);
    falling.push({ candidate, facts });
  };
  const spread = (): void => {
    for (let next = falling.pop(); next !== undefined; next = falling.pop()) {
      for (const need of needs.byRequired.get(next.facts) ?? []) {
        if (!hasAll(next.candidate, need.requirement.capabilities ?? [])) continue;
        need.support--;
        if (need.support === 0) lose(need.owner, 'REQUIREMENT_MISSING');
      }
    }
  };

  for (const facts of open) {
    const context: FilterContext = {
      facts,
      request: PLAIN_REQUEST,
      platform: world.platform,
      unmet: none,
      rivals: none,
    };
    for (const candidate of facts.candidates) {
      const rule = INTRINSIC_RULES.find(({ rejects }) => rejects(candidate, context));
      if (rule !== undefined) lose(candidate, rule.code);
    }
  }
  for (const { owner, support } of needs.all) if (support === 0) lose(owner, 'REQUIREMENT_MISSING');
  spread();
  for (const facts of open) {
    for (const candidate of yielding(facts, lost.get(facts) ?? NOBODY)) lose(candidate, 'CONFLICT');
  }
  spread();
  for (const [facts, fallen] of lost) settled.set(facts, fallen.size === 0 ? NOBODY : fallen);
}

/** What the candidates of the `open` keys need, and who meets it before any of them falls. */
function needsOf(
  open: readonly KeyFacts[],
  reached: ReadonlyMap<string, KeyFacts>,
  settled: WeakMap<KeyFacts, Fallen>,
): { readonly all: readonly Need[]; readonly byRequired: ReadonlyMap<KeyFacts, readonly Need[]> } {
  const all: Need[] = [];
  const byRequired = new Map<KeyFacts, Need[]>();
  for (const owner of open.flatMap(({ candidates }) => candidates)) {
    for (const requirement of owner.requires) {
      const required = reached.get(nameOf(requirement));
      const fallen = (required && settled.get(required)) ?? NOBODY;
      const meets = (other: Candidate): boolean =>
        !fallen.has(other) && hasAll(other, requirement.capabilities ?? []);
      const need = { owner, requirement, support: required?.candidates.filter(meets).length ?? 0 };
      all.push(need);
      if (required === undefined) continue;
      const same = byRequired.get(required);
      if (same === undefined) byRequired.set(required, [need]);
      else same.push(need);
    }
  }
  return { all, byRequired };
}

function yielding(facts: KeyFacts, fallen: Fallen): readonly Candidate[] {
  if (!facts.candidates.some(({ conflictsWith }) => conflictsWith.length > 0)) return [];
  const context = rankContext(facts, PLAIN_REQUEST);
  const others = byProvider(facts.candidates);
  const stands = (candidate: Candidate): boolean => !fallen.has(candidate);
  return facts.candidates.filter(
    (candidate) =>
      stands(candidate) &&
      candidate.conflictsWith.length > 0 &&
      rivalsOf(candidate, others, context, stands).length > 0,
  );
}
