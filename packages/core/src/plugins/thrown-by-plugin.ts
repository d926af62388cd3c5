import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describeThrown } from '../foundation/describe-thrown.js';
import type { SourcePlace } from '../foundation/source-place.js';
import { failurePlace } from '../security/failure-place.js';
import { redactText } from '../security/redact.js';
import type { PlannedPlugin } from './plan-plugins.js';
import { readRefusal } from './read-refusal.js';

/** What code of a plugin threw, without the folders of this machine. */
export function tellThrown(
  { folder, package: name }: PlannedPlugin,
  projectDir: string,
  error: unknown,
): string {
  const problem = readRefusal(error)?.problem;
  const thrown =
    problem === undefined ? describeThrown(error) : `${problem.found}; expected ${problem.expected}`;
  let text = redactText(thrown);
  for (const [path, shown] of [
    [String(folder), name],
    [projectDir, '.'],
  ] as const)
    text = text.replaceAll(pathToFileURL(path).href, shown).replaceAll(path, shown);
  return text;
}

/**
 * Where in its own files a plugin failed, below the name of its package. What was thrown can be anything, also something
 * that cannot be looked at.
 */
export async function locateFailure(
  { package: name, folder, entry }: PlannedPlugin,
  error: unknown,
): Promise<SourcePlace | undefined> {
  const root = String(folder);
  const isOwn = (file: string): boolean =>
    file.startsWith(root + sep) && !file.slice(root.length).includes(`${sep}node_modules${sep}`);
  try {
    const place = await failurePlace(join(root, String(entry)), error, isOwn);
    if (place === undefined) return undefined;
    return { ...place, file: `${name}/${relative(root, place.file).replaceAll('\\', '/')}` };
  } catch {
    return undefined;
  }
}
