import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { OneiricError } from '@oneiric/core';
import { pluginContract, type PluginContractOptions } from '@oneiric/core/plugin-contract';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { MUTANTS, type Package, WELL_BEHAVED } from './contract-mutants.js';

const folders: TemporaryFolder[] = [];

afterAll(() => {
  for (const folder of folders) folder[Symbol.dispose]();
});

/** Writes a package into a folder of its own. */
function write({ manifest, files }: Package): string {
  const folder = createTemporaryFolder('plugin');
  folders.push(folder);
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  }
  return folder.path;
}

/** What is packed of it; npm need not be asked each time. */
function packed({ files }: Package): readonly string[] {
  return ['package.json', ...Object.keys(files)];
}

/** The errors of all checks, those that are run in the order of the list. */
async function broken(options: PluginContractOptions): Promise<readonly OneiricError[]> {
  const errors: OneiricError[] = [];
  for (const { run } of pluginContract(options)) {
    try {
      await run();
    } catch (error) {
      if (!OneiricError.is(error)) throw error;
      errors.push(error);
    }
  }
  return errors;
}

const rulesOf = (errors: readonly OneiricError[]) =>
  errors.map((error) =>
    OneiricError.is(error, 'ONEIRIC_CONTRACT_BROKEN') ? error.details.rule : error.code,
  );

describe('the plugin contract', () => {
  it('is kept by a plugin with a reference, a setup, a cleanup and two candidates, as npm packs it', async () => {
    expect(await broken({ folder: join(import.meta.dirname, 'packages', 'good') })).toEqual([]);
  });

  it('is kept by the package that every broken one below is made from', async () => {
    expect(await broken({ folder: write(WELL_BEHAVED), files: packed(WELL_BEHAVED) })).toEqual([]);
  });

  it.each(MUTANTS)('tells $rule, and nothing else, of $what', async ({ rule, mutate, ...mutant }) => {
    const written = mutate(structuredClone(WELL_BEHAVED));
    const { asksNpm = false, timeoutMs, found = /./ } = mutant;
    const errors = await broken({
      folder: write(written),
      ...(asksNpm ? {} : { files: packed(written) }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    expect(rulesOf(errors)).toEqual([rule]);
    expect(errors[0]?.message).toMatch(found);
  });

  it('has a broken package for every rule', () => {
    const rules = pluginContract({ folder: '.' }).map(({ id }) => id);
    expect([...new Set(MUTANTS.map(({ rule }) => rule))].sort()).toEqual(rules.toSorted());
  });

  it('says what is wrong, where, and what to do next', async () => {
    const { manifest, files } = structuredClone(WELL_BEHAVED);
    const folder = write({
      manifest: { ...manifest, peerDependencies: { '@oneiric/core': '^9.0.0' } },
      files,
    });
    const [error] = await broken({ folder, files: packed(WELL_BEHAVED) });
    expect(error?.message).toBe(
      [
        'mutant does not keep the plugin contract (core-range): the range for @oneiric/core takes in the version that is running these checks.',
        '  where  package.json: peerDependencies.@oneiric/core',
        '  found  "^9.0.0", and this is 0.1.0',
        '  next   Widen the range in "peerDependencies" once the tests pass with this version, or test with one that it takes in.',
      ].join('\n'),
    );
  });

  it('builds with the settings, the companions and the globals that it is given', async () => {
    const { manifest, files } = structuredClone(WELL_BEHAVED);
    const plugin = `
      import { definePlugin } from '@oneiric/core';
      globalThis.fromADependency = {};
      export default definePlugin({
        name: 'mutant',
        candidates: [{
          domain: 'adapter', key: 'store', provider: 'memory', scope: 'transient',
          inject: { clock: 'service/clock' }, requires: ['service/clock'],
          factory({ settings, inject }) {
            if (settings.url !== 'memory://a') throw new Error('no url');
            return { health: () => inject.clock.use((clock) => clock.now() === 5) };
          },
        }],
      });`;
    const companions = `export default [{ domain: 'service', key: 'clock', factory: () => ({ now: () => 5 }) }];`;
    const offering: Package = { manifest, files: { ...files, 'plugin.js': plugin } };
    const folder = write({ ...offering, files: { ...offering.files, 'test/companions.js': companions } });
    const errors = await broken({
      folder,
      files: packed(offering),
      settings: { adapter: { store: { memory: { url: 'memory://a' } } } },
      companions: './test/companions.js',
      globals: ['fromADependency'],
    });
    expect(errors).toEqual([]);
  });

  it.each([
    [{ folder: '' }, 'folder'],
    [{ folder: '.', setings: {} }, 'setings'],
    [{ folder: '.', settings: { adapter: () => undefined } }, 'settings'],
    [{ folder: '.', timeoutMs: 0 }, 'timeoutMs'],
    [{ folder: '.', files: 'plugin.js' }, 'files'],
    [undefined, 'options'],
  ])('refuses the options %j, for %s', (options, option) => {
    const refused = expect.objectContaining({
      code: 'ONEIRIC_CONTRACT_OPTION_INVALID',
      details: expect.objectContaining({ option }),
    });
    expect(() => pluginContract(options as never)).toThrow(refused);
  });
});
