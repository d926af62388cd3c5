import type { ErrorFamily } from '../errors/error-details.js';
import { NAME_RULE } from '../foundation/name.js';

/** What every error about a request says: where in the request, what was found, what is allowed there. */
interface RequestProblem {
  /** The place: `request`, `request.capabilities[1]`. */
  readonly path: string;
  readonly found: string;
}

/** What every error about a change says: the change as it was written, or as its data. */
interface ChangeProblem {
  readonly text: string;
}

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_DECISION_REQUEST_TYPE: RequestProblem & { readonly wanted: string };
    ONEIRIC_DECISION_REQUEST_NAME: RequestProblem;
    ONEIRIC_DECISION_REQUEST_OPTION: RequestProblem & {
      readonly known: readonly string[];
      readonly nearest: string | null;
    };
    ONEIRIC_DECISION_CHANGE_SYNTAX: ChangeProblem & { readonly nearest: string | null };
    ONEIRIC_DECISION_CHANGE_VALUE: ChangeProblem & {
      readonly found: string;
      readonly min: number;
      readonly max: number;
    };
    ONEIRIC_DECISION_CHANGE_PROVIDER: ChangeProblem & {
      readonly provider: string;
      readonly key: string;
      readonly known: readonly string[];
      readonly nearest: string | null;
    };
    ONEIRIC_DECISION_CHANGE_REGISTRATION: ChangeProblem & {
      readonly provider: string;
      readonly registration: number;
      readonly known: readonly number[];
    };
  }
}

const didYouMean = (nearest: string | null): string =>
  nearest === null ? '' : ` Did you mean "${nearest}"?`;

/** The words of every error about a question that cannot be put. */
export const DECISION_ERRORS: ErrorFamily<'ONEIRIC_DECISION_'> = {
  ONEIRIC_DECISION_REQUEST_TYPE: {
    summary: 'A request, or a part of it, has the wrong type.',
    message: ({ path, found, wanted }) => `${path} is ${found}; it has to be ${wanted}.`,
  },
  ONEIRIC_DECISION_REQUEST_NAME: {
    summary: 'A request asks for a provider or capability with a name that none can have.',
    message: ({ path, found }) => `${path} is ${found}, which is no valid name. A name is ${NAME_RULE}.`,
  },
  ONEIRIC_DECISION_REQUEST_OPTION: {
    summary: 'A request has a property that does not exist.',
    message: ({ path, known, nearest }) =>
      `${path} does not exist.${didYouMean(nearest)} A request may have ${known.join(', ')}.`,
  },
  ONEIRIC_DECISION_CHANGE_SYNTAX: {
    summary: 'A change for "what if" cannot be read.',
    message: ({ text, nearest }) =>
      `${text} is no change that can be tried.${didYouMean(nearest)} ` +
      'Write priority(<provider>)=<number>, stackLevel(<provider>)=<number>, selection=<provider> or without(<provider>); ' +
      '<provider>#<registration> means one of several candidates of a provider.',
  },
  ONEIRIC_DECISION_CHANGE_VALUE: {
    summary: 'A change for "what if" sets a number that is no integer within bounds.',
    message: ({ text, found, min, max }) =>
      `${text} sets ${found}; it has to be an integer from ${String(min)} to ${String(max)}.`,
  },
  ONEIRIC_DECISION_CHANGE_PROVIDER: {
    summary: 'A change for "what if" names a provider that the key does not have.',
    message: ({ text, provider, key, known, nearest }) =>
      `${text} names "${provider}", which nobody offers for ${key}.${didYouMean(nearest)} ` +
      (known.length === 0 ? 'Nothing is registered there.' : `Offered are ${known.join(', ')}.`),
  },
  ONEIRIC_DECISION_CHANGE_REGISTRATION: {
    summary: 'A change for "what if" names a registration that its provider does not have.',
    message: ({ text, provider, registration, known }) =>
      `${text} names registration ${String(registration)}, which is none of ${provider}'s: ${known.join(', ')}.`,
  },
};
