import { createRequire } from 'node:module';

import type { CandidateInput } from '@oneiric/core';

const { dependencies } = createRequire(import.meta.url)('../package.json') as {
  dependencies: Record<string, string>;
};

/** The source of a candidate that an npm package implements: reports then name the package and its version. */
export function npmPackage(name: string): NonNullable<CandidateInput['source']> {
  return { kind: 'config', id: name, package: name, version: dependencies[name] ?? 'unknown' };
}
