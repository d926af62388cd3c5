import { type LockedDecision, type LockedKeys, LOCKFILE_VERSION, type Lockfile } from './lockfile.js';
import { tellDecision } from './tell-decision.js';

/**
 * The text of a lockfile: JSON with two spaces, everything in sorted order, a value on a line, and a line end, so that
 * a difference in version control shows what changed and nothing else. The `summary` is for readers: it follows from
 * the rest, and is not read back.
 */
export function printLock({ keys, environments }: Lockfile): string {
  const names = [...environments.keys()].sort();
  const form = {
    schemaVersion: LOCKFILE_VERSION,
    ...(keys === undefined ? {} : { keys: keysForm(keys) }),
    ...(names.length === 0
      ? {}
      : {
          environments: Object.fromEntries(
            names.map((name) => [name, { keys: keysForm(environments.get(name) ?? new Map()) }]),
          ),
        }),
  };
  return `${JSON.stringify(form, null, 2)}\n`;
}

function keysForm(keys: LockedKeys): Readonly<Record<string, object>> {
  const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, decision]) => [name, decisionForm(name, decision)]));
}

function decisionForm(name: string, decision: LockedDecision): object {
  const { winner, outcome, decidedBy, selection, fingerprint, candidates } = decision;
  return {
    winner,
    outcome,
    decidedBy,
    summary: tellDecision(name, decision),
    ...(selection === null ? {} : { selection }),
    fingerprint,
    candidates,
  };
}
