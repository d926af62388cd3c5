import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import { nearestName } from '../foundation/nearest-name.js';
import { applyChange } from './apply-changes.js';
import { BOUNDS, type Change } from './changes.js';
import { Contest } from './contest.js';
import { decide } from './decide.js';
import { DECISION_ERRORS } from './decision-errors.js';
import { Explanation } from './explanation.js';
import { formatChange } from './parse-change.js';
import type { KeyFacts, Question } from './question.js';

export type { Change } from './changes.js';

/**
 * The explanation of the same question in a world with these changes, made one after the other. It tells itself
 * apart by `hypothetical`, and `baseline` holds what is decided without them. Nothing outside is touched.
 *
 * A selection may name a provider that nobody offers, as in configuration; the explanation then says so.
 * @throws `ONEIRIC_DECISION_CHANGE_SYNTAX`, `ONEIRIC_DECISION_CHANGE_VALUE`, `ONEIRIC_DECISION_CHANGE_PROVIDER`, `ONEIRIC_DECISION_CHANGE_REGISTRATION`
 */
export function whatIf(question: Question, changes: readonly Change[]): Explanation {
  const { winner, fingerprint } = decide(question);
  const facts = changes.reduce((before, change) => {
    checkChange(change, before);
    return applyChange(before, change);
  }, question.facts);
  const hypothesis = {
    changes: Object.freeze(changes.map((change) => Object.freeze({ ...change }))),
    baseline: Object.freeze({ winner, fingerprint }),
  };
  return new Explanation(new Contest({ ...question, facts }), hypothesis);
}

function checkChange(change: Change, facts: KeyFacts): void {
  if (!isChange(change)) {
    const details = { text: describeValue(change), nearest: null };
    throw createError(DECISION_ERRORS, 'ONEIRIC_DECISION_CHANGE_SYNTAX', details);
  }
  if (change.change === 'selection') return;
  const text = formatChange(change);
  const own = facts.candidates.filter(({ provider }) => provider === change.provider);
  if (own.length === 0) {
    const known = [...new Set(facts.candidates.map(({ provider }) => provider))];
    throw createError(DECISION_ERRORS, 'ONEIRIC_DECISION_CHANGE_PROVIDER', {
      text,
      provider: change.provider,
      key: `${facts.domain}/${facts.key}`,
      known,
      nearest: nearestName(change.provider, known) ?? null,
    });
  }
  if (change.change === 'without') return;
  const { provider, registration, to } = change;
  const { min, max } = BOUNDS[change.change];
  if (!Number.isInteger(to) || to < min || to > max) {
    throw createError(DECISION_ERRORS, 'ONEIRIC_DECISION_CHANGE_VALUE', {
      text,
      found: describeValue(to),
      min,
      max,
    });
  }
  const known = own.map(({ sequence }) => sequence);
  if (registration !== undefined && !known.includes(registration)) {
    throw createError(DECISION_ERRORS, 'ONEIRIC_DECISION_CHANGE_REGISTRATION', {
      text,
      provider,
      registration,
      known,
    });
  }
}

/** Has it the shape of a change? Whether the provider and the number fit is asked apart, with better words. */
function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null) return false;
  const { change, provider, to } = value as Partial<Record<string, unknown>>;
  if (change === 'selection') return to === null || isName(to);
  return (change === 'priority' || change === 'stackLevel' || change === 'without') && isName(provider);
}
