/** Where a value came from. `file` is never absolute in a report: it is relative to the project. */
export interface ValueOrigin {
  readonly kind:
    'candidate' | 'code' | 'config' | 'environment' | 'flag' | 'stack-order' | 'default' | 'hypothesis';
  /** The place inside a configuration: `selections.adapter.cache`. */
  readonly path?: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** An environment variable's name. */
  readonly variable?: string;
  /** A command line flag. */
  readonly flag?: string;
  /** For a stack order: the package that it names, and where the order itself was set. */
  readonly package?: string;
  readonly setBy?: ValueOrigin;
}
