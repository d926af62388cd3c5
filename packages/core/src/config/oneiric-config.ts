import type { CandidateInput } from '../decision/candidate.js';

/** What a project writes in `oneiric.config.*`; every part is optional. */
export interface OneiricConfig {
  /** In YAML and JSON: where an editor finds the schema of this. Nothing reads it. */
  readonly $schema?: string;
  /**
   * The provider that is pinned, by domain and key: `{ adapter: { cache: 'redis' } }`. A pin is that provider or
   * nothing; `{ provider: 'redis', policy: 'prefer' }` falls back to the ranking where it is missing.
   */
  readonly selections?: Readonly<Record<string, Readonly<Record<string, ConfigSelection>>>>;
  /**
   * Priorities by package, −1000…1000, for candidates that give none of their own. A list is worth
   * 0, 10, 20, … in its order, so its last package ranks highest; it holds at most 101.
   */
  readonly stackOrder?: Readonly<Record<string, number>> | readonly string[];
  /** The priority of a candidate that has none from elsewhere. Default: 0. */
  readonly defaultPriority?: number;
  /** In YAML and JSON a `factory` is a reference: `package/path#export` or `./file.js#export`. */
  readonly candidates?: readonly CandidateInput[];
  /** Packages whose plugins are loaded; `false` for none. Default: those among the project's dependencies. */
  readonly plugins?: readonly string[] | false;
  /** Milliseconds that the import, the setup and the cleanup of a plugin may take each, 1…600,000. Default: 10,000. */
  readonly pluginTimeoutMs?: number;
  /** The packages that references to factories may lead into. Default: the project's direct dependencies. */
  readonly allowedPackages?: readonly string[];
  /**
   * Settings by domain, key and provider: plain data. A text `env:NAME` or `file:path` refers to a secret; a literal
   * that begins so is written with a backslash before it.
   */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  /** What differs in a named environment. */
  readonly environments?: Readonly<Record<string, Omit<OneiricConfig, 'environments' | '$schema'>>>;
}

export type ConfigSelection = string | { readonly provider: string; readonly policy?: 'pin' | 'prefer' };
