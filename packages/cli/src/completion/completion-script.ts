import { readFileSync } from 'node:fs';

import type { Shell } from './shells.js';

/**
 * The script that makes a shell complete `oneiric`. Each calls `oneiric __complete` with the words up to the cursor,
 * so that it knows the options of the installed version and the names of the project.
 */
export function completionScript(shell: Shell): string {
  return readFileSync(new URL(`../../completions/oneiric.${shell}`, import.meta.url), 'utf8').trimEnd();
}
