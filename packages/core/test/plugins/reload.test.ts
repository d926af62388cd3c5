import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { loadPlugins } from '../../src/plugins/load-plugins.js';
import type { PluginHost } from '../../src/plugins/plugin-host.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { aProject } from '../config/a-project.js';
import { coded } from '../registry/harness/coded.js';
import { aPlan, host, offer, statesOf } from './a-plugin.js';

/** What a module evaluates to, as another generation of it. */
type Module = (cleaned: (what: string) => void) => unknown;

const version =
  (provider: string, setup: () => void = () => undefined): Module =>
  (cleaned) => ({
    name: 'a',
    candidates: [offer(provider)],
    setup() {
      setup();
      return () => {
        cleaned(`${provider} cleaned`);
      };
    },
  });

const thrown = (): never => {
  throw new Error('broken');
};

/** A plugin on a disk whose module comes from memory, so that every generation can be another one. */
async function start() {
  const projectDir = aProject({
    'node_modules/a/package.json': JSON.stringify({ version: '1.0.0', oneiric: { plugin: './plugin.js' } }),
    'node_modules/a/plugin.js': '',
  });
  const registry = new CandidateRegistry();
  const seen: string[] = [];
  let module = version('one');
  const modules = { a: () => module((what) => void seen.push(what)) };
  const folder = join(projectDir, 'node_modules/a');
  const plugins = await host(registry, modules, { projectDir }, [aPlan('a', { folder })]);
  const write = (next: Module): void => {
    module = next;
  };
  return { registry, plugins, write, seen };
}

describe('a plugin that is reloaded', () => {
  it('puts its new candidates in the place of the old ones in one commit, and then cleans up the old generation', async () => {
    const { registry, plugins, write, seen } = await start();
    write(version('two'));
    const commits: string[] = [];
    registry.on('changed', () => void commits.push(`${statesOf(registry).join()} ${seen.join()}`));
    expect(await plugins.reload('a')).toMatchObject({ state: 'loaded', generation: 2 });
    expect(commits).toEqual(['two active ']);
    expect(seen).toEqual(['one cleaned']);
    await plugins.close();
    expect(seen).toEqual(['one cleaned', 'two cleaned']);
  });

  it.each<[string, Module, string]>([
    ['throws', thrown, 'IMPORT_FAILED'],
    ['is malformed', () => 5, 'INVALID'],
    ['fails in its setup', version('two', thrown), 'SETUP_FAILED'],
  ])('stays as it was where the new generation %s', async (_, module, reason) => {
    const { registry, plugins, write, seen } = await start();
    const { revision } = registry;
    write(module);
    expect(await plugins.reload('a')).toMatchObject({ state: 'failed', reason, candidates: 0 });
    expect(plugins.reports).toMatchObject([{ state: 'loaded', generation: 1, reason: null }]);
    expect([statesOf(registry), registry.revision, seen]).toEqual([['one active'], revision, []]);
  });

  it('that could not be is told to diagnostics, although the last good one stays', async () => {
    const { registry, plugins, write } = await start();
    write(version('two', thrown));
    const told: unknown[] = [];
    const listen = (message: unknown): void => void told.push(message);
    subscribe('oneiric:plugin:failed', listen);
    const report = await plugins.reload('a');
    unsubscribe('oneiric:plugin:failed', listen);
    expect(told).toEqual([{ registry, report }]);
  });

  it('comes back where it had failed, and its candidates are no longer marked', async () => {
    const { registry, plugins, write } = await start();
    await plugins.unload('a');
    write(version('one', thrown));
    expect(await plugins.reload('a')).toMatchObject({ state: 'failed', candidates: 1 });
    expect(statesOf(registry)).toEqual(['one filtered LOAD_FAILED']);
    write(version('one'));
    expect(await plugins.reload('a')).toMatchObject({ state: 'loaded' });
    expect(statesOf(registry)).toEqual(['one active']);
  });

  it('has a winner in every turn of the loop meanwhile, and none after it is unloaded', async () => {
    const { registry, plugins, write } = await start();
    write(version('two'));
    const winners = new Set<string | undefined>();
    let isOver = false;
    const reloading = plugins.reload('a').finally(() => (isOver = true));
    while (!isOver) {
      winners.add(registry.resolve('adapter', 'cache')?.provider);
      await setImmediate();
    }
    await reloading;
    winners.add(registry.resolve('adapter', 'cache')?.provider);
    await plugins.unload('a');
    expect([...winners]).toEqual(['one', 'two']);
    expect(registry.resolve('adapter', 'cache')).toBeUndefined();
  });

  it('is reloaded and unloaded in the order in which that was asked for', async () => {
    const { registry, plugins, write, seen } = await start();
    write(version('two'));
    const states = await Promise.all([
      plugins.reload('a'),
      plugins.unload('a'),
      plugins.reload('a'),
      plugins.close(),
    ]);
    expect(states.map((report) => report?.state)).toEqual(['loaded', 'unloaded', 'loaded', undefined]);
    expect([seen, registry.keys()]).toEqual([['one cleaned', 'two cleaned', 'two cleaned'], []]);
  });

  it('keeps no more than 20 generations in a process', async () => {
    const { plugins } = await start();
    const reports = [];
    for (let generation = 2; generation <= 20; generation++) reports.push(await plugins.reload('a'));
    expect(reports.at(-1)).toMatchObject({ generation: 20 });
    await expect(plugins.reload('a')).rejects.toThrow(coded('ONEIRIC_PLUGIN_GENERATIONS'));
    expect(plugins.reports).toMatchObject([{ state: 'loaded', generation: 20 }]);
  });

  it('is not reloaded for one who calls it off', async () => {
    const { registry, plugins, write } = await start();
    write(version('two'));
    const reason = new Error('called off');
    await expect(plugins.reload('a', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(statesOf(registry)).toEqual(['one active']);
    expect(await plugins.reload('a')).toMatchObject({ state: 'loaded', generation: 2 });
  });

  it.each<[string, unknown, unknown, string]>([
    ['no package', 5, undefined, 'ONEIRIC_PLUGIN_UNKNOWN'],
    ['no options', 'a', null, 'ONEIRIC_PLUGIN_OPTION_INVALID'],
    ['no signal', 'a', { signal: 5 }, 'ONEIRIC_PLUGIN_OPTION_INVALID'],
  ])('is not reloaded for one who gives what is %s', async (_, name, options, code) => {
    const { plugins } = await start();
    await expect(plugins.reload(name as string, options as object)).rejects.toThrow(coded(code));
  });
});

describe('a registry with two hosts', () => {
  it('keeps what the later one has loaded when the earlier one is closed', async () => {
    const registry = new CandidateRegistry();
    const cleaned: string[] = [];
    const module = (by: string) => () => version(by)((what) => void cleaned.push(what));
    const earlier = await host(registry, { a: module('one') });
    const later = await host(registry, { a: module('two') });
    await earlier.close();
    expect([statesOf(registry), cleaned]).toEqual([['two active'], ['one cleaned']]);
    await later.close();
    expect([registry.keys(), cleaned]).toEqual([[], ['one cleaned', 'two cleaned']]);
  });
});

describe('from inside the code of a plugin', () => {
  it('nothing about plugins can be asked for: that is refused and no deadlock', async () => {
    const registry = new CandidateRegistry();
    const refusals: unknown[] = [];
    const held: { plugins?: PluginHost } = {};
    const ask = async (): Promise<void> => {
      refusals.push(await held.plugins?.unload('a').catch((error: unknown) => error));
      refusals.push(await held.plugins?.close().catch((error: unknown) => error));
      refusals.push(await loadPlugins(registry, { projectDir: '/' }).catch((error: unknown) => error));
    };
    const plugins = await host(registry, {
      a: () => ({ name: 'a', candidates: [offer('x')], setup: () => ask }),
    });
    held.plugins = plugins;
    await plugins.close();
    expect(plugins.reports).toMatchObject([{ state: 'unloaded', error: null }]);
    expect(refusals).toEqual(Array.from({ length: 3 }, () => coded('ONEIRIC_PLUGIN_REENTRANT')));
  });
});
