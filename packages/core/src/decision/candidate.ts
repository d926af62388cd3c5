import type { StandardSchemaV1 } from '@standard-schema/spec';

import type { JsonObject } from '../foundation/json.js';
import type { Key } from '../foundation/key.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import type { ValueOrigin } from './value-origin.js';

/** Who offers a candidate. The same source (`kind` and `id`) that registers again replaces its earlier offer. */
export interface CandidateSource {
  readonly kind: 'manual' | 'config' | 'plugin' | 'manifest' | 'worker' | 'remote';
  readonly id?: string;
  /** The npm package it came from; the stack order gives priorities by this name. */
  readonly package?: string;
  readonly version?: string;
  /** Where it was written: a file, and the place in it (both count from 1). */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Of a plugin that was reloaded, from 2: a reference in it is loaded from this generation of its modules. No report shows it. */
  readonly generation?: number;
}

/** What a factory is called with. */
export interface FactoryContext<S = unknown> {
  readonly settings: S;
  readonly signal: AbortSignal;
  readonly inject: Readonly<Record<string, LiveHandle<unknown>>>;
  readonly candidate: Candidate;
}

/**
 * Builds one instance; may be asynchronous.
 *
 * Declared as the type of a method, as `HealthCheck` is, so that a candidate of any type is a `Candidate` and a list
 * can hold different ones: a factory is only called with the settings, and a check with the instance, of its own.
 */
export type Factory<T = unknown, S = unknown> = {
  build(context: FactoryContext<S>): T | Promise<T>;
}['build'];

/** Says whether an instance is well. */
export type HealthCheck<T = unknown> = { check(instance: T): boolean | Promise<boolean> }['check'];

/**
 * Carries what the old instance knows over to the new one, of whichever provider each is, before the new one serves.
 * No call is in flight on the old one meanwhile, and none begins on either.
 */
export type Handover<T = unknown> = {
  carry(from: unknown, to: T, options: { readonly signal: AbortSignal }): void | Promise<void>;
}['carry'];

/**
 * How many instances there are: one for all (`singleton`, which the lifecycle runs), a new one for each who asks
 * (`transient`), or one per scope of the container (`scoped`).
 */
export const SCOPES = ['singleton', 'transient', 'scoped'] as const;
export type Scope = (typeof SCOPES)[number];

/** Something that has to be offered, too, before a candidate is eligible. */
export interface Requirement {
  readonly domain: string;
  readonly key: string;
  readonly capabilities?: readonly string[];
}

export interface PlatformRequirement {
  /** Values of `process.platform`, one of which has to match. */
  readonly os?: readonly string[];
  /** A semver range that the Node version has to satisfy. */
  readonly node?: string;
}

/** What an application, a plugin or a configuration writes to offer a provider. */
export interface CandidateInput<T = unknown, S = unknown> {
  readonly domain: string;
  readonly key: string;
  /** Default: `default`. */
  readonly provider?: string;
  /** An integer in -1000…1000. Default: what the stack order gives its package, else the registry's default priority. */
  readonly priority?: number;
  /** An integer in -100…100. Default: 0. */
  readonly stackLevel?: number;
  readonly capabilities?: readonly string[];
  readonly version?: string;
  /** The factory itself, or a reference to it: `package/path#export`. */
  readonly factory: Factory<T, S> | string;
  /** What it needs, static, so that a graph can be checked without building anything. */
  readonly inject?: Readonly<Record<string, Key | string>>;
  readonly settings?: StandardSchemaV1<unknown, S>;
  readonly health?: HealthCheck<T>;
  /** Called in a swap to this candidate, where another instance of its key runs. */
  readonly handover?: Handover<T>;
  /** Default: `singleton`. */
  readonly scope?: Scope;
  /** `domain/key`, or a key of its own domain, or the long form. */
  readonly requires?: readonly (string | Requirement)[];
  /** Providers of the same key that it must not stand beside; it yields to them. */
  readonly conflictsWith?: readonly string[];
  readonly platform?: PlatformRequirement;
  readonly metadata?: JsonObject;
  /** Default: `{ kind: 'manual' }`. */
  readonly source?: CandidateSource;
}

/** A provider offered for a domain and key: deeply frozen, independent of the object it was registered from. */
export interface Candidate<T = unknown, S = unknown> {
  readonly domain: string;
  readonly key: string;
  readonly provider: string;
  /** Its place in the order of registrations: dense, strictly increasing, kept when its source replaces it. */
  readonly sequence: number;
  /** The priority that counts; `origins.priority` says where it came from. */
  readonly priority: number;
  readonly stackLevel: number;
  /** Without duplicates, in the order given. */
  readonly capabilities: readonly string[];
  readonly version: string | undefined;
  readonly factory: Factory<T, S> | string;
  readonly inject: Readonly<Record<string, Key | string>> | undefined;
  readonly settings: StandardSchemaV1<unknown, S> | undefined;
  readonly health: HealthCheck<T> | undefined;
  readonly handover: Handover<T> | undefined;
  readonly scope: Scope;
  readonly requires: readonly Requirement[];
  readonly conflictsWith: readonly string[];
  readonly platform: PlatformRequirement | undefined;
  readonly metadata: JsonObject | undefined;
  readonly source: CandidateSource;
  readonly origins: CandidateOrigins;
}

/** Where the values that the ranking used came from. */
export interface CandidateOrigins {
  readonly priority: ValueOrigin;
  readonly stackLevel: ValueOrigin;
  /** Where the candidate itself was written. */
  readonly site: ValueOrigin | undefined;
}
