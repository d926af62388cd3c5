export interface Cache {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string, ttlMs: number): Promise<void>;
}

export const CACHE = { domain: 'adapter', key: 'cache' } as const;
