import type { ContractRuleId } from '@oneiric/core/plugin-contract';

/** A package, as it is written into a folder. */
export interface Package {
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
}

/** A package that breaks one rule. */
export interface Mutant {
  readonly rule: ContractRuleId;
  readonly what: string;
  readonly mutate: (from: Package) => Package;
  /** Whether it is about what npm packs. */
  readonly asksNpm?: true;
  /** Where it would take all of the time that it is given. */
  readonly timeoutMs?: number;
  /** In the message. Default: nothing in particular. */
  readonly found?: RegExp;
}

const PLUGIN = `
import { definePlugin } from '@oneiric/core';
import { createStore } from './store.js';

export default definePlugin({
  name: 'mutant',
  setup({ register }) {
    register({ domain: 'adapter', key: 'store', provider: 'memory', factory: createStore });
  },
});
`;

const STORE = `
export function createStore() {
  const values = new Map();
  return { get: (name) => values.get(name), health: () => true, close: () => values.clear() };
}
`;

/** It keeps the contract. */
export const WELL_BEHAVED: Package = {
  manifest: {
    name: 'mutant',
    version: '1.0.0',
    type: 'module',
    files: ['plugin.js', 'store.js'],
    peerDependencies: { '@oneiric/core': '^0.1.0' },
    oneiric: {
      plugin: './plugin.js',
      provides: [{ domain: 'adapter', key: 'store', provider: 'memory' }],
    },
  },
  files: { 'plugin.js': PLUGIN, 'store.js': STORE },
};

/** With other fields in its package.json. */
const declaring =
  (fields: Readonly<Record<string, unknown>>) =>
  ({ manifest, files }: Package): Package => ({ manifest: { ...manifest, ...fields }, files });

/** With this before the plugin module. */
const beginning =
  (code: string) =>
  ({ manifest, files }: Package): Package => ({
    manifest,
    files: { ...files, 'plugin.js': `${code}\n${PLUGIN}` },
  });

/** With this setup, which has `store(provider)` for a candidate. */
const settingUp =
  (body: string, before = '') =>
  ({ manifest, files }: Package): Package => ({
    manifest,
    files: {
      ...files,
      'plugin.js': `
        import { definePlugin } from '@oneiric/core';
        import { createStore } from './store.js';
        const store = (more) => ({ domain: 'adapter', key: 'store', provider: 'memory', factory: createStore, ...more });
        ${before}
        export default definePlugin({ name: 'mutant', async setup({ register }) { ${body} } });`,
    },
  });

/** With this candidate in the place of its own. */
const offering = (fields: string, before = '') => settingUp(`register(store({ ${fields} }));`, before);

const never = 'new Promise(() => undefined)';

export const MUTANTS: readonly Mutant[] = [
  { rule: 'declared', what: 'a package.json that names no plugin', mutate: declaring({ oneiric: {} }) },
  {
    rule: 'entry',
    what: 'a plugin that is not there',
    mutate: declaring({ oneiric: { plugin: './dist/plugin.js' } }),
  },
  {
    rule: 'entry',
    what: 'a plugin outside of the package',
    mutate: declaring({ oneiric: { plugin: './../../plugin.js' } }),
  },
  { rule: 'format', what: 'ECMAScript without "type": "module"', mutate: declaring({ type: undefined }) },
  {
    rule: 'core-peer',
    what: 'a core of its own',
    mutate: declaring({ peerDependencies: undefined, dependencies: { '@oneiric/core': '^0.1.0' } }),
  },
  { rule: 'core-peer', what: 'a core that it does not ask for', mutate: declaring({ peerDependencies: {} }) },
  {
    rule: 'core-range',
    what: 'another core',
    mutate: declaring({ peerDependencies: { '@oneiric/core': '>=0.2.0' } }),
  },
  {
    rule: 'packed',
    what: 'a plugin that is not in "files"',
    mutate: declaring({ files: ['store.js'] }),
    asksNpm: true,
  },
  {
    rule: 'packed',
    what: 'an imported module that is not in "files"',
    mutate: declaring({ files: ['plugin.js'] }),
    asksNpm: true,
  },
  {
    rule: 'packed',
    what: 'a referenced module that is not in "files"',
    mutate: (from) =>
      offering(`factory: './store.js#createStore'`)(declaring({ files: ['plugin.js'] })(from)),
    asksNpm: true,
  },
  {
    rule: 'dependencies',
    what: 'an import that nobody installs',
    mutate: beginning(`import '@acme/only-here/deep.js';`),
  },
  { rule: 'import', what: 'a module that throws', mutate: beginning(`throw new Error('no bucket');`) },
  {
    rule: 'import',
    what: 'a top-level await that never settles',
    mutate: beginning(`await ${never};`),
    timeoutMs: 300,
  },
  { rule: 'import', what: 'a module that ends the process', mutate: beginning(`process.exit(3);`) },
  {
    rule: 'import-leaves-nothing',
    what: 'a timer of the module',
    mutate: beginning(`setInterval(() => undefined, 60_000);`),
  },
  {
    rule: 'globals',
    what: 'a module that reaches out of itself',
    mutate: beginning(`
      globalThis.mutant = true;
      Array.prototype.last = function () { return this.at(-1); };
      process.env.MUTANT = 'yes';
      process.on('warning', () => undefined);`),
    found: /"warning".*globalThis\.mutant.*Array\.prototype\.last.*process\.env\.MUTANT/,
  },
  { rule: 'silent', what: 'a greeting', mutate: beginning(`console.log('mutant is loading');`) },
  {
    rule: 'plugin',
    what: 'a class',
    mutate: ({ manifest, files }) => ({
      manifest,
      files: { ...files, 'plugin.js': 'export default class {}' },
    }),
  },
  {
    rule: 'plugin',
    what: 'a name that is none',
    mutate: ({ manifest, files }) => ({
      manifest,
      files: { ...files, 'plugin.js': PLUGIN.replace(`'mutant'`, `'../mutant'`) },
    }),
  },
  { rule: 'setup', what: 'a setup that throws', mutate: settingUp(`throw new Error('no broker');`) },
  { rule: 'setup', what: 'a setup that never settles', mutate: settingUp(`await ${never};`), timeoutMs: 300 },
  { rule: 'setup', what: 'a cleanup that is none', mutate: settingUp(`register(store()); return 5;`) },
  { rule: 'setup', what: 'an endless loop', mutate: settingUp(`for (;;);`), timeoutMs: 300 },
  { rule: 'candidates', what: 'a priority that is no number', mutate: offering(`priority: '10'`) },
  {
    rule: 'candidates',
    what: 'an offer made twice',
    mutate: settingUp(`register(store()); register(store());`),
  },
  {
    rule: 'candidates',
    what: 'a reference to a file that is not there',
    mutate: offering(`factory: './disk.js#create'`),
  },
  { rule: 'candidates', what: 'a plugin that offers nothing', mutate: settingUp(``) },
  { rule: 'needs', what: 'an injected key that is none', mutate: offering(`inject: { clock: 'a/b/c' }`) },
  { rule: 'needs', what: 'a required key that is none', mutate: offering(`requires: ['../clock']`) },
  { rule: 'provides', what: 'another provider', mutate: offering(`provider: 'disk'`) },
  {
    rule: 'provides',
    what: 'a package.json that does not say it',
    mutate: declaring({ oneiric: { plugin: './plugin.js' } }),
  },
  {
    rule: 'abort',
    what: 'a setup that does not look at its signal',
    mutate: settingUp(`register(store()); await new Promise((resolve) => setTimeout(resolve, 1500));`),
  },
  { rule: 'load', what: 'a package for another system', mutate: declaring({ os: ['aix'] }) },
  {
    rule: 'unload',
    what: 'a timer of the setup',
    mutate: settingUp(`register(store()); setInterval(() => undefined, 60_000);`),
  },
  {
    rule: 'unload',
    what: 'a cleanup that throws',
    mutate: settingUp(`register(store()); return () => { throw new Error('already closed'); };`),
  },
  {
    rule: 'reload',
    what: 'a setup that runs only so often',
    mutate: settingUp(
      `if (++setups > 3) throw new Error('already set up'); register(store());`,
      `let setups = 0;`,
    ),
  },
  {
    rule: 'build',
    what: 'a factory that throws',
    mutate: offering(`factory() { throw new Error('no address'); }`),
  },
  {
    rule: 'build',
    what: 'a reference to an export that is not there',
    mutate: offering(`factory: './store.js#createDisk'`),
  },
  { rule: 'build', what: 'a need that nobody meets', mutate: offering(`requires: ['service/clock']`) },
  { rule: 'health', what: 'an instance that is not well', mutate: offering(`health: () => false`) },
  {
    rule: 'cleanup',
    what: 'an instance that cannot be closed',
    mutate: offering(`factory: () => ({ close() { throw new Error('busy'); } })`),
  },
  {
    rule: 'cleanup',
    what: 'instances that the plugin closes, too',
    mutate: settingUp(`
      const stores = [];
      const factory = () => { const made = createStore(); stores.push(made); return made; };
      register(store({ factory }));
      return () => { for (const each of stores) each.close(); };`),
  },
  {
    rule: 'instances-leave-nothing',
    what: 'a timer of an instance',
    mutate: offering(`factory() { setInterval(() => undefined, 60_000); return createStore(); }`),
  },
  {
    rule: 'side-by-side',
    what: 'two instances with one state',
    mutate: offering(
      `factory() { open = true; return { health: () => open, close() { open = false; } }; }`,
      `let open = false;`,
    ),
  },
];
