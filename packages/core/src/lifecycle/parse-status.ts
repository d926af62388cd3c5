import { deepFreeze } from '../foundation/deep-freeze.js';
import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import { COMPONENT_STATES, type ComponentState } from './component-state.js';
import {
  COMPONENT_HEALTH,
  type ComponentHealth,
  STANDING_REASONS,
  type StandingReason,
} from './component-status.js';
import type { DurationSummary } from './durations.js';
import type { FailureLink } from './failure-chain.js';
import {
  type SavedComponent,
  type SavedDependency,
  type SavedProvider,
  STATUS_VERSION,
  type StatusFile,
} from './saved-status.js';

/** The error for a reason why the text is no status file. */
export type Refuse = (reason: string, cause?: unknown) => Error;

/** Reads the text of a status file. @throws what `refuse` makes of the first thing that is wrong, with its place */
export function parseStatus(text: string, refuse: Refuse): StatusFile {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch (cause) {
    throw refuse('it is not JSON, or only a part of it', cause);
  }
  const form = new Fields(value, '', refuse);
  const schemaVersion = form.read('schemaVersion', isVersion, `the number ${String(STATUS_VERSION)}`);
  if (schemaVersion > STATUS_VERSION) {
    throw refuse(
      `it has the form ${String(schemaVersion)}, and this version reads up to ${String(STATUS_VERSION)}: ` +
        'a newer @oneiric/core wrote it',
    );
  }
  const seen = new Set<string>();
  const components = form.list('components').map((each): SavedComponent => {
    const component = readComponent(each);
    const name = `${component.domain}/${component.key}`;
    if (seen.has(name)) throw refuse(`${each.path} is ${name}, which is there before`);
    seen.add(name);
    return component;
  });
  const savedAt = form.read('savedAt', isTime, 'a time such as "2026-01-31T12:00:00.000Z"');
  return deepFreeze({ schemaVersion: STATUS_VERSION, savedAt, components });
}

function readComponent(form: Fields): SavedComponent {
  return {
    domain: form.read('domain', isName, 'a name'),
    key: form.read('key', isName, 'a name'),
    state: form.read('state', isState, `one of ${COMPONENT_STATES.join(', ')}`),
    health: form.read('health', isHealth, `one of ${COMPONENT_HEALTH.join(', ')}`),
    running: readProvider(form, 'running'),
    standing: readStanding(form.object('standing')),
    lastGood: readProvider(form, 'lastGood'),
    failure: form.list('failure').map(readLink),
    attempts: form.read('attempts', isWhole, 'a whole number from 0'),
    durations: Object.fromEntries(form.map('durations').map(([name, each]) => [name, readDurations(each)])),
    dependencies: form.list('dependencies').map(readDependency),
  };
}

function readProvider(form: Fields, name: string): SavedProvider | null {
  const provider = form.optional(name);
  if (provider === null) return null;
  return {
    provider: provider.read('provider', isName, 'a name'),
    version: provider.read('version', isTextOrNull, 'a text or null'),
  };
}

function readStanding(form: Fields): SavedComponent['standing'] {
  return {
    winner: readProvider(form, 'winner'),
    reason: form.read('reason', isReason, `one of ${STANDING_REASONS.join(', ')}`),
  };
}

function readDependency(form: Fields): SavedDependency {
  return {
    parameter: form.read('parameter', isName, 'a name'),
    domain: form.read('domain', isName, 'a name'),
    key: form.read('key', isName, 'a name'),
  };
}

function readLink(form: Fields): FailureLink {
  const code = form.read('code', isTextOrAbsent, 'a text, or absent');
  const message = form.read('message', isText, 'a text');
  return code === undefined ? { message } : { code, message };
}

function readDurations(form: Fields): DurationSummary {
  const ms = (name: string): number => form.read(name, isDuration, 'a number of milliseconds from 0');
  return {
    count: form.read('count', isWhole, 'a whole number from 0'),
    lastMs: ms('lastMs'),
    p50Ms: ms('p50Ms'),
    p95Ms: ms('p95Ms'),
    p99Ms: ms('p99Ms'),
  };
}

/** The properties of one object of the file, and where that stands in it. */
class Fields {
  readonly path: string;
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #refuse: Refuse;

  constructor(value: unknown, path: string, refuse: Refuse) {
    if (!isObject(value))
      throw refuse(`${path === '' ? 'it' : path} is ${describeValue(value)}, expected an object`);
    this.#value = value;
    this.path = path;
    this.#refuse = refuse;
  }

  read<T>(name: string, is: (value: unknown) => value is T, expected: string): T {
    const value = this.#get(name);
    if (is(value)) return value;
    throw this.#refuse(`${this.#at(name)} is ${describeValue(value)}, expected ${expected}`);
  }

  object(name: string): Fields {
    return new Fields(this.#get(name), this.#at(name), this.#refuse);
  }

  optional(name: string): Fields | null {
    return this.#get(name) === null ? null : this.object(name);
  }

  list(name: string): Fields[] {
    const at = this.#at(name);
    return this.read(name, isList, 'an array').map(
      (value, index) => new Fields(value, `${at}[${String(index)}]`, this.#refuse),
    );
  }

  map(name: string): (readonly [string, Fields])[] {
    const at = this.#at(name);
    return Object.entries(this.read(name, isObject, 'an object')).map(([inner, value]) => {
      if (!isName(inner)) throw this.#refuse(`${at} has ${describeValue(inner)}, which is no name`);
      return [inner, new Fields(value, `${at}.${inner}`, this.#refuse)];
    });
  }

  #get(name: string): unknown {
    return Object.hasOwn(this.#value, name) ? this.#value[name] : undefined;
  }

  #at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isTextOrAbsent = (value: unknown): value is string | undefined => value === undefined || isText(value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isVersion = (value: unknown): value is number => isWhole(value) && value > 0;
const isDuration = (value: unknown): value is number => Number.isFinite(value) && (value as number) >= 0;
const isTime = (value: unknown): value is string =>
  isText(value) && TIME.test(value) && !Number.isNaN(Date.parse(value));
const isState = (value: unknown): value is ComponentState =>
  (COMPONENT_STATES as readonly unknown[]).includes(value);
const isHealth = (value: unknown): value is ComponentHealth =>
  (COMPONENT_HEALTH as readonly unknown[]).includes(value);
const isReason = (value: unknown): value is StandingReason =>
  (STANDING_REASONS as readonly unknown[]).includes(value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
