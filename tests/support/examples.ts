import { markdownBlocks, type MarkdownBlock } from './markdown-blocks.js';

/**
 * What a document promises to work. On the opening fence of a block, after the language:
 *
 * - `file=oneiric.config.ts` the block is a file of the reader's project
 * - `run` the block is a program (`ts`) or a script (`sh`) that the reader runs in that project
 * - `exit=2` beside `run`: it ends with this code instead of 0
 * - `output` directly below a `run` block: what that prints; `…` stands for any text, also for several lines
 */
export type Example = FileExample | RunExample;

export interface FileExample {
  readonly kind: 'file';
  readonly line: number;
  readonly language: string;
  readonly path: string;
  readonly text: string;
}

export interface RunExample {
  readonly kind: 'run';
  readonly line: number;
  readonly language: 'ts' | 'sh';
  readonly text: string;
  readonly exitCode: number;
  /** Undefined: the document does not show it. */
  readonly output: string | undefined;
  /** Of the fence that opens the output. */
  readonly outputLine: number;
}

export function readExamples(markdown: string): Example[] {
  const blocks = markdownBlocks(markdown);
  return blocks.flatMap((block, at): Example[] => {
    const path = wordValue(block, 'file');
    if (path !== undefined) {
      return [{ kind: 'file', line: block.line, language: block.language, path, text: block.text }];
    }
    if (!block.words.includes('run')) return [];
    if (block.language !== 'ts' && block.language !== 'sh') {
      throw new Error(`line ${block.line}: a \`run\` block is \`ts\` or \`sh\`, not \`${block.language}\``);
    }
    const next = blocks[at + 1];
    const shown = next?.follows === true && next.words.includes('output') ? next : undefined;
    const { language, line, text } = block;
    const exitCode = Number(wordValue(block, 'exit') ?? 0);
    return [
      { kind: 'run', language, line, text, exitCode, output: shown?.text, outputLine: shown?.line ?? 0 },
    ];
  });
}

/** Whether a program printed what the document shows. */
export function printsAsShown(printed: string, shown: string): boolean {
  const pattern = shown
    .trimEnd()
    .split('…')
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^]*?');
  return new RegExp(`^${pattern}$`).test(printed.trimEnd());
}

/** The document with `printed` in place of what it shows below the example that is `at` in its order. */
export function withOutput(markdown: string, at: number, printed: string): string {
  const example = readExamples(markdown)[at];
  if (example?.kind !== 'run' || example.output === undefined) return markdown;
  const lines = markdown.split('\n');
  const shownLines = example.output.split('\n').length - 1;
  return lines.toSpliced(example.outputLine, shownLines, ...printed.trimEnd().split('\n')).join('\n');
}

function wordValue({ words }: MarkdownBlock, name: string): string | undefined {
  return words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}
