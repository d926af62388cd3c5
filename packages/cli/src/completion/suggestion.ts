/** One thing that a shell may offer, and a few words about it. */
export interface Suggestion {
  readonly value: string;
  readonly words?: string;
}

/** What a shell may offer for the word at the cursor. */
export type Suggestions =
  | { readonly kind: 'values'; readonly values: readonly Suggestion[] }
  /** Places on the disk: every shell knows best how to offer these. */
  | { readonly kind: 'file' | 'folder' };

export const NOTHING: Suggestions = { kind: 'values', values: [] };

/** As the scripts for the shells read it: a value, a tab and its words on each line, or `:file` or `:folder` alone. */
export function formatSuggestions(suggestions: Suggestions): string {
  if (suggestions.kind !== 'values') return `:${suggestions.kind}\n`;
  return suggestions.values.map(({ value, words }) => `${value}\t${words ?? ''}\n`).join('');
}
