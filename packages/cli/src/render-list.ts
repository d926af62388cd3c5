import type { CandidateReport, Explanation, ShadowedReport } from '@oneiric/core';

import { renderTable } from './render-table.js';
import type { Screen } from './screen.js';

/** A row for every key: what wins it and by which rule. */
export function renderActive(explanations: readonly Explanation[], screen: Screen): string {
  const rows = explanations.map((explanation) => {
    const winner = explanation.candidates.find(({ state }) => state === 'active');
    return [
      nameOf(explanation),
      winner?.provider ?? '(nothing)',
      reasonOf(explanation),
      winner === undefined ? '' : sourceOf(winner),
    ];
  });
  return renderTable(['KEY', 'WINNER', 'DECIDED BY', 'FROM'], rows, screen);
}

/** A row for every loser: to whom it lost and where; undefined where there is none. */
export function renderShadowed(explanations: readonly Explanation[], screen: Screen): string | undefined {
  const rows = explanations.flatMap((explanation) =>
    explanation.candidates
      .filter((candidate): candidate is ShadowedReport => candidate.state === 'shadowed')
      .map((loser) => [
        nameOf(explanation),
        loser.provider,
        loser.lostTo ?? '(nothing)',
        lossOf(loser),
        sourceOf(loser),
      ]),
  );
  return rows.length === 0
    ? undefined
    : renderTable(['KEY', 'SHADOWED', 'LOST TO', 'AT', 'FROM'], rows, screen);
}

function nameOf({ request: { domain, key } }: Explanation): string {
  return `${domain}/${key}`;
}

function reasonOf({ outcome, decidedBy, candidates }: Explanation): string {
  if (outcome === 'tie') return 'TIE, registration';
  if (outcome === 'none') return candidates.length === 0 ? 'no candidate' : 'see explain';
  return decidedBy ?? 'only one';
}

function lossOf({ lostAt, values: { own, winner } }: ShadowedReport): string {
  return winner === null || lostAt === 'selection' || lostAt === 'registration'
    ? lostAt
    : `${lostAt}, ${String(own)} under ${String(winner)}`;
}

/** The package and version, else the file and line, else the kind of source. */
function sourceOf({ source, version }: CandidateReport): string {
  if (source.package !== undefined)
    return [source.package, source.version ?? version].filter((part) => part !== undefined).join(' ');
  if (source.file === undefined) return source.id ?? source.kind;
  return source.line === undefined ? source.file : `${source.file}:${String(source.line)}`;
}
