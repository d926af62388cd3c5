import { OneiricError } from '../errors/oneiric-error.js';
import { describeThrown } from '../foundation/describe-thrown.js';
import { printable } from '../foundation/printable.js';
import { redactText } from '../security/redact.js';

/** One error of a chain, as data. */
export interface FailureLink {
  /** Where it has one that looks like a code, such as `ONEIRIC_LIFECYCLE_TIMEOUT` or `ECONNREFUSED`. */
  readonly code?: string;
  /** One line, what looks like a secret redacted. */
  readonly message: string;
}

const MOST_LINKS = 8;
const LONGEST_MESSAGE = 500;
/** Looked through for secrets; what is shown of it is less. */
const READ_OF_MESSAGE = 20_000;
const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/**
 * What failed, and why, and why that: an error and its causes, outermost first, 8 at most, each with one line of 500
 * characters at most. Of an `AggregateError` without a cause the first error is told. Frozen plain data; never throws,
 * whatever was thrown.
 */
export function failureChain(error: unknown): readonly FailureLink[] {
  const links: FailureLink[] = [];
  for (let next = error; next !== undefined && links.length < MOST_LINKS; next = causeOf(next)) {
    links.push(linkOf(next));
  }
  return Object.freeze(links);
}

function linkOf(error: unknown): FailureLink {
  const code = read(error, 'code');
  const words = OneiricError.is(error) ? read(error, 'message') : describeThrown(error);
  const message = oneLine(typeof words === 'string' ? words : describeThrown(error));
  return Object.freeze(typeof code === 'string' && CODE.test(code) ? { code, message } : { message });
}

function oneLine(text: string): string {
  const line = printable(redactText(text.slice(0, READ_OF_MESSAGE)));
  return line.length <= LONGEST_MESSAGE ? line : `${line.slice(0, LONGEST_MESSAGE - 1)}…`;
}

function causeOf(error: unknown): unknown {
  const cause = read(error, 'cause');
  if (cause !== undefined) return cause;
  const errors = read(error, 'errors');
  return Array.isArray(errors) ? read(errors, '0') : undefined;
}

/** A property of what may be anything, and may throw when it is looked at. */
function read(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    return (value as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
}
