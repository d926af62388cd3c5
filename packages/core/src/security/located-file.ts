/** A file that a reference leads to, and where it may not leave. */
export interface LocatedFile {
  /** Absolute, as it is reached: links are not followed yet. */
  readonly path: string;
  /** Absolute, without links. */
  readonly file: string;
  /** What `file` is inside of: the project, or one package. Absolute, without links. */
  readonly root: string;
  /** `file` relative to `root`, with `/`: what messages show. */
  readonly name: string;
}
