import { describe, expect, it } from '@jest/globals';

import { COMMANDS, optionsOf } from '../src/command-catalogue.js';
import { NO_NAMES } from '../src/completion/project-names.js';
import { suggest } from '../src/completion/suggest.js';

const PROCESSES = [{ value: '4711', words: 'orders' }];

/** The values that are offered, and whether the project was loaded for them. */
async function offered(...words: string[]) {
  let isLoaded = false;
  const suggestions = await suggest(words, {
    names: () => {
      isLoaded = true;
      return Promise.resolve(NO_NAMES);
    },
    processes: () => Promise.resolve(PROCESSES),
  });
  const values =
    suggestions.kind === 'values' ? suggestions.values.map(({ value }) => value) : suggestions.kind;
  return { values, isLoaded };
}

describe('what is offered to be typed', () => {
  it('needs no project for commands, options, fixed values and places', async () => {
    for (const words of [
      [''],
      ['explain', '--'],
      ['list', '--format', ''],
      ['completion', ''],
      ['list', '--cwd', ''],
    ]) {
      expect(await offered(...words)).toMatchObject({ isLoaded: false });
    }
    expect(await offered('list', '')).toMatchObject({ isLoaded: true });
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'is every option of %s, by its long name',
    async (name, command) => {
      const { values } = await offered(name, '--');
      expect(values).toHaveLength(optionsOf(command).length);
      for (const value of values) expect(value).toMatch(/^--[a-z-]+$/);
    },
  );

  it('is nothing behind an unknown command, behind the last argument, and for a value of any kind', async () => {
    for (const words of [
      ['nonsense', ''],
      ['completion', 'bash', ''],
      ['list', '--stack-order', ''],
    ])
      expect((await offered(...words)).values).toEqual([]);
  });

  it('is an environment wherever one is chosen', async () => {
    const names = { ...NO_NAMES, environments: ['production'] };
    const sources = { names: () => Promise.resolve(names), processes: () => Promise.resolve([]) };
    const values = [{ value: 'production' }];
    for (const command of COMMANDS) {
      if (optionsOf(command).every(({ completes }) => completes !== 'environment')) continue;
      expect(await suggest([command.name, '--env', ''], sources)).toEqual({ kind: 'values', values });
    }
  });

  it('is a process behind --attach, beside what may be asked about, and neither where another word is begun', async () => {
    const values = async (...words: string[]) => (await offered(...words)).values;
    expect(await values('status', '--attach', '')).toEqual(['4711']);
    expect(await values('status', '--attach', '47')).toEqual(['4711']);
    expect(await values('status', '--attach', 'a')).toEqual([]);
    expect(await values('status', '--attach=')).toEqual(['--attach=4711']);
    expect(await values('status', '--attach', '--js')).toEqual(['--json']);
    expect(await values('status', '--attach', '4711', '4')).toEqual([]);
  });

  it('is a key behind --attach, with a process and without one', async () => {
    const keys = [{ domain: 'adapter', key: 'cache', winner: 'redis' }];
    const sources = {
      names: () => Promise.resolve({ ...NO_NAMES, keys }),
      processes: () => Promise.resolve(PROCESSES),
    };
    const suggested = { kind: 'values', values: [{ value: 'adapter/cache', words: 'redis' }] };
    for (const attach of [['--attach'], ['--attach', '4711'], ['--attach=4711'], ['--attach', './a.sock']])
      expect(await suggest(['status', ...attach, 'adapter/'], sources)).toEqual(suggested);
  });

  it('is no option behind two dashes', async () => {
    expect((await offered('explain', '--', '--js')).values).toEqual([]);
  });

  it('is a file or a folder where that is the value', async () => {
    expect((await offered('explain', '--config', 'x')).values).toBe('file');
    expect((await offered('explain', '--cwd=x')).values).toBe('folder');
  });
});
