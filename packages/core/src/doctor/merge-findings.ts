import { sortFindings } from './diagnose.js';
import type { DoctorFinding } from './doctor-finding.js';

/** A finding, and where it holds: null stands for the configuration without an environment. */
export type ProjectFinding = DoctorFinding & { readonly environments: readonly (string | null)[] };

/** The findings of several environments as one list, each finding once. A variable that one of them reads is known. */
export function mergeFindings(
  sections: Iterable<readonly [environment: string | null, findings: readonly DoctorFinding[]]>,
): readonly ProjectFinding[] {
  const merged = new Map<
    string,
    { readonly finding: DoctorFinding; readonly environments: (string | null)[] }
  >();
  const names = new Set<string | null>();
  for (const [environment, findings] of sections) {
    names.add(environment);
    for (const finding of findings) {
      const { code, key, place, details } = finding;
      const name = JSON.stringify([code, key, place, details]);
      const known = merged.get(name);
      if (known === undefined) merged.set(name, { finding, environments: [environment] });
      else known.environments.push(environment);
    }
  }
  const known = Array.from(merged.values(), ({ finding, environments }) => ({ ...finding, environments }));
  return sortFindings(
    known.filter(
      ({ code, environments }) => code !== 'VARIABLE_UNKNOWN' || environments.length >= names.size,
    ),
  );
}
