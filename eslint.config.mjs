import { basename } from 'node:path';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';
import { engines } from './layers.mjs';

/**
 * A file is named after its main export, in kebab-case; a second part says its kind: `key.test.ts`.
 * @type {import('eslint').Rule.RuleModule}
 */
const kebabCaseFileName = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { name: 'Name the file in kebab-case, not "{{name}}".' },
  },
  create: (context) => ({
    Program(node) {
      const name = basename(context.filename);
      if (!/^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(name)) {
        context.report({ node, messageId: 'name', data: { name } });
      }
    },
  }),
};

/**
 * @param {string} [file] a file that may import some of them
 * @returns {import('eslint').Linter.RuleEntry}
 */
const enginesKeptFrom = (file) => [
  'error',
  {
    paths: Object.entries(engines)
      .filter(([, homes]) => file === undefined || !homes.includes(file))
      .map(([name, homes]) => ({ name, message: `Only ${homes.join(' and ')} imports it: layers.mjs.` })),
  },
];

const engineHomes = [...new Set(Object.values(engines).flat())].map((home) => ({
  files: [home],
  rules: { 'no-restricted-imports': enginesKeptFrom(home) },
}));

/** Files whose default export is what their reader asks for. */
const configFiles = ['*.mjs', '.*.mjs', '**/*.config.{ts,mts,js,mjs}', '**/fixtures/**'];

/** Packages of JavaScript as somebody else writes them, for Node. */
const pluginPackages = ['examples/plugin-template/**/*.js', 'tests/plugins/packages/**/*.js'];

export default defineConfig(
  globalIgnores(['**/dist/', '**/coverage/', '**/reports/', '**/.stryker-tmp/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,mts,js,mjs}'],
    plugins: { oneiric: { rules: { 'kebab-case-file-name': kebabCaseFileName } } },
    rules: {
      'oneiric/kebab-case-file-name': 'error',
      eqeqeq: 'error',
      'no-warning-comments': 'error',
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
    },
  },
  {
    files: [...configFiles, ...pluginPackages, 'examples/*/plugins/*/plugin.js'],
    rules: { 'no-restricted-exports': 'off' },
  },
  // They run in a test, which finds what is not defined.
  { files: pluginPackages, rules: { 'no-undef': 'off' } },
  {
    files: ['**/*.{ts,mts}', 'scripts/**/*.mjs'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['packages/demo/oneiric.config.ts'],
          defaultProject: 'tsconfig.base.json',
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // It takes a cast of an unknown value to a class for a claim about how the value was made.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/strict-boolean-expressions': ['error', { allowNullableBoolean: true }],
      // A template takes numbers; anything else says how it wants to be written.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreUsingDeclarations: true },
      ],
      // `async` is also the promise never to throw synchronously.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 250, skipComments: true, skipBlankLines: true }],
      'no-restricted-imports': enginesKeptFrom(),
    },
  },
  ...engineHomes,
  {
    files: ['packages/core/src/**/*.ts'],
    ignores: ['packages/core/src/foundation/clock.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'setImmediate', 'performance'].map((name) => ({
          name,
          message: 'Time comes through foundation/clock.ts.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes through foundation/clock.ts.' },
        { object: 'Math', property: 'random', message: 'A report is reproducible, byte for byte.' },
      ],
    },
  },
  {
    files: ['**/test/**/*.ts', 'tests/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/no-disabled-tests': 'error',
      'jest/no-commented-out-tests': 'error',
      'jest/prefer-strict-equal': 'off',
      // Contract suites are exported and named by their caller; properties assert in a helper.
      'jest/no-export': 'off',
      'jest/valid-title': ['error', { ignoreTypeOfDescribeName: true, ignoreTypeOfTestName: true }],
      'jest/expect-expect': 'off',
      'jest/no-standalone-expect': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Matchers such as expect.any() and the values of it.each are typed `any`.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // Tests look at methods, throw what is no error, and await what only might be a promise, on purpose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // A reader that runs beside the writer expects something at every turn, inside its loop.
      'jest/no-conditional-expect': 'off',
    },
  },
  {
    // What the compiler has to refuse: the expected message stands in the line above.
    files: ['**/*.types.ts'],
    rules: { '@typescript-eslint/ban-ts-comment': 'off', '@typescript-eslint/no-unsafe-call': 'off' },
  },
  {
    files: ['scripts/**/*.mjs', '*.mjs', '.*.mjs'],
    rules: {
      // The compiler checks these files, and knows which names exist.
      'no-undef': 'off',
      // The rules do not see a cast that is written as JSDoc.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
