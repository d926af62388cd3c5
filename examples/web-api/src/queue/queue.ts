export interface Queue {
  push(job: string): Promise<void>;
  pop(): Promise<string | undefined>;
}

export const QUEUE = { domain: 'adapter', key: 'queue' } as const;
