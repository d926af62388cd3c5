import { describe, expect, it } from '@jest/globals';

import { COMMANDS } from '../src/command-catalogue.js';
import { parseCommandLine } from '../src/program.js';

function parse(...args: string[]) {
  const invocation = parseCommandLine(args, 80);
  if (invocation.kind !== 'run') throw new Error(`no command: ${invocation.kind}`);
  return { name: invocation.command.name, ...invocation };
}

describe('the command line', () => {
  it('gives a command its arguments and options', () => {
    const { name, input } = parse(
      'explain',
      'adapter',
      'cache',
      '--capability',
      'a,b',
      '--capability',
      'c',
      '--any-capability',
      '--why-not',
      'x',
    );
    expect(name).toBe('explain');
    expect(input.args).toEqual(['adapter', 'cache']);
    expect(input.texts('capability')).toEqual(['a,b', 'c']);
    expect(input.flag('any-capability')).toBe(true);
    expect(input.flag('fail-on-tie')).toBe(false);
    expect(input.text('why-not')).toBe('x');
    expect(input.text('provider')).toBeUndefined();
    expect(input.texts('without')).toEqual([]);
  });

  it('takes options before, between and behind arguments, and a value behind an equals sign', () => {
    const { input } = parse('explain', '--provider=redis', 'adapter', '--json', 'cache');
    expect([input.args, input.text('provider'), input.flag('json')]).toEqual([
      ['adapter', 'cache'],
      'redis',
      true,
    ]);
  });

  it('takes what follows -- for an argument', () => {
    expect(parse('explain', '--', '--json', 'cache').input.args).toEqual(['--json', 'cache']);
  });

  it.each([
    [['status', '--attach'], [], true, undefined],
    [['status', '--attach', '4711'], [], false, '4711'],
    [['status', '--attach=4711', 'adapter/cache'], ['adapter/cache'], false, '4711'],
    [['status', '--attach', './run/a.sock'], [], false, './run/a.sock'],
    [['status', '--attach', '../a'], [], false, '../a'],
    [['status', '--attach', 'a.sock'], [], false, 'a.sock'],
    [['status', '--attach', '/run/a'], [], false, '/run/a'],
    [['status', '--attach', 'adapter/cache'], ['adapter/cache'], true, undefined],
    [['status', '--attach', 'adapter', 'cache'], ['adapter', 'cache'], true, undefined],
    [['status', '--attach', '--json', 'adapter'], ['adapter'], true, undefined],
    [['status', '--attach', '--', '4711'], ['4711'], true, undefined],
    [['status', '--', '--attach', 'a'], ['--attach', 'a'], false, undefined],
  ])('reads a process of %j only where one is named', (words, args, isAlone, process) => {
    const { input } = parse(...words);
    expect([input.args, input.flag('attach'), input.text('attach')]).toEqual([args, isAlone, process]);
  });

  it.each([
    [['explian', 'a/b'], 'explain', undefined],
    [['explain', 'a/b', '--why-nt', 'x'], '--why-not', 'explain'],
    [['list', '--shadwed'], '--shadowed', 'list'],
    [['--hepl'], '--help', undefined],
    [['help', 'lsit'], 'list', undefined],
  ])('refuses %j and knows the nearest name', (args, nearest, command) => {
    expect(parseCommandLine(args, 80)).toMatchObject({ kind: 'usage', nearest, command });
  });

  it.each(COMMANDS.map(({ name }) => name))('has help with examples for %s', (name) => {
    for (const args of [
      [name, '--help'],
      ['help', name],
    ]) {
      const invocation = parseCommandLine(args, 80);
      expect(invocation).toMatchObject({ kind: 'help', asked: true });
      expect((invocation as { text: string }).text).toContain(`Examples:\n  oneiric ${name}`);
    }
  });

  it.each(['', ...COMMANDS.map(({ name }) => name)])('has help for a narrow screen: %s', (name) => {
    const { text } = parseCommandLine(name === '' ? ['--help'] : [name, '--help'], 40) as { text: string };
    const terms = COMMANDS.flatMap(({ examples }) => examples.map(({ term }) => term));
    const tooLong = text.split('\n').filter((line) => line.length > 40 && !terms.includes(line.trim()));
    expect(tooLong.filter((line) => !/^Usage: |^\S+$/.test(line))).toEqual([]);
  });

  it.each(COMMANDS.flatMap(({ examples }) => examples.map(({ term }) => term)))(
    'understands its own example: %s',
    (example) => {
      const args = example.replaceAll('"', '').split(' ').slice(1);
      expect(parseCommandLine(args, 80).kind).toBe('run');
    },
  );
});
