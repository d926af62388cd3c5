import type { Candidate, Explanation, Key, RegistryReads, ResolveRequest } from '@oneiric/core';

import { type Cache, CACHE } from './cache/cache.js';
import { type Compressor, COMPRESSOR } from './compressor/compressor.js';
import { type Digest, DIGEST } from './digest/digest.js';
import { type Ids, IDS } from './ids/ids.js';
import { type Logger, LOGGER } from './logger/logger.js';
import { type Reader, READER } from './reader/reader.js';
import { type Serializer, SERIALIZER } from './serializer/serializer.js';

/** What the job works with: one instance per key, whoever provides it. */
export interface Tools {
  readonly reader: Reader;
  readonly serializer: Serializer;
  readonly compressor: Compressor;
  readonly cache: Cache;
  readonly ids: Ids;
  readonly digest: Digest;
  readonly logger: Logger;
}

/** A key, and what the job asks of it beyond its name. */
export interface Wanted<T = unknown> {
  readonly key: Key<T>;
  readonly request?: ResolveRequest;
}

/** The questions that the job puts to the registry. */
export const WANTED: { readonly [N in keyof Tools]: Wanted<Tools[N]> } = {
  reader: { key: READER },
  serializer: { key: SERIALIZER },
  compressor: { key: COMPRESSOR },
  cache: { key: CACHE, request: { capabilities: ['bounded'] } },
  ids: { key: IDS },
  digest: { key: DIGEST, request: { capabilities: ['cryptographic', 'native'], requireAll: false } },
  logger: { key: LOGGER },
};

export type ToolName = keyof Tools;
export const TOOL_NAMES = Object.keys(WANTED) as readonly ToolName[];

/** The decision behind every tool. */
export type ToolExplanations = Readonly<Record<ToolName, Explanation>>;

export function explainTools(registry: RegistryReads): ToolExplanations {
  const entries = TOOL_NAMES.map((name) => [name, registry.explain(WANTED[name].key, WANTED[name].request)]);
  return Object.fromEntries(entries) as ToolExplanations;
}

/**
 * Builds an instance of the winner of every key.
 *
 * @throws a `ResolutionError` that carries the explanation, where nothing wins a key
 */
export async function buildTools(registry: RegistryReads): Promise<Tools> {
  const winner = <T>({ key, request }: Wanted<T>): Promise<T> => build(registry.require(key, request));
  const [reader, serializer, compressor, cache, ids, digest, logger] = await Promise.all([
    winner(WANTED.reader),
    winner(WANTED.serializer),
    winner(WANTED.compressor),
    winner(WANTED.cache),
    winner(WANTED.ids),
    winner(WANTED.digest),
    winner(WANTED.logger),
  ]);
  return { reader, serializer, compressor, cache, ids, digest, logger };
}

/**
 * Calls the factory of a candidate. Oneiric decides; it does not build instances yet, so the demo does this itself:
 * no instance is shared, nothing is injected, no settings are read, and who builds has to close.
 */
export async function build<T>(candidate: Candidate<T>): Promise<T> {
  const { factory, domain, key, provider } = candidate;
  if (typeof factory === 'string') {
    throw new Error(
      `${domain}/${key} ${provider} is a reference (${factory}), and nothing loads references yet.`,
    );
  }
  return factory({
    settings: undefined,
    signal: new AbortController().signal,
    inject: {},
    candidate,
  });
}
