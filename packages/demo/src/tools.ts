import type { Explanation, Key, LiveHandle, Oneiric, RegistryReads, ResolveRequest } from '@oneiric/core';

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

/** What stands for each tool, whoever provides it now and later. */
export type LiveTools = { readonly [N in ToolName]: LiveHandle<Tools[N]> };

export function liveTools(oneiric: Pick<Oneiric, 'live'>): LiveTools {
  const entries = TOOL_NAMES.map((name) => {
    const { domain, key } = WANTED[name].key;
    return [name, oneiric.live(domain, key)];
  });
  return Object.fromEntries(entries) as LiveTools;
}

/**
 * Starts whoever wins the question that is asked for each key, and puts it in the place of another one. By itself the
 * lifecycle starts who wins where nothing is asked, who may lack what the job needs.
 *
 * @throws a `ResolutionError` that carries the explanation, where nothing wins a key; what `lifecycle.swap` throws
 */
export async function startTools({ registry, lifecycle }: Oneiric): Promise<void> {
  const wanted = TOOL_NAMES.map((name) => {
    const { key, request } = WANTED[name];
    return registry.require(key.domain, key.key, request);
  });
  await Promise.all(wanted.map(({ domain, key, provider }) => lifecycle.swap(domain, key, { provider })));
}

/**
 * Leases what serves now until `work` settles, so that all of `work` is done by the same instances: what one serializer
 * wrote, another one cannot read. A swap meanwhile serves the next caller, and closes the old one after this.
 *
 * @throws what `work` throws and what `LiveHandle.use` throws; the reason of `signal`, which ends waiting only
 */
export function leaseTools<N extends ToolName, R>(
  tools: Pick<LiveTools, N>,
  names: readonly N[],
  work: (leased: Pick<Tools, N>) => Promise<R>,
  options?: { readonly signal?: AbortSignal },
): Promise<R> {
  const lease = ([name, ...others]: readonly N[], leased: Partial<Pick<Tools, N>>): Promise<R> =>
    name === undefined
      ? work(leased as Pick<Tools, N>)
      : tools[name].use((tool) => lease(others, { ...leased, [name]: tool }), options);
  return lease(names, {});
}
