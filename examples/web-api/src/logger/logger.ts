export interface Logger {
  info(message: string, fields: Readonly<Record<string, unknown>>): void;
}

export const LOGGER = { domain: 'adapter', key: 'logger' } as const;
