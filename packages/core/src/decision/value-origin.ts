/** Where a value came from. `file` is never absolute in a report: it is relative to the project. */
export interface ValueOrigin {
  readonly kind: 'candidate' | 'code' | 'config' | 'environment' | 'flag' | 'stack-order' | 'default';
  /** The place inside a configuration: `selections.adapter.cache`. */
  readonly path?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** An environment variable's name. */
  readonly variable?: string;
  /** A command line flag. */
  readonly flag?: string;
  /** For a stack order: the package that it names, and where the order itself was set. */
  readonly package?: string;
  readonly setBy?: ValueOrigin;
}
