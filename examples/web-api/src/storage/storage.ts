export interface Storage {
  put(path: string, bytes: Uint8Array): Promise<void>;
  get(path: string): Promise<Uint8Array>;
}

export const STORAGE = { domain: 'adapter', key: 'storage' } as const;
