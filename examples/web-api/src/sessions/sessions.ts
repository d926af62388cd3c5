export interface Sessions {
  open(user: string): Promise<string>;
  userOf(session: string): Promise<string | undefined>;
}

export const SESSIONS = { domain: 'service', key: 'sessions' } as const;
