import {
  type CandidateReport,
  type Dependency,
  type DependencyState,
  type Explanation,
  formatChange,
  printable,
  tellFinding,
} from '@oneiric/core';

/** What a row says; every renderer but text and JSON takes its words from here. */
export function keyCell({ request: { domain, key } }: Pick<Explanation, 'request'>): string {
  return `${domain}/${key}`;
}

export function winnerCell({ winner }: Pick<Explanation, 'winner'>): string {
  return winner?.provider ?? '(nothing)';
}

/** By which rule the winner won; where nothing did, where to look. */
export function reasonCell({ outcome, decidedBy, candidates }: Explanation): string {
  if (outcome === 'tie') return 'TIE, registration';
  if (outcome === 'none') return candidates.length === 0 ? 'no candidate' : 'see explain';
  return decidedBy ?? 'only one';
}

/** Why a candidate stands where it does: `priority, 10 under 50` or `CAPABILITY_MISSING, lacks ttl; it has kv`. */
export function standingCell(report: CandidateReport, explanation: Explanation): string {
  switch (report.state) {
    case 'active':
      return reasonCell(explanation);
    case 'shadowed': {
      const { lostAt, values } = report;
      return values.winner === null || lostAt === 'selection' || lostAt === 'registration'
        ? lostAt
        : `${lostAt}, ${values.own} under ${values.winner}`;
    }
    case 'filtered':
      return `${report.code}, ${tellFinding(report)}`;
    default:
      return report satisfies never;
  }
}

/** Every single change that makes a loser win, as one would type it. */
export function changeCells(report: CandidateReport, { candidates }: Explanation): readonly string[] {
  if (report.state !== 'shadowed') return [];
  const { provider, rank, winsIf } = report;
  const isOnlyOne = candidates.filter((other) => other.provider === provider).length === 1;
  const which = isOnlyOne ? {} : { registration: rank.registration };
  return winsIf.map((change) => {
    if (change.change === 'selection') return formatChange(change);
    if (change.change === 'without')
      return formatChange({ change: 'without', provider: change.providers[0] });
    return formatChange({ ...change, provider, ...which });
  });
}

/** The package and version, else the file and line, else the kind of source. */
export function sourceCell({ source, version }: CandidateReport): string {
  if (source.package !== undefined)
    return printable(
      [source.package, source.version ?? version].filter((part) => part !== undefined).join(' '),
    );
  if (source.file === undefined) return printable(source.id ?? source.kind);
  return printable(source.line === undefined ? source.file : `${source.file}:${source.line}`);
}

/** How a candidate needs a key: `inject clock`, `requires`, `requires kv and ttl`. */
export function needCell({ kind, name, capabilities = [] }: Dependency): string {
  if (kind === 'inject') return `inject ${name ?? ''}`;
  return ['requires', capabilities.join(', ')].join(' ').trimEnd();
}

/** What is wrong with a need; empty where nothing is. */
export const MISSING_WORDS: Readonly<Record<DependencyState, string>> = {
  met: '',
  unresolved: 'nothing wins there',
  unregistered: 'nothing is registered there',
  unmet: 'nobody there meets it',
};
