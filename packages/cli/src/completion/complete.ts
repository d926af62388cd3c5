import { setTimeout } from 'node:timers/promises';

import { EXIT, type ExitCode } from '../exit-code.js';
import type { Host } from '../host.js';
import { NO_NAMES, namesOf, type ProjectNames } from './project-names.js';
import type { TypedWords } from './read-words.js';
import { suggest } from './suggest.js';
import { formatSuggestions } from './suggestion.js';

/** Somebody waits at the keyboard; a project that takes longer completes without its names. */
const PATIENCE_MS = 2000;

/** What the completion scripts call. Says nothing about anything that is wrong: it is asked while one is typing. */
export async function complete(words: readonly string[], host: Host): Promise<ExitCode> {
  const suggestions = await suggest(words, (typed) =>
    Promise.race([loadNames(typed, host), setTimeout(PATIENCE_MS, NO_NAMES, { ref: false })]),
  );
  host.stdout.write(formatSuggestions(suggestions));
  return EXIT.ok;
}

async function loadNames({ options }: TypedWords, host: Host): Promise<ProjectNames> {
  try {
    const { openProject } = await import('../open-project.js');
    const choice = {
      cwd: options.get('--cwd')?.[0],
      file: options.get('--config')?.[0],
      environment: options.get('--env')?.[0],
    };
    return namesOf(await openProject(choice, host, () => undefined));
  } catch {
    return NO_NAMES;
  }
}
