import type { Candidate, Requirement } from './candidate.js';
import { rivalsOf } from './conflict.js';
import { FILTER_RULES, hasAll, type FilterContext, type UnmetRequirement } from './filter-rules.js';
import type { FilterCode } from './finding.js';
import type { KeyFacts, World } from './question.js';
import { rankContext } from './rank.js';
import { PLAIN_REQUEST } from './request.js';

const INTRINSIC_RULES = FILTER_RULES.filter((rule) => rule.intrinsic);

/** Who stands among everything that a key's candidates require, directly or through others. */
export interface Standing {
  /** The keys whose facts were looked at; the asked one first. */
  readonly keys: readonly string[];
  /** The candidate's requirements that no standing candidate meets. */
  unmet(candidate: Candidate): readonly UnmetRequirement[];
}

interface Need {
  readonly owner: Candidate;
  readonly requirement: Requirement;
  /** How many standing candidates meet it. */
  support: number;
}

/**
 * Decides which requirements are met, over all keys reachable from `facts` by `requires`.
 *
 * 1. Out go the candidates that their platform or a mark filters.
 * 2. Out goes, again and again, every candidate with a requirement that nobody left meets. What remains is the
 *    greatest set in which every requirement is met by a member: the same whatever the order of removal, and
 *    requirements that hold each other up stay. Whether a member *wins* its key does not matter.
 * 3. Within that set, conflicts are settled for each key as its plain request would settle them.
 * 4. Step 2 again, since those that yielded no longer meet anything.
 */
export function standingOf(facts: KeyFacts, world: World): Standing {
  const keys = reachable(facts, world);
  const needs = needsByKey(keys);
  const lost = new Map<Candidate, FilterCode>();
  const fallen: Candidate[] = [];

  const lose = (candidate: Candidate, code: FilterCode): void => {
    if (lost.has(candidate)) return;
    lost.set(candidate, code);
    fallen.push(candidate);
  };
  const settle = (): void => {
    for (let candidate = fallen.pop(); candidate !== undefined; candidate = fallen.pop()) {
      for (const need of needs.get(nameOf(candidate)) ?? []) {
        if (!hasAll(candidate, need.requirement.capabilities ?? [])) continue;
        need.support--;
        if (need.support === 0) lose(need.owner, 'REQUIREMENT_MISSING');
      }
    }
  };

  for (const each of keys.values()) {
    const context: FilterContext = {
      facts: each,
      request: PLAIN_REQUEST,
      platform: world.platform,
      unmet: none,
      rivals: none,
    };
    for (const candidate of each.candidates) {
      const rule = INTRINSIC_RULES.find(({ rejects }) => rejects(candidate, context));
      if (rule !== undefined) lose(candidate, rule.code);
    }
  }
  for (const { owner, support } of [...needs.values()].flat())
    if (support === 0) lose(owner, 'REQUIREMENT_MISSING');
  settle();
  for (const candidate of [...keys.values()].flatMap((each) => yielding(each, lost)))
    lose(candidate, 'CONFLICT');
  settle();

  return {
    keys: [...keys.keys()],
    unmet: (candidate) =>
      candidate.requires.flatMap((requirement) => {
        const all = keys.get(nameOf(requirement))?.candidates ?? [];
        const capabilities = requirement.capabilities ?? [];
        if (all.some((other) => !lost.has(other) && hasAll(other, capabilities))) return [];
        const offered = all.map((other) => ({
          provider: other.provider,
          code: hasAll(other, capabilities)
            ? (lost.get(other) ?? 'CAPABILITY_MISSING')
            : 'CAPABILITY_MISSING',
        }));
        return [{ requirement, offered }];
      }),
  };
}

const none = (): readonly never[] => [];

const nameOf = ({ domain, key }: Requirement): string => `${domain}/${key}`;

function reachable(facts: KeyFacts, world: World): ReadonlyMap<string, KeyFacts> {
  const reached = new Map([[nameOf(facts), facts]]);
  for (const { candidates } of reached.values()) {
    for (const requirement of candidates.flatMap((candidate) => candidate.requires)) {
      if (reached.has(nameOf(requirement))) continue;
      const found = world.factsOf(requirement.domain, requirement.key);
      if (found !== undefined) reached.set(nameOf(requirement), found);
    }
  }
  return reached;
}

function needsByKey(keys: ReadonlyMap<string, KeyFacts>): ReadonlyMap<string, readonly Need[]> {
  const needs = new Map<string, Need[]>();
  for (const { candidates } of keys.values()) {
    for (const owner of candidates) {
      for (const requirement of owner.requires) {
        const all = keys.get(nameOf(requirement))?.candidates ?? [];
        const support = all.filter((other) => hasAll(other, requirement.capabilities ?? [])).length;
        const sameKey = needs.get(nameOf(requirement));
        if (sameKey === undefined) needs.set(nameOf(requirement), [{ owner, requirement, support }]);
        else sameKey.push({ owner, requirement, support });
      }
    }
  }
  return needs;
}

function yielding(facts: KeyFacts, lost: ReadonlyMap<Candidate, FilterCode>): readonly Candidate[] {
  const context = rankContext(facts, PLAIN_REQUEST);
  const stands = (candidate: Candidate): boolean => !lost.has(candidate);
  return facts.candidates.filter(
    (candidate) =>
      stands(candidate) &&
      candidate.conflictsWith.length > 0 &&
      rivalsOf(candidate, facts.candidates, context, stands).length > 0,
  );
}
