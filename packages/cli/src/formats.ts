/** The forms in which a command can print its data. */
export type Format = 'text' | 'table' | 'json' | 'markdown' | 'mermaid' | 'dot';

/** The forms that each command has, text first: only what consists of nodes and edges can be drawn. */
export const FORMATS = {
  explain: ['text', 'table', 'json', 'markdown', 'mermaid', 'dot'],
  resolve: ['text', 'table', 'json', 'markdown'],
  list: ['text', 'table', 'json', 'markdown'],
  graph: ['text', 'table', 'json', 'markdown', 'mermaid', 'dot'],
  lock: ['text', 'json'],
  check: ['text', 'json', 'markdown'],
  diff: ['text', 'json', 'markdown'],
  doctor: ['text', 'json', 'markdown'],
  plugins: ['text', 'json'],
  config: ['text', 'json'],
  swap: ['text', 'json'],
} as const satisfies Readonly<Record<string, readonly Format[]>>;
