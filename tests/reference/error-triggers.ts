import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createError,
  AsyncRWLock,
  CandidateRegistry,
  LifecycleManager,
  loadConfig,
  readSnapshotJson,
  ReentrantLock,
  snapshotJson,
  writeLockfile,
} from '@oneiric/core';
import { CLI_ERRORS } from '@oneiric/cli';
import { ATTACH_TRIGGERS } from './attach-triggers.js';
import { CONTAINER_TRIGGERS } from './container-triggers.js';
import { CONTRACT_TRIGGERS } from './contract-triggers.js';
import { LIFECYCLE_TRIGGERS } from './lifecycle-triggers.js';
import { OBSERVABILITY_TRIGGERS } from './observability-triggers.js';
import { REFERENCE_TRIGGERS } from './reference-triggers.js';
import { PLUGIN_TRIGGERS } from './plugin-triggers.js';
import { root } from '../support/workspace.js';
import type { Trigger } from './trigger.js';

const executable = join(root, 'packages/cli/bin/oneiric.js');
const factory = () => ({});
const cache = (provider: string) => ({ domain: 'adapter', key: 'cache', provider, factory });
const never = new Promise<never>(() => undefined);

async function registryWith(...providers: readonly string[]): Promise<CandidateRegistry> {
  const registry = new CandidateRegistry();
  await registry.registerAll(providers.map(cache));
  return registry;
}

/** A project whose configuration is this file, as the command finds it. */
function config(folder: string, file: string, text: string): never {
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, file), text);
  return command(folder, 'list');
}

/** The error that the command ends with, as it is printed. */
function command(folder: string, ...args: readonly string[]): never {
  const { stderr } = spawnSync(process.execPath, [executable, ...args], {
    cwd: folder,
    env: { ...process.env, COLUMNS: '200', NO_COLOR: '1' },
    encoding: 'utf8',
  });
  const [first = '', ...rest] = stderr.trimEnd().split('\n');
  throw Object.assign(new Error(rest.join('\n')), { code: first.replace('error ', '') });
}

function project(folder: string): void {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'oneiric.config.yaml'),
    'candidates:\n  - { domain: adapter, key: cache, provider: redis, factory: "./redis.js#create" }\n',
  );
}

/** A project with this lockfile, as "oneiric check" finds it. */
function lockfile(folder: string, text: string): never {
  project(folder);
  writeFileSync(join(folder, 'oneiric.lock.json'), text);
  return command(folder, 'check');
}

/** One way to each error of the project: the pages in docs/errors show what these print. */
export const TRIGGERS: Readonly<Record<string, Trigger>> = {
  ONEIRIC_LOCK_TIMEOUT: (_folder, lock = new ReentrantLock({ name: 'accounts' })) => {
    void lock.runExclusive(() => never, { name: 'nightly report' });
    return lock.runExclusive(factory, { name: 'payment', timeoutMs: 5 });
  },
  ONEIRIC_LOCK_DEADLOCK: async () => {
    const [a, b] = ['accounts', 'ledger'].map((name) => new ReentrantLock({ name, deadlockGraceMs: 1 }));
    const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
    const first = a?.runExclusive(() => turn().then(() => b?.runExclusive(factory, { name: 'debit' })), {
      name: 'payment',
    });
    const second = b?.runExclusive(() => turn().then(() => a?.runExclusive(factory, { name: 'credit' })), {
      name: 'booking',
    });
    await Promise.all([first, second]);
  },
  ONEIRIC_LOCK_UNAVAILABLE: () => {
    const lock = new ReentrantLock({ name: 'accounts' });
    void lock.runExclusive(() => never, { name: 'nightly report' });
    return lock.runExclusive(factory, { name: 'payment', ifAvailable: true });
  },
  ONEIRIC_LOCK_UPGRADE: () => {
    const lock = new AsyncRWLock({ name: 'accounts' });
    return lock.read(() => lock.write(factory, { name: 'repair' }), { name: 'audit' });
  },
  ONEIRIC_LOCK_NOT_OWNED: () => {
    new ReentrantLock({ name: 'accounts' }).assertLeaf();
  },
  ONEIRIC_LOCK_CHILD_ACTIVE: () => {
    const lock = new ReentrantLock({ name: 'accounts' });
    return lock.runExclusive(
      () => {
        void lock.runExclusive(() => never, { name: 'audit' });
        lock.assertLeaf();
      },
      { name: 'payment' },
    );
  },
  ONEIRIC_LOCK_QUEUE_FULL: () => {
    const lock = new ReentrantLock({ name: 'accounts', maxPending: 1 });
    void lock.runExclusive(() => never, { name: 'nightly report' });
    void lock.runExclusive(factory, { name: 'payment 1' });
    return lock.runExclusive(factory, { name: 'payment 2' });
  },
  ONEIRIC_LOCK_ORPHANED: () => {
    const lock = new ReentrantLock({ name: 'accounts', strict: true });
    return lock.runExclusive(() => void lock.runExclusive(() => never, { name: 'audit' }), {
      name: 'payment',
    });
  },
  ONEIRIC_LOCK_OPTION_INVALID: () => new ReentrantLock().runExclusive(factory, { timeoutMs: Number.NaN }),

  ONEIRIC_REGISTRY_NAME_INVALID: () => new CandidateRegistry().resolve('adapter', '../cache'),
  ONEIRIC_REGISTRY_CANDIDATE_INVALID: () =>
    new CandidateRegistry().registerCandidate({
      ...cache('redis'),
      priority: '10' as never,
      prioriti: 5,
    } as never),
  ONEIRIC_REGISTRY_OPTION_INVALID: () => new CandidateRegistry({ stackOrder: { '@acme/redis': 1001 } }),
  ONEIRIC_REGISTRY_DUPLICATE: () =>
    new CandidateRegistry().replaceSource({ kind: 'plugin', id: '@acme/redis' }, [
      cache('redis'),
      cache('redis'),
    ]),
  ONEIRIC_REGISTRY_SOURCE_INVALID: () => new CandidateRegistry().replaceSource({ kind: 'manual' }, []),
  ONEIRIC_REGISTRY_SELECTION_INVALID: () =>
    new CandidateRegistry().select('adapter', 'cache', { provider: 'redis', policy: 'maybe' as never }),
  ONEIRIC_REGISTRY_MARK_INVALID: async () => {
    const registry = await registryWith('redis');
    await registry.mark(registry.require('adapter', 'cache'), 'UNHEALTY' as never, 'ping failed');
  },
  ONEIRIC_REGISTRY_SNAPSHOT_INVALID: async () => {
    const snapshot = snapshotJson((await registryWith('redis')).snapshot());
    readSnapshotJson({ ...snapshot, schemaVersion: 2 });
  },
  ONEIRIC_REGISTRY_FACTORY_ELSEWHERE: async () => {
    const there = (await registryWith('redis')).snapshot();
    const { factory, ...redis } = readSnapshotJson(snapshotJson(there)).require('adapter', 'cache');
    const here = new CandidateRegistry();
    const { domain, key, provider } = redis;
    await here.registerCandidate({ domain, key, provider, factory });
    await new LifecycleManager(here).activate('adapter', 'cache').catch((error: unknown) => {
      throw (error as Error).cause;
    });
  },
  ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN: async () => {
    const registry = await registryWith();
    const redis = await registry.registerCandidate(cache('redis'));
    await redis.unregister();
    await registry.mark(redis.candidate, 'UNHEALTHY', 'ping failed');
  },
  ONEIRIC_REGISTRY_EVENT_UNKNOWN: () => new CandidateRegistry().on('change' as never, factory),
  ONEIRIC_REGISTRY_TX_CHILD_ACTIVE: () =>
    new CandidateRegistry().transaction((tx) => {
      void tx.transaction(() => new Promise((resolve) => setTimeout(resolve, 5))).catch(factory);
    }),
  ONEIRIC_REGISTRY_TX_CLOSED: async () => {
    const tx = await new CandidateRegistry().transaction((open) => [open]);
    return tx[0]?.resolve('adapter', 'cache');
  },
  ONEIRIC_REGISTRY_TX_FOREIGN: async () => {
    const registry = new CandidateRegistry();
    let handed: CandidateRegistry | undefined;
    const running = registry.transaction(async (tx) => {
      handed = tx;
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    const outside = handed?.registerCandidate(cache('redis'));
    await Promise.all([outside, running]);
  },

  ONEIRIC_RESOLUTION_NONE: async () => (await registryWith('redis')).require('adapter', 'cahce'),
  ONEIRIC_DECISION_REQUEST_TYPE: async () =>
    (await registryWith('redis')).resolve('adapter', 'cache', { capabilities: 'kv' as never }),
  ONEIRIC_DECISION_REQUEST_NAME: async () =>
    (await registryWith('redis')).resolve('adapter', 'cache', { provider: 'red is' }),
  ONEIRIC_DECISION_REQUEST_OPTION: async () =>
    (await registryWith('redis')).resolve('adapter', 'cache', { capability: ['kv'] } as never),
  ONEIRIC_DECISION_CHANGE_SYNTAX: (folder) => {
    project(folder);
    return command(folder, 'explain', 'adapter/cache', '--if', 'prority(redis)=60');
  },
  ONEIRIC_DECISION_CHANGE_VALUE: (folder) => {
    project(folder);
    return command(folder, 'explain', 'adapter/cache', '--if', 'priority(redis)=1001');
  },
  ONEIRIC_DECISION_CHANGE_PROVIDER: (folder) => {
    project(folder);
    return command(folder, 'explain', 'adapter/cache', '--if', 'priority(rediss)=60');
  },
  ONEIRIC_DECISION_CHANGE_REGISTRATION: (folder) => {
    project(folder);
    return command(folder, 'explain', 'adapter/cache', '--if', 'priority(redis#7)=60');
  },

  ...REFERENCE_TRIGGERS,
  ONEIRIC_CONFIG_NOT_FOUND: (folder) => loadConfig({ cwd: folder, env: {} }),
  ONEIRIC_CONFIG_AMBIGUOUS: (folder) => {
    writeFileSync(join(folder, 'oneiric.config.json'), '{}');
    return config(folder, 'oneiric.config.yaml', '');
  },
  ONEIRIC_CONFIG_FORMAT: (folder) => config(folder, 'oneiric.config.yml', ''),
  ONEIRIC_CONFIG_UNREADABLE: (folder) => {
    mkdirSync(join(folder, 'oneiric.config.json'));
    return loadConfig({ file: 'oneiric.config.json', cwd: folder, env: {} });
  },
  ONEIRIC_CONFIG_INVALID: (folder) =>
    config(folder, 'oneiric.config.yaml', 'selection:\n  adapter: { cache: redis }\ndefaultPriority: "10"\n'),
  ONEIRIC_CONFIG_SETTINGS: async (folder) => {
    const redis = { ...cache('redis'), factory: './redis.js#create' };
    const settings = { adapter: { cache: { redis: { url: 'env:REDIS_URL' } } } };
    writeFileSync(
      join(folder, 'oneiric.config.json'),
      JSON.stringify({ candidates: [redis], settings }, undefined, 2),
    );
    const loaded = await loadConfig({ cwd: folder, env: {}, missingSecrets: 'note' });
    return loaded.settings.of(redis);
  },
  ONEIRIC_CONFIG_THREW: (folder) =>
    config(folder, 'oneiric.config.mjs', "throw new Error('REDIS_URL is not set');\n"),
  ONEIRIC_CONFIG_IMPORT: (folder) =>
    config(
      folder,
      'oneiric.config.mjs',
      "import { redis } from './src/redis.js';\nexport default { candidates: [redis] };\n",
    ),
  ONEIRIC_CONFIG_TIMEOUT: (folder) => {
    writeFileSync(
      join(folder, 'oneiric.config.mjs'),
      'await new Promise(() => setTimeout(() => undefined, 100));\n',
    );
    return loadConfig({ cwd: folder, env: {}, timeoutMs: 50 });
  },
  ONEIRIC_CONFIG_EXPORT: (folder) => config(folder, 'oneiric.config.mjs', 'export const config = {};\n'),

  ONEIRIC_LOCKFILE_NOT_FOUND: (folder) => {
    project(folder);
    return command(folder, 'check');
  },
  ONEIRIC_LOCKFILE_UNREADABLE: (folder) => {
    mkdirSync(join(folder, 'oneiric.lock.json'));
    project(folder);
    return command(folder, 'check');
  },
  ONEIRIC_LOCKFILE_MERGE_CONFLICT: (folder) =>
    lockfile(folder, '{\n<<<<<<< HEAD\n  "schemaVersion": 1\n=======\n>>>>>>> update\n}\n'),
  ONEIRIC_LOCKFILE_VERSION: (folder) => lockfile(folder, '{ "schemaVersion": 2, "keys": {} }\n'),
  ONEIRIC_LOCKFILE_INVALID: (folder) =>
    lockfile(folder, '{ "schemaVersion": 1, "keys": { "cache": null } }\n'),
  ONEIRIC_LOCKFILE_NOT_LOCKED: async (folder) => {
    project(folder);
    await writeLockfile(join(folder, 'oneiric.lock.json'), { keys: new Map(), environments: new Map() });
    return command(folder, 'diff', 'oneiric.lock.json', '--env', 'production');
  },
  ONEIRIC_LOCKFILE_NOT_WRITTEN: (folder) => {
    mkdirSync(join(folder, 'oneiric.lock.json'));
    return writeLockfile(join(folder, 'oneiric.lock.json'), { keys: new Map(), environments: new Map() });
  },

  ...LIFECYCLE_TRIGGERS,
  ...OBSERVABILITY_TRIGGERS,
  ...PLUGIN_TRIGGERS,
  ...ATTACH_TRIGGERS,
  ...CONTRACT_TRIGGERS,
  ...CONTAINER_TRIGGERS,

  ONEIRIC_CLI_USAGE: (folder) => command(folder, 'explane', 'adapter/cache'),
  ONEIRIC_CLI_KEY_MISSING: (folder) => {
    project(folder);
    return command(folder, 'explain', 'cache');
  },
  ONEIRIC_CLI_UNKNOWN_DOMAIN: (folder) => {
    project(folder);
    return command(folder, 'list', 'adaptor');
  },
  ONEIRIC_CLI_UNKNOWN_PATH: (folder) => {
    project(folder);
    return command(folder, 'config', 'defaultPriorty');
  },
  ONEIRIC_CLI_PROCESS_SEVERAL: () => {
    throw createError(CLI_ERRORS, 'ONEIRIC_CLI_PROCESS_SEVERAL', {
      command: 'status',
      example: '--attach 4711',
      processes: [
        { pid: 4711, name: 'orders', since: '2 h', folder: '/srv/orders' },
        { pid: 4802, name: 'billing', since: '5 min', folder: '/srv/billing' },
      ],
    });
  },
  ONEIRIC_CLI_PROCESS_GONE: () => {
    throw createError(CLI_ERRORS, 'ONEIRIC_CLI_PROCESS_GONE', { pid: 4711, name: 'orders' });
  },
  ONEIRIC_CLI_INTERRUPTED: () => {
    throw createError(CLI_ERRORS, 'ONEIRIC_CLI_INTERRUPTED', {
      what: 'swap',
      domain: 'adapter',
      key: 'cache',
      isBound: true,
      isOver: true,
      running: 'redis 2.1.0',
      retiring: ['memory'],
      look: 'oneiric status adapter/cache --attach',
    });
  },
  ONEIRIC_CLI_NOT_BEGUN: () => {
    throw createError(CLI_ERRORS, 'ONEIRIC_CLI_NOT_BEGUN', {
      what: 'swap',
      domain: 'adapter',
      key: 'cache',
      behind: 'swap (build of redis)',
    });
  },
  ONEIRIC_CLI_HOLD_INTERRUPTED: () => {
    throw createError(CLI_ERRORS, 'ONEIRIC_CLI_HOLD_INTERRUPTED', {
      what: 'drain',
      domain: 'adapter',
      key: 'cache',
      isHeld: true,
      inFlight: 3,
      again: 'oneiric resume adapter/cache --attach',
    });
  },
  ONEIRIC_CLI_ENDED: () => {
    throw createError(CLI_ERRORS, 'ONEIRIC_CLI_ENDED', null);
  },
  ONEIRIC_CLI_OUTPUT: () => {
    throw createError(CLI_ERRORS, 'ONEIRIC_CLI_OUTPUT', { reason: 'ENOSPC: no space left on device, write' });
  },
  ONEIRIC_CLI_UNCAUGHT: () => {
    throw createError(CLI_ERRORS, 'ONEIRIC_CLI_UNCAUGHT', {
      thrown: 'Error: connect ECONNREFUSED 127.0.0.1:6379\n    at src/redis.ts:12:9',
    });
  },
};
