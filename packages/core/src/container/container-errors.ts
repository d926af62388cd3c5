import type { Scope } from '../decision/candidate.js';
import type { Explanation } from '../decision/explanation.js';
import { ResolutionError } from '../decision/resolution-error.js';
import type { ErrorFamily } from '../errors/error-details.js';
import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { type DependencyStep, drawPath } from '../lifecycle/lifecycle-errors.js';
import type { GraphProblem } from './graph-problem.js';

/** From what was asked for down to where it went wrong. */
interface OnPath {
  readonly path: readonly DependencyStep[];
}

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_CONTAINER_MISSING: OnPath & {
      readonly reason: string;
      readonly explanation: Explanation;
      readonly nearest: string | null;
    };
    ONEIRIC_CONTAINER_CYCLE: OnPath;
    ONEIRIC_CONTAINER_SCOPE_LEAK: OnPath & { readonly holder: Scope; readonly held: Scope };
    ONEIRIC_CONTAINER_SCOPE_NEEDED: OnPath;
    ONEIRIC_CONTAINER_NOT_ACTIVE: OnPath;
    ONEIRIC_CONTAINER_ASYNC: OnPath & { readonly what: string };
    ONEIRIC_CONTAINER_FAILED: OnPath & { readonly thrown: string };
    ONEIRIC_CONTAINER_CLOSED: { readonly what: string };
    ONEIRIC_CONTAINER_CLASS_INVALID: { readonly name: string; readonly problem: string };
    ONEIRIC_CONTAINER_ALREADY_BOUND: { readonly identifiers: readonly string[] };
    ONEIRIC_CONTAINER_ARGUMENT_INVALID: {
      readonly what: string;
      readonly found: string;
      readonly expected: string;
    };
    ONEIRIC_CONTAINER_GRAPH_INVALID: { readonly problems: readonly GraphProblem[] };
  }
}

/** The words of everything that the container refuses. */
export const CONTAINER_ERRORS: ErrorFamily<'ONEIRIC_CONTAINER_'> = {
  ONEIRIC_CONTAINER_MISSING: {
    summary: 'A component, or something that it needs, has no winner. Nothing was built.',
    message: ({ path, reason }) => `${drawPath(path)}: ${reason}`,
  },
  ONEIRIC_CONTAINER_CYCLE: {
    summary: 'Components need each other in a circle, so none of them can be built first. Nothing was built.',
    message: ({ path }) =>
      `${drawPath(path)}: a cycle. Let one of them ask for the other when it is called, not when it is built, ` +
      'or move what both need into a third.',
  },
  ONEIRIC_CONTAINER_SCOPE_LEAK: {
    summary: 'A component holds another that does not live as long. Nothing was built.',
    message: ({ path, holder, held }) =>
      `${drawPath(path)}: the last is ${held} and would be kept by one that is ${holder}, beyond its time. ` +
      `Make the holder ${held}, too, or what it holds ${holder}.`,
  },
  ONEIRIC_CONTAINER_SCOPE_NEEDED: {
    summary: 'A scoped component was asked for outside of a scope.',
    message: ({ path }) =>
      `${drawPath(path)}: is scoped, and this resolver is no scope. Ask one: resolver.createScope().get(…).`,
  },
  ONEIRIC_CONTAINER_NOT_ACTIVE: {
    summary: 'A singleton that does not run yet was asked for synchronously.',
    message: ({ path }) =>
      `${drawPath(path)}: does not run yet, and starting it takes an await. ` +
      'Use getAsync, or activate it first: await lifecycle.activate(…).',
  },
  ONEIRIC_CONTAINER_ASYNC: {
    summary: 'Something that is built asynchronously was asked for synchronously.',
    message: ({ path, what }) => `${drawPath(path)}: ${what}. Use getAsync.`,
  },
  ONEIRIC_CONTAINER_FAILED: {
    summary: 'A constructor or a factory threw, or a component could not be started.',
    message: ({ path, thrown }) => `${drawPath(path)}: ${thrown}`,
  },
  ONEIRIC_CONTAINER_CLOSED: {
    summary: 'A resolver or a scope was used after it was disposed.',
    message: ({ what }) => `${what} was disposed and gives nothing any more. Create another one.`,
  },
  ONEIRIC_CONTAINER_CLASS_INVALID: {
    summary: 'A class cannot be registered as it is.',
    message: ({ name, problem }) => `The class ${name} ${problem}`,
  },
  ONEIRIC_CONTAINER_ALREADY_BOUND: {
    summary: 'The application has bound an identifier itself that the registry would bind.',
    message: ({ identifiers }) =>
      `The container has a binding of its own for ${identifiers.join(', ')}. Remove it, or say which counts: ` +
      'bindRegistry(container, registry, { onConflict: "application" }) or "registry".',
  },
  ONEIRIC_CONTAINER_ARGUMENT_INVALID: {
    summary: 'The container was called with something that it cannot use.',
    message: ({ what, found, expected }) => `${what}: found ${found}; expected ${expected}.`,
  },
  ONEIRIC_CONTAINER_GRAPH_INVALID: {
    summary: 'What is registered does not fit together.',
    message: ({ problems }) =>
      `What is registered does not fit together:${problems.map(({ message }) => `\n  ${message}`).join('')}`,
  },
};

/** Something that the container was called with and cannot use. */
export function argumentInvalid(what: string, found: string, expected: string): Error {
  return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_ARGUMENT_INVALID', { what, found, expected });
}

interface MissingOptions {
  readonly cause?: unknown;
  /** A class of the application, which is on no path of ours. */
  readonly askedBy?: string | null;
}

/** Nothing wins at the end of the path; the explanation says why, also as the cause where there is no other. */
export function missingError(
  path: readonly DependencyStep[],
  explanation: Explanation,
  { cause = new ResolutionError(explanation), askedBy = null }: MissingOptions = {},
): OneiricError<'ONEIRIC_CONTAINER_MISSING'> {
  const nearest = explanation.unknown.find((each) => each.nearest !== null)?.nearest ?? null;
  const asker = askedBy === null ? '' : ` The class ${askedBy} asks for it.`;
  const details = { path, reason: `${explanation.summary}${asker}`, explanation, nearest };
  return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_MISSING', details, { cause });
}

export function cycleError(path: readonly DependencyStep[]): OneiricError<'ONEIRIC_CONTAINER_CYCLE'> {
  return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_CYCLE', { path });
}

export function leakError(
  path: readonly DependencyStep[],
  holder: Scope,
  held: Scope,
): OneiricError<'ONEIRIC_CONTAINER_SCOPE_LEAK'> {
  return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_SCOPE_LEAK', { path, holder, held });
}

/** The error of a problem that was found before anything was built. */
export function problemError(problem: GraphProblem): OneiricError {
  switch (problem.kind) {
    case 'missing':
      return missingError(problem.path, problem.explanation);
    case 'cycle':
      return cycleError(problem.path);
    case 'scope-leak':
      return leakError(problem.path, problem.holder, problem.held);
    case 'unknown-name':
      return graphInvalid([problem]);
  }
  return problem satisfies never;
}

export function graphInvalid(
  problems: readonly GraphProblem[],
): OneiricError<'ONEIRIC_CONTAINER_GRAPH_INVALID'> {
  return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_GRAPH_INVALID', { problems });
}

export function unknownNameMessage(
  path: readonly DependencyStep[],
  name: string,
  nearest: string | null,
): string {
  const meant = nearest === null ? '' : ` Did you mean "${nearest}"?`;
  return `${drawPath(path)}: the selection names "${name}", and nobody offers a provider of that name.${meant}`;
}
