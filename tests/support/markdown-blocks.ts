/** One fenced block of a Markdown document. */
export interface MarkdownBlock {
  readonly language: string;
  /** What follows the language on the opening fence: `run`, `output`, `file=…`, `exit=…`. */
  readonly words: readonly string[];
  readonly text: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  /** Whether nothing but blank lines stands between the previous block and this one. */
  readonly follows: boolean;
}

const FENCE = /^(?<ticks>`{3,})(?<language>\S*)[ \t]*(?<words>.*)\n(?<text>[\s\S]*?)^\k<ticks>[ \t]*$/gm;

export function markdownBlocks(markdown: string): MarkdownBlock[] {
  let end = 0;
  return [...markdown.matchAll(FENCE)].map(({ 0: whole, index, groups = {} }) => {
    const between = markdown.slice(end, index);
    const first = end === 0;
    end = index + whole.length;
    return {
      language: groups['language'] ?? '',
      words: (groups['words'] ?? '').split(/\s+/).filter((word) => word !== ''),
      text: groups['text'] ?? '',
      line: markdown.slice(0, index).split('\n').length,
      follows: !first && between.trim() === '',
    };
  });
}
