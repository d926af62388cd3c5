import type { ErrorFamily } from '../errors/error-details.js';
import { createError } from '../errors/oneiric-error.js';
import { NAME_RULE } from '../foundation/name.js';

/** One thing wrong with what was given: where, what was found, what would be right. */
export interface InputProblem {
  /** `candidates[3].priority`, `stackOrder.@acme/redis` */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
}

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_REGISTRY_NAME_INVALID: { readonly what: string; readonly found: string };
    ONEIRIC_REGISTRY_CANDIDATE_INVALID: { readonly problems: readonly InputProblem[] };
    ONEIRIC_REGISTRY_OPTION_INVALID: { readonly problems: readonly InputProblem[] };
    ONEIRIC_REGISTRY_DUPLICATE: {
      readonly domain: string;
      readonly key: string;
      readonly provider: string;
      readonly source: string;
      readonly indexes: readonly [number, number];
    };
    ONEIRIC_REGISTRY_SOURCE_INVALID: { readonly reason: string };
    ONEIRIC_REGISTRY_SELECTION_INVALID: {
      readonly domain: string;
      readonly key: string;
      readonly found: string;
    };
    ONEIRIC_REGISTRY_MARK_INVALID: { readonly found: string; readonly expected: string };
    ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN: {
      readonly domain: string;
      readonly key: string;
      readonly provider: string;
      readonly sequence: number;
    };
    ONEIRIC_REGISTRY_EVENT_UNKNOWN: { readonly found: string };
    ONEIRIC_REGISTRY_SNAPSHOT_INVALID: { readonly problems: readonly InputProblem[] };
    ONEIRIC_REGISTRY_FACTORY_ELSEWHERE: {
      readonly domain: string;
      readonly key: string;
      readonly provider: string;
    };
    ONEIRIC_REGISTRY_TX_CHILD_ACTIVE: { readonly role: 'transaction' | 'child' };
    ONEIRIC_REGISTRY_TX_CLOSED: { readonly method: string };
    ONEIRIC_REGISTRY_TX_FOREIGN: { readonly method: string };
  }
}

function listProblems(problems: readonly InputProblem[]): string {
  return problems.map((p) => `\n  ${p.path}: found ${p.found}; expected ${p.expected}`).join('');
}

/** The words of everything that the registry refuses. */
export const REGISTRY_ERRORS: ErrorFamily<'ONEIRIC_REGISTRY_'> = {
  ONEIRIC_REGISTRY_NAME_INVALID: {
    summary: 'A domain, key, provider or capability has a name that is not allowed.',
    message: (d) => `The ${d.what} ${d.found} is not a valid name. Use ${NAME_RULE}.`,
  },
  ONEIRIC_REGISTRY_CANDIDATE_INVALID: {
    summary: 'What was registered is not a valid candidate. Nothing was registered.',
    message: (d) => `Nothing was registered: the candidate is not valid.${listProblems(d.problems)}`,
  },
  ONEIRIC_REGISTRY_OPTION_INVALID: {
    summary: 'An option of the registry or of one of its methods is not valid.',
    message: (d) => `The options are not valid.${listProblems(d.problems)}`,
  },
  ONEIRIC_REGISTRY_DUPLICATE: {
    summary: 'One source offers the same domain, key and provider twice in one call. Nothing was registered.',
    message: (d) =>
      `Nothing was registered: ${d.source} offers ${d.domain}/${d.key} with provider "${d.provider}" twice ` +
      `(candidates[${String(d.indexes[0])}] and candidates[${String(d.indexes[1])}]). ` +
      `Remove one, or give one of them another provider name.`,
  },
  ONEIRIC_REGISTRY_SOURCE_INVALID: {
    summary: 'The source of a replacement cannot be told from others.',
    message: (d) => `The source is not valid: ${d.reason}`,
  },
  ONEIRIC_REGISTRY_SELECTION_INVALID: {
    summary: 'A selection is neither a provider name nor { provider, policy }.',
    message: (d) =>
      `The selection for ${d.domain}/${d.key} is not valid: found ${d.found}. ` +
      `Give a provider name, or { provider, policy } with policy "pin" or "prefer".`,
  },
  ONEIRIC_REGISTRY_MARK_INVALID: {
    summary: 'A mark has an unknown code or a detail that is neither text nor data.',
    message: (d) => `The mark is not valid: found ${d.found}; expected ${d.expected}.`,
  },
  ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN: {
    summary: 'The candidate is not registered here, or not any more.',
    message: (d) =>
      `${d.domain}/${d.key} has no candidate "${d.provider}" with registration ${String(d.sequence)}: it was ` +
      `unregistered, or belongs to another registry. Resolve or list it again and use that object.`,
  },
  ONEIRIC_REGISTRY_EVENT_UNKNOWN: {
    summary: 'There is no event of that name.',
    message: (d) => `There is no event ${d.found}. Use "changed" or "decision-changed".`,
  },
  ONEIRIC_REGISTRY_SNAPSHOT_INVALID: {
    summary: 'What was given as the state of a registry is not what snapshotJson writes.',
    message: (d) =>
      `The state of the registry cannot be read. Use the same version of @oneiric/core on both sides.` +
      listProblems(d.problems),
  },
  ONEIRIC_REGISTRY_FACTORY_ELSEWHERE: {
    summary: 'A candidate of a snapshot from another process was built: its code is not here.',
    message: (d) =>
      `${d.domain}/${d.key} ${d.provider} cannot be built here: this is the state of a registry in another ` +
      `process, without its code. Build it there.`,
  },
  ONEIRIC_REGISTRY_TX_CHILD_ACTIVE: {
    summary: 'A transaction ended while a call inside it was still running. All of it was rolled back.',
    message: (d) =>
      d.role === 'transaction'
        ? 'The transaction was rolled back: a nested transaction that it had started was still running when its ' +
          'work settled. Await everything that is started inside the work.'
        : 'This write was rolled back together with the transaction it was started in, whose work settled first. ' +
          'Await it inside that work.',
  },
  ONEIRIC_REGISTRY_TX_CLOSED: {
    summary: 'A transaction object was used after its transaction had ended.',
    message: (d) =>
      `${d.method}() came after the transaction had ended. Use the registry itself, or a new transaction.`,
  },
  ONEIRIC_REGISTRY_TX_FOREIGN: {
    summary: 'A transaction object was used outside the async context of its transaction.',
    message: (d) =>
      `${d.method}() was called on a transaction from outside its async context, where the lock is not held. ` +
      `Call it inside the transaction's work, or use the registry itself.`,
  },
};

/** The error that lists what is wrong with the options of a registry or of one of its methods. */
export function optionInvalid(problems: readonly InputProblem[]): Error {
  return createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_OPTION_INVALID', { problems });
}
