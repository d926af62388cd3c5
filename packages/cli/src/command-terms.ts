import type { Term } from './command.js';

export const JSON_OUTPUT: Term = {
  term: '--json',
  words: 'print JSON, in the form that the shipped schema describes',
};

export function formatOption(formats: readonly string[]): Term {
  return { term: '--format <name>', words: `print in this form: ${formats.join(', ')}`, completes: formats };
}
