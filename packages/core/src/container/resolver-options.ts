import { describeValue } from '../foundation/describe-value.js';
import { LifecycleManager } from '../lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from '../lifecycle/lifecycle-options.js';
import { CandidateRegistry } from '../registry/candidate-registry.js';
import { argumentInvalid } from './container-errors.js';

/** What a resolver stands on. What is not given it makes for itself, and closes when it is disposed. */
export interface ResolverOptions {
  readonly registry?: CandidateRegistry;
  /** The lifecycle of that registry. */
  readonly lifecycle?: LifecycleManager;
  /** Options of the lifecycle that it makes; not together with `lifecycle`. */
  readonly lifecycleOptions?: LifecycleOptions;
}

/** What a resolver stands on, all of it there. */
export interface Footing {
  readonly registry: CandidateRegistry;
  readonly lifecycle: LifecycleManager;
  /** Was the lifecycle made here? Then nobody else closes it. */
  readonly ownsLifecycle: boolean;
}

const NAMES: readonly string[] = [
  'registry',
  'lifecycle',
  'lifecycleOptions',
] satisfies (keyof ResolverOptions)[];

/** Checks the options and makes what is missing. @throws `ONEIRIC_CONTAINER_ARGUMENT_INVALID` */
export function footingOf(options: ResolverOptions): Footing {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw argumentInvalid('options', describeValue(options), `an object { ${NAMES.join(', ')} }`);
  }
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined)
    throw argumentInvalid('options', `"${unknown}"`, `nothing but ${NAMES.join(', ')}`);
  const { lifecycle, lifecycleOptions, registry } = options;
  assertMethods('registry', registry, ['resolve', 'registerCandidate'], 'a CandidateRegistry');
  assertMethods('lifecycle', lifecycle, ['activate', 'live'], 'a LifecycleManager');
  if (lifecycle !== undefined && registry === undefined) {
    throw argumentInvalid('options', 'a lifecycle alone', 'the registry of that lifecycle, too');
  }
  if (lifecycle !== undefined && lifecycleOptions !== undefined) {
    throw argumentInvalid('options', 'lifecycle and lifecycleOptions', 'one of them');
  }
  const standing = registry ?? new CandidateRegistry();
  return {
    registry: standing,
    lifecycle: lifecycle ?? new LifecycleManager(standing, lifecycleOptions),
    ownsLifecycle: lifecycle === undefined,
  };
}

function assertMethods(what: string, value: unknown, methods: readonly string[], expected: string): void {
  if (value === undefined) return;
  const holder = (typeof value === 'object' ? value : null) as Record<string, unknown> | null;
  if (holder !== null && methods.every((name) => typeof holder[name] === 'function')) return;
  throw argumentInvalid(what, describeValue(value), expected);
}
