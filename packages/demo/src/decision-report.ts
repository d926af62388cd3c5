import type { CandidateReport, Explanation, WinsIf } from '@oneiric/core';
import { tellFinding } from '@oneiric/core';

import { wrap } from './layout.js';
import type { Screen } from './screen.js';

/** A decision in short: the sentence, and for each loser what it would have needed. */
export function reportDecision(explanation: Explanation, screen: Screen): readonly string[] {
  const losers = explanation.candidates.filter(({ state }) => state !== 'active');
  const nameWidth = Math.max(...losers.map(({ provider }) => provider.length));
  const isTie = explanation.outcome === 'tie';
  return [
    ...wrap(
      [screen.strong(keyName(explanation)), ...asked(explanation).map(screen.faint)].join(' '),
      screen.width,
      '',
      '  ',
    ),
    ...wrap(explanation.summary, screen.width, '  ').map(isTie ? screen.warn : String),
    ...losers.flatMap((loser) =>
      wrap(told(loser), screen.width, `    ${loser.provider.padEnd(nameWidth)}  `).map(screen.faint),
    ),
  ];
}

function keyName({ request }: Explanation): string {
  return `${request.domain}/${request.key}`;
}

/** What the job asks beyond the name, as the command line takes it. */
function asked({ request: { capabilities, requireAll } }: Explanation): readonly string[] {
  if (capabilities.length === 0) return [];
  return ['--capability', capabilities.join(','), ...(requireAll ? [] : ['--any-capability'])];
}

function told(report: CandidateReport): string {
  switch (report.state) {
    case 'active':
      return 'wins';
    case 'shadowed':
      return `would win ${list(report.winsIf.map(condition))}`;
    case 'filtered':
      return `filtered: ${tellFinding(report)}`;
    default:
      return report satisfies never;
  }
}

function condition(winsIf: WinsIf): string {
  switch (winsIf.change) {
    case 'priority':
      return `with priority ${winsIf.to}`;
    case 'stackLevel':
      return `with stack level ${winsIf.to}`;
    case 'selection':
      return 'if selected';
    case 'without':
      return `without ${winsIf.providers[0]}`;
    default:
      return winsIf satisfies never;
  }
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1) ?? ''}`;
}
