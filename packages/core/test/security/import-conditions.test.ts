import { importConditions } from '../../src/security/import-conditions.js';

const features = process.features;

describe('the conditions that a package is resolved with', () => {
  it('are those of import', () => {
    expect([...importConditions({ execArgv: [], env: {}, features })]).toEqual(
      expect.arrayContaining(['node', 'import', 'node-addons']),
    );
  });

  it.each([
    [['-C', 'development']],
    [['-C=development']],
    [['--conditions', 'development']],
    [['--enable-source-maps', '--conditions=development']],
  ])('are also those that Node was started with: %j', (execArgv) => {
    expect(importConditions({ execArgv, env: {}, features })).toContain('development');
  });

  it('are also those of NODE_OPTIONS', () => {
    const env = { NODE_OPTIONS: ' --max-old-space-size=100  -C development' };
    expect(importConditions({ execArgv: [], env, features })).toContain('development');
  });
});
