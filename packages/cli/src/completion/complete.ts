import { setTimeout } from 'node:timers/promises';

import { EXIT, type ExitCode } from '../exit-code.js';
import type { Host } from '../host.js';
import { NO_NAMES, namesOf, type ProjectNames } from './project-names.js';
import type { TypedWords } from './read-words.js';
import { suggest } from './suggest.js';
import { formatSuggestions, type Suggestion } from './suggestion.js';

/** Somebody waits at the keyboard; a project that takes longer completes without its names. */
const PATIENCE_MS = 2000;

/** What the completion scripts call. Says nothing about anything that is wrong: it is asked while one is typing. */
export async function complete(words: readonly string[], host: Host): Promise<ExitCode> {
  const suggestions = await suggest(words, {
    names: (typed) => inTime(loadNames(typed, host), NO_NAMES),
    processes: () => inTime(listNames(), []),
  });
  host.stdout.write(formatSuggestions(suggestions));
  return EXIT.ok;
}

function inTime<T>(work: Promise<T>, otherwise: T): Promise<T> {
  return Promise.race([work.catch(() => otherwise), setTimeout(PATIENCE_MS, otherwise, { ref: false })]);
}

async function loadNames({ options }: TypedWords, host: Host): Promise<ProjectNames> {
  const target = options.get('--attach');
  if (target !== undefined) {
    const { connectProcess } = await import('@oneiric/core/attach');
    const [name] = target;
    await using process = await connectProcess(/^\d+$/.test(name ?? '') ? Number(name) : name);
    return namesOf(await process.snapshot(), []);
  }
  const { nameProject } = await import('../name-project.js');
  const choice = {
    cwd: options.get('--cwd')?.[0],
    file: options.get('--config')?.[0],
    environment: options.get('--env')?.[0],
  };
  const { registry, loaded } = await nameProject(choice, host);
  return namesOf(registry.snapshot(), loaded.environments);
}

async function listNames(): Promise<readonly Suggestion[]> {
  const { listProcesses } = await import('@oneiric/core/attach');
  return (await listProcesses()).map(({ pid, name }) => ({ value: String(pid), words: name }));
}
