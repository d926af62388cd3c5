/** Every form a configuration may have. */
export const CONFIG_EXTENSIONS = ['.ts', '.mts', '.js', '.mjs', '.json', '.yaml'] as const;
export type ConfigExtension = (typeof CONFIG_EXTENSIONS)[number];

/** The names that are looked for, in this order. */
export const CONFIG_FILE_NAMES: readonly string[] = CONFIG_EXTENSIONS.map(
  (extension) => `oneiric.config${extension}`,
);

/** Forms that other tools accept, and the one of ours to use instead. */
export const FOREIGN_EXTENSIONS: Readonly<Record<string, ConfigExtension>> = {
  '.yml': '.yaml',
  '.json5': '.json',
  '.jsonc': '.json',
  '.toml': '.yaml',
  '.cts': '.ts',
  '.cjs': '.mjs',
  '.tsx': '.ts',
  '.jsx': '.js',
};
