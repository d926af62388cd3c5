import type { Candidate } from '../decision/candidate.js';
import type { MarkCode, MarkDetail } from '../decision/mark.js';
import type { Selection } from '../decision/selection.js';

/** One thing that a commit did, in the order in which it was done. */
export type RegistryChange =
  | { readonly kind: 'registered'; readonly candidate: Candidate }
  | { readonly kind: 'replaced'; readonly candidate: Candidate; readonly previous: Candidate }
  | { readonly kind: 'unregistered'; readonly candidate: Candidate }
  | {
      readonly kind: 'selected';
      readonly domain: string;
      readonly key: string;
      readonly selection: Selection;
      readonly previous: Selection | undefined;
    }
  | {
      readonly kind: 'selection-cleared';
      readonly domain: string;
      readonly key: string;
      readonly previous: Selection;
    }
  | {
      readonly kind: 'marked';
      readonly candidate: Candidate;
      readonly code: MarkCode;
      readonly detail: MarkDetail;
    }
  | { readonly kind: 'mark-cleared'; readonly candidate: Candidate; readonly code: MarkCode }
  /** After those candidates that it ranked differently, each of which was replaced. */
  | { readonly kind: 'ranking-defaults-changed' };
