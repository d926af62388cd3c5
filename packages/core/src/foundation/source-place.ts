import { fileURLToPath } from 'node:url';

/** A place in a file; line and column count from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  /** Absent where only the line is known. */
  readonly column?: number;
}

/** `src/cache.ts:4:16` */
export function formatSourcePlace({ file, line, column }: SourcePlace): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

const FRAME = /^\s+at (?:.* \(|async )?((?:file:\/\/|\/|[A-Za-z]:[\\/])[^()]*):(\d+):(\d+)\)?$/;

/**
 * The places of a V8 stack trace that lie in files, innermost first; none where `stack` is no such text. Those in
 * TypeScript have no column: what runs is generated from it, line by line.
 */
export function stackPlaces(stack: unknown): readonly SourcePlace[] {
  if (typeof stack !== 'string') return [];
  return stack.split('\n').flatMap((frame) => {
    const [, file, line, column] = FRAME.exec(frame) ?? [];
    if (file === undefined) return [];
    const place = { file: toPath(file), line: Number(line) };
    return [/\.[cm]?ts$/.test(file) ? place : { ...place, column: Number(column) }];
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
