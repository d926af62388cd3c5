import type { ReentrantLock } from '../concurrency/reentrant-lock.js';
import type { Selection, SelectionInput } from '../decision/selection.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import { PRIORITY_BOUND } from './check-candidate.js';
import type { RankingDefaults } from './ranking-defaults.js';
import type { InputProblem } from './registry-errors.js';
import { REGISTRY_ERRORS } from './registry-errors.js';
import type { Platform } from './registry-state.js';

/** Which provider configuration names, by domain and key. */
export type SelectionsInput = Readonly<Record<string, Readonly<Record<string, SelectionInput>>>>;

/** Priorities by package name; a list gives 0, 10, 20, … in its order. */
export type StackOrderInput =
  | readonly string[]
  | Readonly<Record<string, number | { readonly priority: number; readonly origin?: ValueOrigin }>>;

/** How a registry starts. */
export interface RegistryOptions {
  /** The providers that configuration names; a provider need not be there yet. */
  readonly selections?: SelectionsInput;
  /** Priorities of packages, for candidates without one of their own. */
  readonly stackOrder?: StackOrderInput;
  /** The priority of a candidate that has none and whose package is not in the stack order. Default 0. */
  readonly defaultPriority?: number;
  /** Where `defaultPriority` was set, for reports. */
  readonly defaultPriorityOrigin?: ValueOrigin;
  /** The lock that every write goes through. Default: one of its own. */
  readonly lock?: ReentrantLock;
  /** The machine that decisions are made for. Default: this one. */
  readonly platform?: Platform;
  /** The folder that files in reports are shown relative to. Default: the working folder when the registry is made. */
  readonly projectDir?: string;
}

const LIST_STEP = 10;

/** Checks what ranks candidates without a priority. Throws `ONEIRIC_REGISTRY_OPTION_INVALID` with every problem. */
export function readRankingDefaults(options: RegistryOptions): RankingDefaults {
  const problems: InputProblem[] = [];
  const { defaultPriority = 0, defaultPriorityOrigin = { kind: 'default' }, stackOrder = {} } = options;
  if (!isPriority(defaultPriority)) problems.push(priorityProblem('defaultPriority', defaultPriority));
  const order = new Map<string, { priority: number; origin: ValueOrigin }>();
  for (const [name, { priority, origin }] of stackOrderEntries(stackOrder, problems)) {
    if (isPriority(priority)) {
      const setBy = origin === undefined ? {} : { setBy: origin };
      order.set(name, { priority, origin: Object.freeze({ kind: 'stack-order', package: name, ...setBy }) });
    } else problems.push(priorityProblem(`stackOrder.${name}`, priority));
  }
  if (problems.length > 0) throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_OPTION_INVALID', { problems });
  return { defaultPriority, defaultPriorityOrigin, stackOrder: order };
}

type StackOrderEntry = [string, { readonly priority: unknown; readonly origin?: ValueOrigin | undefined }];

function stackOrderEntries(input: unknown, problems: InputProblem[]): StackOrderEntry[] {
  if (Array.isArray(input)) return listEntries(input, problems);
  if (typeof input !== 'object' || input === null) {
    problems.push({ path: 'stackOrder', found: describeValue(input), expected: 'a list of package names, or priorities by package name' });
    return [];
  }
  return Object.entries(input).map(([name, value]: [string, unknown]): StackOrderEntry => {
    if (typeof value !== 'object' || value === null) return [name, { priority: value }];
    const { priority, origin } = value as { priority?: unknown; origin?: ValueOrigin };
    return [name, { priority, origin }];
  });
}

function listEntries(names: readonly unknown[], problems: InputProblem[]): StackOrderEntry[] {
  const seen = new Set<string>();
  return names.flatMap((name, index): StackOrderEntry[] => {
    const path = `stackOrder[${String(index)}]`;
    if (typeof name !== 'string' || name === '') {
      problems.push({ path, found: describeValue(name), expected: 'a package name' });
      return [];
    }
    if (seen.has(name)) problems.push({ path, found: `${name} again`, expected: 'each package once' });
    seen.add(name);
    return [[name, { priority: index * LIST_STEP }]];
  });
}

function isPriority(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= PRIORITY_BOUND;
}

function priorityProblem(path: string, value: unknown): InputProblem {
  return { path, found: describeValue(value), expected: `an integer in -${String(PRIORITY_BOUND)}…${String(PRIORITY_BOUND)}` };
}

/** Every selection of the options. Throws as `readSelection` does, and for a domain or key that is no name. */
export function* readSelections(input: SelectionsInput = {}): Generator<[domain: string, key: string, Selection]> {
  for (const [domain, keys] of Object.entries(requireObject('selections', input))) {
    for (const [key, selection] of Object.entries(requireObject(`selections.${domain}`, keys))) {
      yield [domain, key, readSelection(domain, key, selection)];
    }
  }
}

function requireObject(path: string, value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  const problems = [{ path, found: describeValue(value), expected: 'an object: { domain: { key: provider } }' }];
  throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_OPTION_INVALID', { problems });
}

const CODE: ValueOrigin = Object.freeze({ kind: 'code' });

/** Checks one selection. Throws `ONEIRIC_REGISTRY_SELECTION_INVALID`. */
export function readSelection(domain: string, key: string, input: unknown): Selection {
  if (isName(input)) return Object.freeze({ provider: input, policy: 'pin', origin: CODE });
  if (typeof input === 'object' && input !== null) {
    const { provider, policy = 'pin', origin = CODE, ...rest } = input as Record<string, unknown>;
    if (isName(provider) && (policy === 'pin' || policy === 'prefer') && Object.keys(rest).length === 0) {
      return Object.freeze({ provider, policy, origin: origin as ValueOrigin });
    }
  }
  throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_SELECTION_INVALID', { domain, key, found: describeValue(input) });
}
