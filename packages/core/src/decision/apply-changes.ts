import type { Candidate } from './candidate.js';
import type { Change } from './changes.js';
import type { KeyFacts, Question } from './question.js';
import type { RankNumber } from './rank-rules.js';
import { compareStanding } from './rank.js';
import type { ValueOrigin } from './value-origin.js';

const HYPOTHESIS: ValueOrigin = Object.freeze({ kind: 'hypothesis' });

/** The same question in a world with these changes, made in the order given. Nothing is checked. */
export function applyChanges(question: Question, changes: readonly Change[]): Question {
  return { ...question, facts: changes.reduce(applyChange, question.facts) };
}

/** The facts after one change; nothing is checked. */
export function applyChange(facts: KeyFacts, change: Change): KeyFacts {
  switch (change.change) {
    case 'priority':
    case 'stackLevel': {
      const concerns = ({ provider, sequence }: Candidate): boolean =>
        provider === change.provider && (change.registration ?? sequence) === sequence;
      const candidates = facts.candidates.map((candidate) =>
        concerns(candidate) ? withNumber(candidate, change.change, change.to) : candidate,
      );
      return { ...plain(facts), candidates: candidates.sort(compareStanding) };
    }
    case 'selection':
      return {
        ...plain(facts),
        selection:
          change.to === null ? undefined : { provider: change.to, policy: 'pin', origin: HYPOTHESIS },
      };
    case 'without':
      return {
        ...plain(facts),
        candidates: facts.candidates.filter(({ provider }) => provider !== change.provider),
      };
    default:
      return change satisfies never;
  }
}

/** A copy that can be spread: the facts of a registry are an object with accessors. */
function plain({ domain, key, candidates, selection, marks }: KeyFacts): KeyFacts {
  return { domain, key, candidates, selection, marks };
}

function withNumber(candidate: Candidate, name: RankNumber, value: number): Candidate {
  const origins = Object.freeze({ ...candidate.origins, [name]: HYPOTHESIS });
  return Object.freeze({ ...candidate, [name]: value, origins });
}
