/* eslint-disable @typescript-eslint/no-unsafe-return -- what does not compile has no type */
/** What the compiler says of settings: a factory gets what its candidate's schema puts out. Compiled by `npm test`. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { z } from 'zod';

import { defineCandidate } from '../../src/config/define-candidate.js';
import { defineConfig } from '../../src/config/define-config.js';
import type { LoadedConfig } from '../../src/config/loaded-config.js';

const ADAPTER = { domain: 'adapter', key: 'cache' } as const;
const SETTINGS = z.object({ url: z.string(), port: z.coerce.number().default(6379) });
declare const own: StandardSchemaV1<unknown, { readonly depth: number }>;
declare const loaded: LoadedConfig;

export const typed = defineCandidate({
  ...ADAPTER,
  settings: SETTINGS,
  factory: ({ settings }) => `${settings.url}:${settings.port.toFixed()}`,
  health: (instance) => instance.startsWith('redis:'),
});

export const ofAnyLibrary = defineCandidate({
  ...ADAPTER,
  settings: own,
  factory: ({ settings }) => settings.depth.toFixed(),
});

/** Both fit into one configuration. */
export const config = defineConfig({ candidates: [typed, ofAnyLibrary] });

/** Who asks for the settings of a candidate with a schema gets their type. */
export const asked: Promise<{ url: string; port: number }> = loaded.settings.of({
  ...ADAPTER,
  settings: SETTINGS,
});

export const misspelt = defineCandidate({
  ...ADAPTER,
  settings: SETTINGS,
  // error TS2551: Property 'uri' does not exist on type '{ url: string; port: number; }'. Did you mean 'url'?
  // @ts-expect-error
  factory: ({ settings }) => settings.uri,
});

export const untyped = defineCandidate({
  ...ADAPTER,
  // error TS18046: 'settings' is of type 'unknown'
  // @ts-expect-error
  factory: ({ settings }) => settings.url,
});

export const noSchema = defineCandidate({
  ...ADAPTER,
  // error TS2322: Type '{ url: string; }' is not assignable to type 'StandardSchemaV1<unknown, unknown>'
  // @ts-expect-error
  settings: { url: 'x' },
  factory: () => 1,
});
