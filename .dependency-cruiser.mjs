import { coreLevels, engines, packages } from './layers.mjs';

/** @param {readonly string[]} names */
const anyOf = (names) => `(${names.join('|')})`;

/** @param {string} text */
const literally = (text) => text.replaceAll(/[.\\/]/g, '\\$&');

const core = '^packages/core/src';

/** @typedef {import('dependency-cruiser').IRegularForbiddenRuleType} Rule */

/** @type {Rule[]} */
const levelRules = coreLevels.flatMap((folders, level) =>
  folders.map((folder) => ({
    name: `core-${folder}-imports-downwards`,
    comment: `${folder} is on level ${level}: it imports lower levels only, see layers.mjs`,
    severity: 'error',
    from: { path: `${core}/${folder}/` },
    to: { path: `${core}/`, pathNot: `${core}/${anyOf([folder, ...coreLevels.slice(0, level).flat()])}/` },
  })),
);

/** @type {Rule[]} */
const packageRules = Object.entries(packages).map(([name, allowed]) => ({
  name: `${name}-imports-allowed-packages`,
  comment: `${name} imports ${allowed.join(', ') || 'no other package of the workspace'}, and their public entries only`,
  severity: 'error',
  from: { path: `^packages/${name}/` },
  to: {
    path: '^(packages|tests|bench)/',
    pathNot: [`^packages/${name}/`, ...allowed.map((other) => `^packages/${other}/(dist/|package\\.json$)`)],
  },
}));

/** @type {Rule[]} */
const engineRules = Object.entries(engines).map(([engine, homes]) => ({
  name: `only-one-file-imports-${engine.replace('node:', '')}`,
  comment: `${engine} is used through ${homes.join(' and ')}`,
  severity: 'error',
  from: { path: '^packages/[^/]+/src/', pathNot: homes.map((home) => `^${literally(home)}$`) },
  to: { path: `(^${literally(engine.replace('node:', ''))}$|node_modules/${literally(engine)}/)` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...levelRules,
    ...packageRules,
    ...engineRules,
    {
      name: 'core-folder-has-a-level',
      comment: 'every folder of packages/core/src has its level in layers.mjs',
      severity: 'error',
      from: { path: `${core}/[^/]+/`, pathNot: `${core}/${anyOf(coreLevels.flat())}/` },
      to: {},
    },
    {
      name: 'nobody-imports-the-entry',
      comment: 'index.ts is for users; inside the package a file imports the file it needs',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/' },
      to: { path: '^packages/$1/src/index\\.ts$' },
    },
    {
      name: 'sources-do-not-import-tests',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      to: { path: '^packages/[^/]+/test/' },
    },
    {
      name: 'package-by-name',
      comment: 'a package is imported by its name, so that its exports decide what can be seen',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'package-by-name-from-outside',
      comment: 'tests/ and bench/ see a package as a user does',
      severity: 'error',
      from: { path: '^(tests|bench)/' },
      to: { path: '^packages/', dependencyTypes: ['local'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'declared-dependencies',
      comment: 'a published package has what it imports in its own dependencies, or asks for it as a peer',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer'] },
    },
  ],
  options: {
    exclude: { path: '(^|/)dist/\\.tsbuildinfo' },
    doNotFollow: { path: 'node_modules|(^|/)dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
    tsConfig: { fileName: 'tsconfig.base.json' },
  },
};
