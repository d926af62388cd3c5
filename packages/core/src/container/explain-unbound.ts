import { OneiricError } from '../errors/oneiric-error.js';
import { isKey, type Key } from '../foundation/key.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import { definedKey } from '../registry/define-key.js';
import { missingError } from './container-errors.js';

/** How Inversify says that it has no binding; the name is the text, or the symbol of the live handle, of a key. */
const UNBOUND = /^No bindings found for service: "(?:Symbol\(oneiric\.live:)?([^"/]+\/[^"/)]+)\)?"/;
const ASKED_BY = /bindings for "([^"]+?)(?: \(Root service\))?"/;

/**
 * What `get` throws where Inversify has no binding for one of our keys, because nobody has ever offered it: the error
 * that a resolver gives, with the class that asks and the nearest name; Inversify's own is the cause. Any other error is
 * given back as it is.
 */
export function explainUnbound(error: unknown, id: unknown, registry: CandidateRegistry): unknown {
  if (OneiricError.is(error) || !(error instanceof Error)) return error;
  const key = unboundKey(error, id);
  if (
    key === undefined ||
    registry.keys().some((each) => each.domain === key.domain && each.key === key.key)
  ) {
    return error;
  }
  const path = [{ domain: key.domain, key: key.key, provider: null, parameter: null }];
  return missingError(path, registry.explain(key), { cause: error, askedBy: askedBy(error, id) });
}

function unboundKey({ message }: Error, id: unknown): Key | undefined {
  if (isKey(id)) return definedKey(`${id.domain}/${id.key}`);
  const name = UNBOUND.exec(message)?.[1];
  return name === undefined ? undefined : definedKey(name);
}

/** The class whose parameter it is; null where the identifier itself was asked for. */
function askedBy({ message }: Error, id: unknown): string | null {
  const by = ASKED_BY.exec(message)?.[1];
  return by === undefined || by.includes('/') || isKey(id) ? null : by;
}
