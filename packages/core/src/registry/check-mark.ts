import { MARK_CODES, type MarkCode, type MarkDetail } from '../decision/mark.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import { nearestName } from '../foundation/nearest-name.js';
import { frozenJson } from './frozen-json.js';
import { attempt, isObject } from './read-field.js';
import { REGISTRY_ERRORS } from './registry-errors.js';

/** Checks the arguments of a mark and gives its detail, frozen. Throws `ONEIRIC_REGISTRY_MARK_INVALID`. */
export function checkMark(candidate: unknown, code: MarkCode, detail: unknown): MarkDetail | null {
  if (attempt(() => isCandidate(candidate)) !== true) {
    throw invalid(candidate, 'a candidate that resolve, listActive or a registration gave');
  }
  if (!MARK_CODES.includes(code)) {
    const nearest = typeof code === 'string' ? nearestName(code, MARK_CODES) : undefined;
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    throw invalid(code, `one of ${MARK_CODES.join(', ')}${hint}`);
  }
  if (detail === null || typeof detail === 'string') return detail;
  const copy = attempt(() => (isObject(detail) ? frozenJson(detail) : undefined));
  if (copy === undefined)
    throw invalid(detail, 'a text or an object that JSON can carry, or null to clear the mark');
  return copy as MarkDetail;
}

function isCandidate(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { domain, key, provider, sequence, source } = value;
  return (
    isName(domain) && isName(key) && isName(provider) && typeof sequence === 'number' && isObject(source)
  );
}

function invalid(found: unknown, expected: string): Error {
  return createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_MARK_INVALID', {
    found: describeValue(found),
    expected,
  });
}
