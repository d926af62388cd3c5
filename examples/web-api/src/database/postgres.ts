import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { npmPackage } from '../npm-package.js';
import { type Database, DATABASE } from './database.js';

const settings = z.strictObject({ url: z.url(), connections: z.number().int().min(1).max(100).default(10) });
type Settings = z.infer<typeof settings>;

async function connect({ url, connections }: Settings): Promise<Database & AsyncDisposable> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url, max: connections });
  return {
    query: async (text, values) => (await pool.query<Record<string, unknown>>(text, [...values])).rows,
    [Symbol.asyncDispose]: () => pool.end(),
  };
}

export const postgres = defineCandidate<Database & AsyncDisposable, Settings>({
  ...DATABASE,
  provider: 'postgres',
  source: npmPackage('pg'),
  capabilities: ['sql', 'transactions', 'fulltext'],
  settings,
  factory: (context) => connect(context.settings),
});

/** A copy that is only read: for when the database itself is away. */
export const postgresReplica = defineCandidate<Database & AsyncDisposable, Settings>({
  ...DATABASE,
  provider: 'postgres-replica',
  source: npmPackage('pg'),
  priority: -10,
  capabilities: ['sql', 'fulltext'],
  settings,
  factory: (context) => connect(context.settings),
});
