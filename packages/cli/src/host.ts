import type { StrayErrors } from './stray-errors.js';

/** Where a command's text goes. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Undefined where it is no terminal. */
  readonly columns: number | undefined;
  /** The height of a terminal. Default: not known. */
  readonly rows?: number | undefined;
  /** Calls the listener whenever `columns` or `rows` have changed. Default: they never do. */
  onResize?(listener: () => void): Disposable;
  /** Calls the listener when a write finds that nobody reads any more. Default: somebody always does. */
  onUnread?(listener: () => void): Disposable;
}

/** What a command has of the process it runs in; a test gives it another one. */
export interface Host {
  /** Data. */
  readonly stdout: Output;
  /** Everything else. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** What plugins have begun and nobody awaits. Default: nobody looks. */
  readonly strayErrors?: StrayErrors;
  /** Calls the listener at the first Ctrl+C instead of ending; the next one ends. Default: the first one does. */
  onInterrupt?(listener: () => void): Disposable;
}
