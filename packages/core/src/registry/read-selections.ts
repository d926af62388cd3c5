import type { Selection } from '../decision/selection.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import { assertName } from './check-name.js';
import { attempt, isObject, problemWith } from './read-field.js';
import { readOrigin } from './read-origin.js';
import { optionInvalid, REGISTRY_ERRORS } from './registry-errors.js';
import type { SelectionsInput } from './registry-options.js';

const CODE: ValueOrigin = Object.freeze({ kind: 'code' });

/**
 * Every selection of the options. Throws as `readSelection` does, `ONEIRIC_REGISTRY_NAME_INVALID` for a domain or key
 * that is no name, and `ONEIRIC_REGISTRY_OPTION_INVALID` for another shape.
 */
export function* readSelections(
  input: SelectionsInput = {},
): Generator<[domain: string, key: string, Selection]> {
  for (const [domain, keys] of Object.entries(requireObject('selections', input))) {
    assertName('domain', domain);
    for (const [key, selection] of Object.entries(requireObject(`selections.${domain}`, keys))) {
      assertName('key', key);
      yield [domain, key, readSelection(domain, key, selection)];
    }
  }
}

function requireObject(path: string, value: unknown): object {
  if (isObject(value)) return value;
  throw optionInvalid([problemWith(path, value, 'an object: { domain: { key: provider } }')]);
}

/** Checks and copies one selection. Throws `ONEIRIC_REGISTRY_SELECTION_INVALID`. */
export function readSelection(domain: string, key: string, input: unknown): Selection {
  const selection = attempt(() => selectionOf(input));
  if (selection !== undefined) return Object.freeze(selection);
  const details = { domain, key, found: describeValue(input) };
  throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_SELECTION_INVALID', details);
}

function selectionOf(input: unknown): Selection | undefined {
  if (isName(input)) return { provider: input, policy: 'pin', origin: CODE };
  if (!isObject(input)) return undefined;
  const { provider, policy = 'pin', origin: given, ...rest } = input;
  const origin = given === undefined ? CODE : readOrigin(given);
  if (!isName(provider) || origin === undefined || Object.keys(rest).length > 0) return undefined;
  return policy === 'pin' || policy === 'prefer' ? { provider, policy, origin } : undefined;
}
