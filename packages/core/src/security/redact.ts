import type { JsonObject, JsonValue } from '../foundation/json.js';

const SECRET_NAME =
  /pass(?:word|phrase|code|wd)|pwd|secret|access[-_]?key|token|api[-_]?key|private[-_]?key|credential|authorization|cookie/i;
// Every repetition is bounded, so that no text makes these slow.
const IN_URL = /([a-z][a-z0-9+.-]{0,20}:\/\/)[^/\s@]{1,512}@/gi;
const SCHEME = /\b(bearer|basic)\s{1,8}[\w+/=.~-]{6,}/gi;
const ASSIGNED = new RegExp(
  `((?:${SECRET_NAME.source})[\\w.-]{0,40}["']?\\s{0,8}[=:]\\s{0,8})(?!["']?(?:env:[A-Za-z_]\\w*(?=["'\\s,;&}\\])]|$)|file:))(?:"[^"]{0,4096}"|'[^']{0,4096}'|[^\\s,;&"']{1,4096})`,
  'gi',
);
const REDACTED = '[redacted]';

/**
 * A text without what looks like a secret: the user part of a URL, a bearer or basic credential, and whatever is
 * assigned to a name such as `password`, `token` or `api_key`. A reference to a secret (`env:NAME`, `file:path`) stays.
 *
 * A net under a mistake, not a promise: a secret that looks like any other word passes.
 */
export function redactText(text: string): string {
  return text
    .replace(IN_URL, `$1${REDACTED}@`)
    .replace(SCHEME, `$1 ${REDACTED}`)
    .replace(ASSIGNED, `$1${REDACTED}`);
}

/** `pass`, `db_pass`, `dbPass`: too common a word to look for inside a text. */
const PASS = /(?:^|[-_.])(?:pass|Pass|PASS)$|[a-z]Pass$/;

/** Does a name say that its value is a secret? As little of a promise as `redactText`. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) || PASS.test(name);
}

/** A copy of some data with `redactText` for every text in it, and nothing at all under the name of a secret. */
export function redactJson(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isSecretName(name) ? REDACTED : redactValue(item)]),
  );
}

function redactValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  return isArray(value) ? value.map(redactValue) : redactJson(value);
}

/** `Array.isArray` does not know of readonly arrays. */
function isArray(value: readonly JsonValue[] | JsonObject): value is readonly JsonValue[] {
  return Array.isArray(value);
}
