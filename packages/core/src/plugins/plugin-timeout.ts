/** Milliseconds that the import, the setup and the cleanup of a plugin may take each. */
export const PLUGIN_TIMEOUT = { min: 1, max: 600_000, default: 10_000 } as const;

/** Is `value` a time that plugins may be given? */
export function isPluginTimeout(value: unknown): value is number {
  const { min, max } = PLUGIN_TIMEOUT;
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
