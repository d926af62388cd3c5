import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { OneiricError } from '../../src/errors/oneiric-error.js';
import { type ConfigWatch, watchConfig, type WatchConfigOptions } from '../../src/config/watch-config.js';
import { aProject, errorOf } from './a-project.js';

const NAME = 'oneiric.config.yaml';
const CANDIDATES = `candidates:
  - { domain: adapter, key: cache, provider: memory, factory: 'low/x#make' }
  - { domain: adapter, key: cache, provider: redis, factory: 'high/x#make' }
`;

const open: ConfigWatch[] = [];
afterEach(async () => {
  for (const watch of open.splice(0)) await watch.close();
});

/** A watch of a project, and a promise of the next thing that it tells. */
async function aWatch(text: string, options: WatchConfigOptions = {}) {
  const cwd = aProject({ [NAME]: text });
  const told: unknown[] = [];
  let wake = (): void => undefined;
  const tell = (what: unknown): void => {
    told.push(what);
    wake();
  };
  const watch = await watchConfig({
    cwd,
    env: {},
    debounceMs: 10,
    onApplied: () => {
      tell('applied');
    },
    onProblem: tell,
    ...options,
  });
  open.push(watch);
  const next = async (): Promise<unknown> => {
    while (told.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return told.shift();
  };
  return { watch, cwd, next, told, file: join(cwd, NAME) };
}

const winner = ({ registry }: ConfigWatch) => registry.resolve('adapter', 'cache')?.provider;

describe('watchConfig', () => {
  it('brings a changed configuration into force in one commit', async () => {
    const { watch, next, file } = await aWatch(`selections: { adapter: { cache: memory } }\n${CANDIDATES}`);
    expect(winner(watch)).toBe('memory');
    const before = watch.registry.revision;
    writeFileSync(
      file,
      `selections: { service: { clock: ntp } }
stackOrder: { low: 5, high: 20 }
defaultPriority: 3
candidates:
  - { domain: adapter, key: cache, provider: disk, factory: 'other/x#make' }
  - { domain: adapter, key: cache, provider: redis, factory: 'high/x#make' }
`,
    );
    expect(await next()).toBe('applied');
    expect(watch.registry.revision).toBe(before + 1);
    const { candidates, winner: best, selection } = watch.registry.explain('adapter', 'cache');
    expect(best).toMatchObject({
      provider: 'redis',
      priority: 20,
      origins: { priority: { setBy: { line: 2 } } },
    });
    expect(candidates.map(({ provider, rank }) => [provider, rank.priority])).toEqual([
      ['redis', 20],
      ['disk', 3],
    ]);
    expect(selection).toBeNull();
    expect(watch.registry.explain('service', 'clock').selection).toMatchObject({ provider: 'ntp' });
    expect(watch.loaded.config.defaultPriority).toBe(3);
  });

  it('keeps the last good one while the new one is bad, says what is wrong, and goes on', async () => {
    const { watch, next, file } = await aWatch(`selections: { adapter: { cache: memory } }\n${CANDIDATES}`);
    const { revision } = watch.registry;
    writeFileSync(file, `selections: { adapter: { cache: 5 } }\n${CANDIDATES}`);
    expect(OneiricError.is(await next(), 'ONEIRIC_CONFIG_INVALID')).toBe(true);
    rmSync(file);
    expect(OneiricError.is(await next(), 'ONEIRIC_CONFIG_UNREADABLE')).toBe(true);
    expect([winner(watch), watch.registry.revision]).toEqual(['memory', revision]);
    writeFileSync(file, `selections: { adapter: { cache: redis } }\n${CANDIDATES}`);
    expect(await next()).toBe('applied');
    expect(winner(watch)).toBe('redis');
  });

  it('follows a file that is replaced by renaming another, again and again', async () => {
    const { watch, next, cwd, file } = await aWatch(CANDIDATES);
    for (const provider of ['memory', 'redis', 'memory']) {
      writeFileSync(join(cwd, 'new.tmp'), `selections: { adapter: { cache: ${provider} } }\n${CANDIDATES}`);
      renameSync(join(cwd, 'new.tmp'), file);
      expect(await next()).toBe('applied');
      expect(winner(watch)).toBe(provider);
    }
  });

  it('takes many writes together, and loads nothing where the text stays the same', async () => {
    const { watch, next, told, file, cwd } = await aWatch(CANDIDATES, { debounceMs: 60 });
    for (let count = 0; count < 30; count++)
      writeFileSync(file, `defaultPriority: ${String(count)}\n${CANDIDATES}`);
    expect(await next()).toBe('applied');
    expect(watch.loaded.config.defaultPriority).toBe(29);
    expect(watch.registry.revision).toBe(2);
    writeFileSync(file, `defaultPriority: 29\n${CANDIDATES}`);
    writeFileSync(join(cwd, 'another.yaml'), 'x');
    mkdirSync(join(cwd, 'folder'));
    writeFileSync(file, `defaultPriority: 29\n${CANDIDATES}# the end\n`);
    expect(await next()).toBe('applied');
    expect([told, watch.registry.revision]).toEqual([[], 2]);
  });

  it('leaves alone what the program selects itself, until the configuration says something new', async () => {
    const { watch, next, file } = await aWatch(`selections: { adapter: { cache: memory } }\n${CANDIDATES}`);
    await watch.registry.select('adapter', 'cache', 'redis');
    writeFileSync(file, `# moved\nselections: { adapter: { cache: memory } }\n${CANDIDATES}`);
    expect(await next()).toBe('applied');
    expect(winner(watch)).toBe('redis');
    writeFileSync(
      file,
      `selections: { adapter: { cache: { provider: memory, policy: prefer } } }\n${CANDIDATES}`,
    );
    expect(await next()).toBe('applied');
    expect(winner(watch)).toBe('memory');
  });

  it('tells the line of a selection that was moved', async () => {
    const { watch, next, file } = await aWatch(`selections: { adapter: { cache: memory } }\n${CANDIDATES}`);
    writeFileSync(file, `\n\nselections: { adapter: { cache: memory } }\n${CANDIDATES}`);
    expect(await next()).toBe('applied');
    expect(watch.registry.explain('adapter', 'cache').selection?.origin).toMatchObject({ line: 3 });
  });

  it.each(['closed', 'disposed of', 'aborted'])('changes nothing any more when it is %s', async (how) => {
    const abort = new AbortController();
    const { watch, told, file } = await aWatch(CANDIDATES, { signal: abort.signal });
    const { revision } = watch.registry;
    writeFileSync(file, `defaultPriority: 9\n${CANDIDATES}`);
    if (how === 'aborted') abort.abort(new Error('enough'));
    else if (how === 'closed') await watch.close();
    else await watch[Symbol.asyncDispose]();
    await watch.close();
    writeFileSync(file, `defaultPriority: 10\n${CANDIDATES}`);
    const other = await aWatch(CANDIDATES);
    writeFileSync(other.file, `defaultPriority: 1\n${CANDIDATES}`);
    expect(await other.next()).toBe('applied');
    expect([watch.registry.revision, told]).toEqual([revision, []]);
  });

  it('is refused where the first configuration is bad, and leaves nothing behind', async () => {
    const cwd = aProject({ [NAME]: 'candidates: 5' });
    await errorOf('ONEIRIC_CONFIG_INVALID', watchConfig({ cwd, env: {} }));
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(watchConfig({ cwd, env: {}, signal })).rejects.toThrow('enough');
  });

  it('survives listeners that throw', async () => {
    const fail = (): never => {
      throw new Error('listener');
    };
    const { watch, file } = await aWatch(CANDIDATES, { onApplied: fail, onProblem: fail });
    const changed = (revision: number) =>
      new Promise<void>((resolve) => {
        watch.registry.on('changed', (event) => {
          if (event.revision === revision) resolve();
        });
      });
    for (const revision of [2, 3]) {
      const reached = changed(revision);
      writeFileSync(file, `defaultPriority: ${String(revision)}\n${CANDIDATES}`);
      await reached;
    }
    expect(watch.registry.resolve('adapter', 'cache')?.priority).toBe(3);
  });
});
