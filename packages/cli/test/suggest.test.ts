import { describe, expect, it } from '@jest/globals';

import { COMMANDS, optionsOf } from '../src/command-catalogue.js';
import { NO_NAMES } from '../src/completion/project-names.js';
import { suggest } from '../src/completion/suggest.js';

/** The values that are offered, and whether the project was loaded for them. */
async function offered(...words: string[]) {
  let isLoaded = false;
  const suggestions = await suggest(words, () => {
    isLoaded = true;
    return Promise.resolve(NO_NAMES);
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
    for (const { name } of COMMANDS)
      expect(await suggest([name, '--env', ''], () => Promise.resolve(names))).toEqual({
        kind: 'values',
        values: [{ value: 'production' }],
      });
  });

  it('is no option behind two dashes', async () => {
    expect((await offered('explain', '--', '--js')).values).toEqual([]);
  });

  it('is a file or a folder where that is the value', async () => {
    expect((await offered('explain', '--config', 'x')).values).toBe('file');
    expect((await offered('explain', '--cwd=x')).values).toBe('folder');
  });
});
