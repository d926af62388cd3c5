import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import { nearestName } from '../foundation/nearest-name.js';
import { BOUNDS, type Change } from './changes.js';
import { DECISION_ERRORS } from './decision-errors.js';

const FORM = /^\s*([A-Za-z]+)\s*(?:\(\s*([^()#\s]*)\s*(?:#\s*(\d{1,15})\s*)?\))?\s*(?:=\s*(\S*)\s*)?$/;
/** No change with valid names is longer; the expression is never tried on more. */
const LONGEST = 400;
const KINDS = ['priority', 'stackLevel', 'selection', 'without'] as const;

/**
 * Reads one change as it is written on a command line: `priority(redis)=60`, `stackLevel(redis#7)=1`,
 * `selection=redis`, `selection=` (none) or `without(redis)`.
 * @throws `ONEIRIC_DECISION_CHANGE_SYNTAX`, `ONEIRIC_DECISION_CHANGE_VALUE`
 */
export function parseChange(text: string): Change {
  const match = text.length > LONGEST ? null : FORM.exec(text);
  const [, kind = '', provider, registration, value] = match ?? [];
  const change = read(kind, provider, registration, value, text);
  if (change === undefined)
    throw createError(DECISION_ERRORS, 'ONEIRIC_DECISION_CHANGE_SYNTAX', syntaxDetails(text));
  return change;
}

function read(
  kind: string,
  provider: string | undefined,
  registration: string | undefined,
  value: string | undefined,
  text: string,
): Change | undefined {
  switch (kind) {
    case 'priority':
    case 'stackLevel': {
      if (!isName(provider) || value === undefined || value === '') return undefined;
      const { min, max } = BOUNDS[kind];
      const to = /^[+-]?\d+$/.test(value) ? Number(value) : NaN;
      if (!(to >= min && to <= max)) {
        throw createError(DECISION_ERRORS, 'ONEIRIC_DECISION_CHANGE_VALUE', { text, found: value, min, max });
      }
      const which = registration === undefined ? {} : { registration: Number(registration) };
      return { change: kind, provider, ...which, to: to === 0 ? 0 : to };
    }
    case 'selection':
      if (provider !== undefined || value === undefined || (value !== '' && !isName(value))) return undefined;
      return { change: 'selection', to: value === '' ? null : value };
    case 'without':
      if (!isName(provider) || registration !== undefined || value !== undefined) return undefined;
      return { change: 'without', provider };
    default:
      return undefined;
  }
}

function syntaxDetails(text: string): { readonly text: string; readonly nearest: string | null } {
  const [word = ''] = /[A-Za-z]+/.exec(text.slice(0, LONGEST)) ?? [];
  const known = (KINDS as readonly string[]).includes(word);
  return { text: describeValue(text), nearest: known ? null : (nearestName(word, KINDS) ?? null) };
}

/** The change as `parseChange` reads it. */
export function formatChange(change: Change): string {
  switch (change.change) {
    case 'priority':
    case 'stackLevel': {
      const which = change.registration === undefined ? '' : `#${String(change.registration)}`;
      return `${change.change}(${change.provider}${which})=${String(change.to)}`;
    }
    case 'selection':
      return `selection=${change.to ?? ''}`;
    case 'without':
      return `without(${change.provider})`;
    default:
      return change satisfies never;
  }
}
