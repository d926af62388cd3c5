import type { Term } from './command.js';

export const JSON_OUTPUT: Term = {
  term: '--json',
  words: 'print JSON, in the form that the shipped schema describes',
};

/** The key that a command is about. */
export const KEY_ARGUMENTS: readonly Term[] = [
  { term: '<domain>', words: 'the kind of component, or domain/key in one word', completes: 'domain-or-key' },
  { term: '[key]', words: 'what it is for', completes: 'key' },
];

export function formatOption(formats: readonly string[]): Term {
  return { term: '--format <name>', words: `print in this form: ${formats.join(', ')}`, completes: formats };
}

export const ATTACH: Term = {
  term: '--attach [process]',
  words: 'ask the running process with this pid, socket or name (--attach=orders); else the only one',
  completes: 'process',
};
