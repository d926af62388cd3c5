import { fileURLToPath } from 'node:url';

/** A place in a file; line and column count from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const FRAME = /^\s+at .*?\(?((?:file:\/\/|\/|[A-Za-z]:[\\/])[^()]*):(\d+):(\d+)\)?$/;

/** The places of a V8 stack trace that lie in files, innermost first; none where `stack` is no such text. */
export function stackPlaces(stack: unknown): readonly SourcePlace[] {
  if (typeof stack !== 'string') return [];
  return stack.split('\n').flatMap((frame) => {
    const [, file, line, column] = FRAME.exec(frame) ?? [];
    return file === undefined ? [] : [{ file: toPath(file), line: Number(line), column: Number(column) }];
  });
}

function toPath(file: string): string {
  if (!file.startsWith('file://')) return file;
  try {
    return fileURLToPath(file);
  } catch {
    return file;
  }
}
