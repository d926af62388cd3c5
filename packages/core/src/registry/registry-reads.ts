import type { Candidate } from '../decision/candidate.js';
import type { Explanation } from '../decision/explanation.js';
import { normaliseRequest } from '../decision/normalise-request.js';
import type { ResolveRequest } from '../decision/request.js';
import { ResolutionError } from '../decision/resolution-error.js';
import { whatIf, type Change } from '../decision/what-if.js';
import type { Key } from '../foundation/key.js';
import { isKey } from '../foundation/key.js';
import { assertName } from './check-name.js';
import { isObject, problemWith } from './read-field.js';
import { optionInvalid } from './registry-errors.js';
import type { RegistryState } from './registry-state.js';

/** A request of `explain`: what is asked, and in which changed world. */
export interface ExplainRequest extends ResolveRequest {
  /** What if: the explanation of a world in which these changes are made. */
  readonly changes?: readonly Change[];
}

/** Everything that can be read from a registry, a transaction or a snapshot. */
export interface RegistryReads {
  readonly revision: number;
  /**
   * The winner, or undefined where nothing wins: exactly `explain(…).winner`.
   *
   * @throws `ONEIRIC_REGISTRY_NAME_INVALID`, `ONEIRIC_DECISION_REQUEST_INVALID`
   */
  resolve<T>(key: Key<T>, request?: ResolveRequest): Candidate<T> | undefined;
  resolve(domain: string, key: string, request?: ResolveRequest): Candidate | undefined;
  /** The winner; throws a `ResolutionError` (`ONEIRIC_RESOLUTION_NONE`) that carries the explanation where nothing wins. */
  require<T>(key: Key<T>, request?: ResolveRequest): Candidate<T>;
  require(domain: string, key: string, request?: ResolveRequest): Candidate;
  /** The decision with its reasons, also where nothing is registered. The same object for as long as nothing changes. */
  explain(key: Key, request?: ExplainRequest): Explanation;
  explain(domain: string, key: string, request?: ExplainRequest): Explanation;
  /** The winner of each key of a domain, or of all, ordered by domain and key. The array is frozen and shared. */
  listActive(domain?: string): readonly Candidate[];
  /** The eligible losers of each key, ordered by domain, key and rank. The array is frozen and shared. */
  listShadowed(domain?: string): readonly Candidate[];
  /** Every key that has a candidate or a selection, ordered by domain and key. */
  keys(domain?: string): readonly { readonly domain: string; readonly key: string }[];
}

/** The arguments of a read in their long form. */
export interface ReadTarget<R> {
  readonly domain: string;
  readonly key: string;
  readonly request: R | undefined;
}

/** Takes `(key, request)` or `(domain, key, request)`. */
export function readTarget<R>(first: unknown, second: unknown, third: unknown): ReadTarget<R> {
  if (isKey(first)) return { domain: first.domain, key: first.key, request: second as R | undefined };
  assertName('domain', first);
  assertName('key', second);
  return { domain: first, key: second, request: third as R | undefined };
}

export function resolveIn(state: RegistryState, target: ReadTarget<ResolveRequest>): Candidate | undefined {
  const { domain, key, request } = target;
  return state.resolve(domain, key, normaliseRequest(request));
}

export function requireIn(state: RegistryState, target: ReadTarget<ResolveRequest>): Candidate {
  const winner = resolveIn(state, target);
  if (winner !== undefined) return winner;
  throw new ResolutionError(explainIn(state, target));
}

export function explainIn(state: RegistryState, target: ReadTarget<ExplainRequest>): Explanation {
  const { domain, key, request } = target;
  if (!isObject(request)) return state.explain(domain, key, normaliseRequest(request));
  const { changes, ...asked } = request;
  const normal = normaliseRequest(asked);
  if (changes === undefined) return state.explain(domain, key, normal);
  const expected = 'an array of changes, such as [{ change: "without", provider: "redis" }]';
  if (!Array.isArray(changes)) throw optionInvalid([problemWith('request.changes', changes, expected)]);
  if (changes.length === 0) return state.explain(domain, key, normal);
  return whatIf(state.questionOf(domain, key, normal), changes as readonly Change[]);
}

export function listActiveIn(state: RegistryState, domain: string | undefined): readonly Candidate[] {
  return state.active(domain);
}

export function listShadowedIn(state: RegistryState, domain: string | undefined): readonly Candidate[] {
  return state.shadowed(domain);
}

export function keysIn(
  state: RegistryState,
  domain: string | undefined,
): readonly { domain: string; key: string }[] {
  if (domain !== undefined) assertName('domain', domain);
  return state.slotsOf(domain).map((slot) => ({ domain: slot.domain, key: slot.key }));
}
