import type { CandidateInput, FactoryContext } from '../decision/candidate.js';
import type { Key } from '../foundation/key.js';
import { describeValue } from '../foundation/describe-value.js';
import { createError } from '../errors/oneiric-error.js';
import { type AnyClass, type ClassFacts, type InjectionPoint, ownFactsOf } from './class-facts.js';
import { CONTAINER_ERRORS } from './container-errors.js';
import { inheritInjections } from './inherit-injections.js';
import { readList } from './provides.js';
import type { ProvidesOffer } from './provides-offer.js';

/** A class that can be constructed. */
export type Newable<T = unknown> = new (...args: never[]) => T;

/** What is given to a class: under which name of the candidate's `inject`, and where. */
export interface NamedPoint extends InjectionPoint {
  readonly name: string;
}

/** How to construct a class. */
export interface ClassRecipe {
  readonly type: Newable;
  readonly points: readonly NamedPoint[];
  /** Are the points all parameters, in order? Then `new` is enough. */
  readonly isListed: boolean;
  /** Has it neither parameters nor points? Then only an application's container may know of something to inject. */
  readonly isBare: boolean;
}

/** Constructs a class for a candidate that is being built. */
export type ConstructClass = (recipe: ClassRecipe, context: FactoryContext) => unknown;

/**
 * The candidate that a class is: what `@Provides`, or `offer`, says of it, what it is given, and a factory that
 * constructs it.
 *
 * @throws `ONEIRIC_CONTAINER_CLASS_INVALID`
 */
export function classCandidate(
  type: Newable,
  offer: ProvidesOffer<unknown> | undefined,
  construct: ConstructClass,
): CandidateInput {
  const given = offer ?? ownFactsOf(type).offer;
  if (given === undefined) {
    throw classInvalid(
      type,
      'says nothing of what it provides. Put @Provides({ domain, key }) above it, or call Provides({ … })(it).',
    );
  }
  const recipe = recipeOf(type, given);
  const inject = Object.fromEntries(recipe.points.map(({ name, key }): [string, Key] => [name, key]));
  return { ...given, inject, factory: (context) => construct(recipe, context) };
}

function recipeOf(type: Newable, offer: ProvidesOffer<unknown>): ClassRecipe {
  inheritInjections(type);
  const facts = ownFactsOf(type);
  const list = listOf(type, offer, facts);
  if (list !== undefined) {
    if (list.length < type.length) {
      throw classInvalid(
        type,
        `has ${type.length} parameters, and a list of ${list.length} things to inject. List one for each.`,
      );
    }
    if (facts.properties.size > 0) {
      throw classInvalid(
        type,
        'has a list of things to inject, and marked properties. Mark its parameters, too.',
      );
    }
    return { type, points: list.map(named), isListed: true, isBare: false };
  }
  const parameters = [...facts.parameters].sort(([a], [b]) => a - b);
  const points = parameters.map(([index, point]) => named(point, index));
  const properties = [...facts.properties].map(([property, point], index): NamedPoint => ({
    ...point,
    name: typeof property === 'string' ? property : `property${index}`,
  }));
  const all = [...points, ...properties];
  return { type, points: all, isListed: false, isBare: type.length === 0 && all.length === 0 };
}

/** The list of the offer, of the decorated class, or its own static property `inject`. */
function listOf(
  type: Newable,
  offer: ProvidesOffer<unknown>,
  facts: ClassFacts,
): readonly InjectionPoint[] | undefined {
  const list = offer.inject ?? (type as unknown as { readonly inject?: unknown }).inject;
  if (list !== undefined) return readList(list, offer.domain);
  return facts.list;
}

/** Parameters have no names at run time; numbers from 0, as in the order of writing. */
function named(point: InjectionPoint, index: number): NamedPoint {
  return { ...point, name: `parameter${index}` };
}

export function classInvalid(type: AnyClass, problem: string, cause?: unknown): Error {
  const name = type.name === '' ? describeValue(type) : type.name;
  return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_CLASS_INVALID', { name, problem }, { cause });
}
