import valid from 'semver/functions/valid.js';

import type { ReentrantLock } from '../concurrency/reentrant-lock.js';
import type { SelectionInput } from '../decision/selection.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import { isObject, isText, noteIn, problemWith, refuseUnknown } from './read-field.js';
import { optionInvalid, type InputProblem } from './registry-errors.js';
import type { Platform } from './state-context.js';

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

const OPTIONS: ReadonlySet<string> = new Set<keyof RegistryOptions>([
  'selections',
  'stackOrder',
  'defaultPriority',
  'defaultPriorityOrigin',
  'lock',
  'platform',
  'projectDir',
]);

/** Refuses unknown options, and what is wrong with those that are taken as they are, in one error. */
export function assertOptions(options: unknown): asserts options is RegistryOptions {
  if (!isObject(options)) throw optionInvalid([problemWith('options', options, 'an object')]);
  const problems: InputProblem[] = [];
  const wrong = noteIn(problems);
  refuseUnknown(options, OPTIONS, '', wrong);
  const { lock, platform, projectDir } = options;
  if (lock !== undefined && !isLock(lock)) wrong('lock', lock, 'a ReentrantLock');
  if (platform !== undefined && !isPlatform(platform)) {
    wrong('platform', platform, 'an object such as { os: "linux", node: "20.20.2" }');
  }
  if (projectDir !== undefined && typeof projectDir !== 'string') {
    wrong('projectDir', projectDir, 'the path of a folder');
  }
  if (problems.length > 0) throw optionInvalid(problems);
}

function isLock(value: unknown): boolean {
  return isObject(value) && typeof value['runSection'] === 'function';
}

function isPlatform(value: unknown): boolean {
  return isObject(value) && isText(value['os']) && isText(value['node']) && valid(value['node']) !== null;
}
