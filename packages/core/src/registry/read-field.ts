import { describeValue } from '../foundation/describe-value.js';
import { isName, NAME_RULE } from '../foundation/name.js';
import { nearestName } from '../foundation/nearest-name.js';
import type { InputProblem } from './registry-errors.js';

/** Notes a problem: the place, the value found there (or words for it), what would be right. */
export type Wrong = (path: string, value: unknown, expected: string) => void;

export const NAME_EXPECTED = `a name: ${NAME_RULE}`;
export const TEXT_EXPECTED = 'text of 1 to 512 characters without control characters';

const NONE: readonly never[] = Object.freeze([]);
const TEXT = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,512}$/u;

/** The problem with one value. */
export function problemWith(path: string, value: unknown, expected: string): InputProblem {
  return { path, found: describeValue(value), expected };
}

export function noteIn(problems: InputProblem[]): Wrong {
  return (path, value, expected) => {
    problems.push(problemWith(path, value, expected));
  };
}

/** Text that a report can show in a line of a terminal as it is. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && TEXT.test(value);
}

/** What `read` finds in an object from outside; undefined where that throws when it is looked at. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Refuses properties that nobody reads: most of them are misspelt. */
export function refuseUnknown(value: object, known: ReadonlySet<string>, prefix: string, wrong: Wrong): void {
  for (const name of Object.keys(value)) {
    if (known.has(name)) continue;
    const shown = isName(name) ? name : describeValue(name);
    const near = nearestName(name, known);
    const expected = near === undefined ? 'no property of that name' : `"${near}" instead of "${shown}"`;
    wrong(prefix + shown, (value as Record<string, unknown>)[name], expected);
  }
}

/** An integer whose amount is at most `bound`, or undefined where there is none. */
export function readInteger(value: unknown, path: string, bound: number, wrong: Wrong): number | undefined {
  if (value === undefined) return undefined;
  // Adding 0 makes −0 the number that it is equal to.
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= bound) return value + 0;
  wrong(path, value, `an integer in -${bound}…${bound}`);
  return undefined;
}

/** A frozen list of different names; empty where there is none. */
export function readNames(value: unknown, path: string, wrong: Wrong): readonly string[] {
  if (value === undefined) return NONE;
  const names = readList(value, path, 'an array of names', wrong);
  for (const [index, name] of names.entries()) {
    if (!isName(name)) wrong(`${path}[${index}]`, name, NAME_EXPECTED);
  }
  const different = new Set(names as readonly string[]);
  return Object.freeze(different.size === names.length ? (names as readonly string[]) : [...different]);
}

/** What an array holds at this moment, holes as undefined; empty where `value` is no array. */
export function readList(value: unknown, path: string, expected: string, wrong: Wrong): readonly unknown[] {
  if (Array.isArray(value)) return [...(value as readonly unknown[])];
  wrong(path, value, expected);
  return NONE;
}
