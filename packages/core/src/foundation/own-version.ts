import { readFileSync } from 'node:fs';

let version: string | undefined;

/** The version of this package. */
export function ownVersion(): string {
  if (version !== undefined) return version;
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (version = (JSON.parse(text) as { version: string }).version);
}
