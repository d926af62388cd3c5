import { COMMANDS, optionsOf } from '../command-catalogue.js';
import type { CommandSpec, Completes } from '../command.js';
import { NO_NAMES, type ProjectNames } from './project-names.js';
import { longName, readWords, takesValue, type TypedWords } from './read-words.js';
import { suggestValue } from './suggest-value.js';
import { NOTHING, type Suggestion, type Suggestions } from './suggestion.js';

/** Where the names come from that may be typed. */
export interface NameSources {
  /** The names of the project, or of the process, that the words so far mean. */
  readonly names: (typed: TypedWords) => Promise<ProjectNames>;
  /** The processes that can be attached to. */
  readonly processes: () => Promise<readonly Suggestion[]>;
}

/**
 * What a shell may offer for the last of the words that follow `oneiric`; it may be empty. Names are loaded
 * only where they are needed.
 */
export async function suggest(words: readonly string[], sources: NameSources): Promise<Suggestions> {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const at = before.findIndex((word) => !word.startsWith('-'));
  if (at < 0) return startingWith(current, programWords(current));
  if (before[at] === 'help') return startingWith(current, before.length === at + 1 ? commandNames() : []);
  const command = COMMANDS.find(({ name }) => name === before[at]);
  if (command === undefined) return NOTHING;
  return suggestFor(command, readWords(command, before.slice(at + 1)), current, sources);
}

async function suggestFor(
  command: CommandSpec,
  typed: TypedWords,
  current: string,
  sources: NameSources,
): Promise<Suggestions> {
  const valueOf = async (
    completes: Completes | undefined,
    text: string,
    prefix = '',
  ): Promise<Suggestions> => {
    if (completes === 'process') return startingWith(current, await sources.processes(), prefix);
    const isFixed = completes === undefined || typeof completes !== 'string';
    const names =
      isFixed || completes === 'file' || completes === 'folder' ? undefined : await sources.names(typed);
    const found = suggestValue(completes, { typed: text, args: typed.args, names: names ?? NO_NAMES });
    if (found.kind !== 'values') return found;
    return startingWith(current, found.values, prefix);
  };
  if (typed.pending !== undefined) return valueOf(typed.pending.completes, current);
  if (typed.isOver || !current.startsWith('-')) {
    const argument = await valueOf(command.arguments[typed.args.length]?.completes, current);
    if (typed.open === undefined || argument.kind !== 'values') return argument;
    const values = [...(await sources.processes()), ...argument.values];
    return startingWith(current, values);
  }
  const [name = '', value] = current.split(/=(.*)/s);
  if (value === undefined) return startingWith(current, optionWords(command, typed));
  const option = optionsOf(command).find((each) => takesValue(each) && longName(each) === name);
  return valueOf(option?.completes, value, `${name}=`);
}

function programWords(current: string): readonly Suggestion[] {
  if (!current.startsWith('-'))
    return [...commandNames(), { value: 'help', words: 'show the help of a command' }];
  return [
    { value: '--help', words: 'show the help' },
    { value: '--version', words: 'print the version' },
  ];
}

function commandNames(): readonly Suggestion[] {
  return COMMANDS.map(({ name, summary }) => ({ value: name, words: summary }));
}

/** Without those that may stand only once and do already. */
function optionWords(command: CommandSpec, { options }: TypedWords): readonly Suggestion[] {
  return optionsOf(command)
    .filter((option) => option.repeatable === true || !options.has(longName(option)))
    .map((option) => ({ value: longName(option), words: option.words }));
}

function startingWith(start: string, values: readonly Suggestion[], prefix = ''): Suggestions {
  const whole = values.map(({ value, ...words }) => ({ value: prefix + value, ...words }));
  return { kind: 'values', values: whole.filter(({ value }) => value.startsWith(start)) };
}
