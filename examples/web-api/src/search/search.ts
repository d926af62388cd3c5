export interface Search {
  /** The numbers of the orders in which all words occur. */
  find(words: readonly string[]): Promise<readonly string[]>;
}

export const SEARCH = { domain: 'service', key: 'search' } as const;
export const NEEDS_DATABASE = { database: 'adapter/database' } as const;
