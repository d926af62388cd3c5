export interface Database {
  query(text: string, values: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export const DATABASE = { domain: 'adapter', key: 'database' } as const;
