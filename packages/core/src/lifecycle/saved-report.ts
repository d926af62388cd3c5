import type { Explanation } from '../decision/explanation.js';
import { deepFreeze } from '../foundation/deep-freeze.js';
import type { RunningReport, RunningStanding } from './running-report.js';
import type { SavedComponent, StatusFile } from './saved-status.js';
import { type ProviderName, providerName } from './provider-name.js';

/**
 * What ran when a process wrote its status file, against what wins here and now. Pure. What the file does not know is
 * absent; a key that it does not have was never started there.
 *
 * `explanation` is that of the plain question for the key: a request of its own does not tell what runs.
 */
export function savedReport(file: StatusFile, explanation: Explanation): RunningReport {
  const { domain, key } = explanation.request;
  const saved = find(file, domain, key);
  return deepFreeze({
    running: standingOf(saved, explanation),
    lifecycle: {
      state: saved?.state ?? 'registered',
      health: saved?.health ?? 'unknown',
      lastGood: saved?.lastGood ?? null,
      failure:
        saved === undefined || saved.failure.length === 0 ? null : { provider: null, causes: saved.failure },
      attempts: saved?.attempts ?? 0,
      durations: saved?.durations ?? {},
    },
    injected: (saved?.dependencies ?? []).map((need) => ({
      ...need,
      running: find(file, need.domain, need.key)?.running?.provider ?? null,
    })),
    dependents: file.components
      .filter(({ dependencies }) => dependencies.some((need) => need.domain === domain && need.key === key))
      .map((component) => `${component.domain}/${component.key}`),
  });
}

/** Why it was not swapped, in the words of the process, as far as it and we agree on who wins. */
function standingOf(saved: SavedComponent | undefined, explanation: Explanation): RunningStanding {
  const { domain, key } = explanation.request;
  const running = saved?.running ?? null;
  const winner = providerName(explanation.winner ?? undefined);
  const standing = { domain, key, source: 'status-file', running, winner } as const;
  if (saved === undefined || running === null) return { ...standing, reason: 'not-running' };
  if (isSame(running, winner)) return { ...standing, reason: 'same' };
  const { reason, winner: winnerThere } = saved.standing;
  if (isSame(winnerThere, winner) && reason !== 'same') return { ...standing, reason };
  return { ...standing, reason: 'decided-otherwise', winnerThere };
}

function isSame(a: ProviderName | null, b: ProviderName | null): boolean {
  return a?.provider === b?.provider && a?.version === b?.version;
}

function find({ components }: StatusFile, domain: string, key: string): SavedComponent | undefined {
  return components.find((component) => component.domain === domain && component.key === key);
}
