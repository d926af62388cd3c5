/**
 * What may import what. The layer check (.dependency-cruiser.mjs) and the lint rules (eslint.config.mjs) read this.
 */

/** Packages of the workspace, and those each may import, by package name only. */
export const packages = {
  core: [],
  cli: ['core'],
  demo: ['cli', 'core'],
};

/** Folders of packages/core/src from the bottom up. A folder imports lower levels only, never a sibling. */
export const coreLevels = [
  ['errors'],
  ['foundation'],
  ['observability', 'security'],
  ['concurrency', 'decision'],
  ['dependencies'],
  ['registry'],
  ['lifecycle'],
  ['container', 'plugins', 'attach', 'manifest', 'workers'],
  ['config'],
  ['lockfile', 'doctor', 'telemetry', 'plugin-contract'],
];

/** Foreign engines, and the one file of a package that may import each. */
export const engines = {
  'node:async_hooks': ['packages/core/src/concurrency/lock-context.ts', 'packages/cli/src/plugin-context.ts'],
  'async-mutex': ['packages/core/src/concurrency/gate.ts'],
  inversify: ['packages/core/src/container/inversify.ts'],
  'reflect-metadata': ['packages/core/src/container/inversify.ts'],
  commander: ['packages/cli/src/program.ts'],
  '@opentelemetry/api': ['packages/core/src/telemetry/opentelemetry-api.ts'],
};
