const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

export default {
  // A busy machine is no failure; a test that hangs still is.
  testTimeout: 60_000,
  projects: [
    { ...shared, displayName: 'core', rootDir: 'packages/core', testMatch: ['<rootDir>/test/**/*.test.ts'] },
    { ...shared, displayName: 'cli', rootDir: 'packages/cli', testMatch: ['<rootDir>/test/**/*.test.ts'] },
    { ...shared, displayName: 'demo', rootDir: 'packages/demo', testMatch: ['<rootDir>/test/**/*.test.ts'] },
    {
      ...shared,
      displayName: 'tests',
      rootDir: 'tests',
      testMatch: ['<rootDir>/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tarballs/', '<rootDir>/examples/'],
    },
    { ...shared, displayName: 'tarballs', rootDir: 'tests', testMatch: ['<rootDir>/tarballs/**/*.test.ts'] },
    { ...shared, displayName: 'examples', rootDir: 'tests', testMatch: ['<rootDir>/examples/**/*.test.ts'] },
  ],
};
