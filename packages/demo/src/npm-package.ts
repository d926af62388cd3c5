import { readFileSync } from 'node:fs';

import type { CandidateSource } from '@oneiric/core';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/**
 * The source of a candidate that an npm package does the work for: reports show the package and its version, and
 * the stack order of the configuration gives it a priority.
 *
 * @throws where the package is no dependency of this project
 */
export function npmPackage(name: string): CandidateSource {
  const version = manifest.dependencies[name];
  if (version === undefined)
    throw new Error(`${name} is not in the dependencies of package.json: npm install ${name}`);
  return { kind: 'config', package: name, version };
}
