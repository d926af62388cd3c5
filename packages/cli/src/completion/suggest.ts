import { COMMANDS, optionsOf } from '../command-catalogue.js';
import type { CommandSpec } from '../command.js';
import { NO_NAMES, type ProjectNames } from './project-names.js';
import { longName, readWords, takesValue, type TypedWords } from './read-words.js';
import { suggestValue } from './suggest-value.js';
import { NOTHING, type Suggestion, type Suggestions } from './suggestion.js';

/** Loads the names of the project that the words so far mean. */
export type LoadNames = (typed: TypedWords) => Promise<ProjectNames>;

/**
 * What a shell may offer for the last of the words that follow `oneiric`; it may be empty. The names of the project are
 * loaded only where they are needed.
 */
export async function suggest(words: readonly string[], loadNames: LoadNames): Promise<Suggestions> {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const at = before.findIndex((word) => !word.startsWith('-'));
  if (at < 0) return startingWith(current, programWords(current));
  if (before[at] === 'help') return startingWith(current, before.length === at + 1 ? commandNames() : []);
  const command = COMMANDS.find(({ name }) => name === before[at]);
  if (command === undefined) return NOTHING;
  return suggestFor(command, readWords(command, before.slice(at + 1)), current, loadNames);
}

async function suggestFor(
  command: CommandSpec,
  typed: TypedWords,
  current: string,
  loadNames: LoadNames,
): Promise<Suggestions> {
  const valueOf = async (
    completes: Parameters<typeof suggestValue>[0],
    text: string,
    prefix = '',
  ): Promise<Suggestions> => {
    const isFixed = completes === undefined || typeof completes !== 'string';
    const names =
      isFixed || completes === 'file' || completes === 'folder' ? undefined : await loadNames(typed);
    const found = suggestValue(completes, { typed: text, args: typed.args, names: names ?? NO_NAMES });
    if (found.kind !== 'values') return found;
    return startingWith(
      current,
      found.values.map(({ value, ...words }) => ({ value: prefix + value, ...words })),
    );
  };
  if (typed.pending !== undefined) return valueOf(typed.pending.completes, current);
  if (typed.isOver || !current.startsWith('-'))
    return valueOf(command.arguments[typed.args.length]?.completes, current);
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

function startingWith(start: string, values: readonly Suggestion[]): Suggestions {
  return { kind: 'values', values: values.filter(({ value }) => value.startsWith(start)) };
}
