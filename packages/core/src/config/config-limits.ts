/** What a configuration file may cost to read; each is far above what a project needs. */
export const MAX_FILE_BYTES = 1_048_576;
export const MAX_DEPTH = 64;
/** Values after aliases are followed, so that a few lines of YAML cannot unfold into billions. */
export const MAX_VALUES = 100_000;
