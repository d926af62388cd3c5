import type { DoctorFinding } from './doctor-finding.js';

/** What is known of a project's lockfile. */
export interface LockfileFacts {
  /** The name of the one that counts. */
  readonly file: string;
  readonly state: 'present' | 'absent' | { readonly message: string };
  /** Others of the name, relative to the project. */
  readonly strays: readonly string[];
}

/** What is wrong with a project's lockfile. */
export function diagnoseLockfile({ file, state, strays }: LockfileFacts): readonly DoctorFinding[] {
  const found: DoctorFinding[] = strays.map((stray) => ({
    code: 'LOCKFILE_STRAY',
    key: null,
    place: { kind: 'config', file: stray },
    details: { file: stray, counts: file },
  }));
  const place = { kind: 'config', file } as const;
  if (state === 'absent') found.push({ code: 'LOCKFILE_MISSING', key: null, place: null, details: { file } });
  else if (state !== 'present')
    found.push({ code: 'LOCKFILE_UNREADABLE', key: null, place, details: { file, message: state.message } });
  return found;
}
