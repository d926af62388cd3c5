import type { Candidate } from '../decision/candidate.js';
import { MARK_CODES, type MarkCode, type MarkDetail } from '../decision/mark.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { frozenJson } from './frozen-json.js';
import { REGISTRY_ERRORS } from './registry-errors.js';

/** Checks the arguments of a mark and gives its detail, frozen. Throws `ONEIRIC_REGISTRY_MARK_INVALID`. */
export function checkMark(candidate: Candidate, code: MarkCode, detail: unknown): MarkDetail | null {
  if (typeof candidate !== 'object' || typeof (candidate as Candidate | null)?.sequence !== 'number') {
    throw invalid(candidate, 'a candidate that resolve, listActive or a registration gave');
  }
  if (!MARK_CODES.includes(code)) {
    const nearest = typeof code === 'string' ? nearestName(code, MARK_CODES) : undefined;
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    throw invalid(code, `one of ${MARK_CODES.join(', ')}${hint}`);
  }
  if (detail === null || typeof detail === 'string') return detail;
  const copy = typeof detail === 'object' && !Array.isArray(detail) ? frozenJson(detail) : undefined;
  if (copy === undefined) throw invalid(detail, 'a text or an object that JSON can carry, or null to clear the mark');
  return copy as MarkDetail;
}

function invalid(found: unknown, expected: string): Error {
  return createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_MARK_INVALID', { found: describeValue(found), expected });
}
