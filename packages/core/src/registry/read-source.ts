import type { CandidateSource } from '../decision/candidate.js';
import { frozenJson, JSON_EXPECTED } from './frozen-json.js';
import { isObject, isText, TEXT_EXPECTED, type Wrong } from './read-field.js';

/** The source of a candidate that names none. */
export const UNNAMED_SOURCE: CandidateSource = Object.freeze({ kind: 'manual' });

const KINDS: ReadonlySet<unknown> = new Set(['manual', 'config', 'plugin', 'manifest', 'worker', 'remote']);
const TEXTS = ['id', 'package', 'version', 'file'] as const;
const COUNTS = ['line', 'column', 'generation'] as const;

/** Checks and copies a source; `UNNAMED_SOURCE` exactly where there is none, or none that could be read. */
export function readSource(value: unknown, wrong: Wrong): CandidateSource {
  if (value === undefined) return UNNAMED_SOURCE;
  const copy = isObject(value) ? frozenJson(value) : undefined;
  if (!isObject(copy)) {
    wrong('source', value, `an object { kind, id, … }: ${JSON_EXPECTED}`);
    return UNNAMED_SOURCE;
  }
  if (!KINDS.has(copy['kind'])) wrong('source.kind', copy['kind'], `one of ${[...KINDS].join(', ')}`);
  for (const name of TEXTS) {
    if (copy[name] !== undefined && !isText(copy[name])) wrong(`source.${name}`, copy[name], TEXT_EXPECTED);
  }
  for (const name of COUNTS) {
    const count = copy[name];
    if (count !== undefined && !(Number.isSafeInteger(count) && (count as number) > 0)) {
      wrong(`source.${name}`, count, 'a whole number from 1');
    }
  }
  return copy as unknown as CandidateSource;
}
