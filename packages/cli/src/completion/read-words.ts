import { optionsOf } from '../command-catalogue.js';
import type { CommandSpec, Term } from '../command.js';
import { isProcessWord } from '../process-name.js';

/** What has been typed of a command so far. */
export interface TypedWords {
  readonly args: readonly string[];
  /** Every value of every option, by the option's long name: `--cwd`. A flag has an empty one. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** The option whose value comes next. */
  readonly pending: Term | undefined;
  /** The option that stands last and may have a value, or none. */
  readonly open: Term | undefined;
  /** Whether `--` has been typed, after which everything is an argument. */
  readonly isOver: boolean;
}

/** `--cwd` of `--cwd <folder>`, `--quiet` of `-q, --quiet`. */
export function longName({ term }: Term): string {
  return /--[\w-]+/.exec(term)?.[0] ?? term;
}

/** `--cwd <folder>` needs a value, `--attach [process]` may have one. */
export function takesValue({ term }: Term): boolean {
  return /[<[]/.test(term);
}

/** Reads the finished words after a command's name; it refuses nothing, since somebody is still typing. */
export function readWords(command: CommandSpec, words: readonly string[]): TypedWords {
  const args: string[] = [];
  const options = new Map<string, string[]>();
  let pending: Term | undefined;
  let open: Term | undefined;
  let isOver = false;
  for (const word of words) {
    const before = open;
    open = undefined;
    if (before !== undefined && isProcessWord(word)) options.get(longName(before))?.push(word);
    else if (pending !== undefined) {
      options.get(longName(pending))?.push(word);
      pending = undefined;
    } else if (isOver || !word.startsWith('-')) args.push(word);
    else if (word === '--') isOver = true;
    else {
      const [name = '', value] = word.split(/=(.*)/s);
      const option = optionsOf(command).find(({ term }) => term.split(/[ ,]+/).includes(name));
      if (option === undefined) continue;
      const values = options.get(longName(option)) ?? [];
      options.set(longName(option), values);
      if (value !== undefined && takesValue(option)) values.push(value);
      else if (option.term.includes('<')) pending = option;
      else if (takesValue(option)) open = option;
      else values.push('');
    }
  }
  return { args, options, pending, open, isOver };
}
