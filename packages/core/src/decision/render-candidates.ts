import { printable } from '../foundation/printable.js';
import type { CandidateReport, FilteredReport, ShadowedReport } from './candidate-report.js';
import type { Change, WinsIf } from './changes.js';
import type { Explanation } from './explanation.js';
import { tellFinding } from './filter-wording.js';
import { formatChange } from './parse-change.js';
import { RANK_RULE_NAMES, type RankRuleName } from './rank-rules.js';
import { RANK_WORDING } from './rank-wording.js';
import { tellOrigin, tellSource } from './tell-origin.js';
import { table, wrap, wrapLabelled, wrapParts, type Layout, type Span } from './text-layout.js';
import { TEXT_WORDING } from './text-wording.js';

const INDENT = '  ';
const DEEPER = INDENT + INDENT;

/** The candidates that pass the filter, best first, with their scores; the rule that decided is marked. */
export function renderRanking(explanation: Explanation, layout: Layout, showRegistration: boolean): string[] {
  const { decidedBy } = explanation;
  const passing = explanation.candidates.filter(({ state }) => state !== 'filtered');
  if (passing.length === 0) return [];
  const columns = columnsOf(explanation, showRegistration);
  const mark = (name: RankRuleName): string => (name === decidedBy ? `${name}*` : name);
  const rows = passing.map((report): Span[] => {
    const isActive = report.state === 'active';
    return [
      { text: nameOf(report, explanation), ...(isActive ? { paint: layout.strong } : {}) },
      ...columns.map((name) => ({ text: String(report.rank[name]) })),
      { text: report.state, paint: isActive ? layout.good : layout.faint },
    ];
  });
  const headings = [TEXT_WORDING.candidate, ...columns.map(mark), TEXT_WORDING.state];
  const heading = headings.map((text): Span => ({ text, paint: layout.faint }));
  return [
    ...(table([heading, ...rows], layout, INDENT) ?? rows.flatMap((row) => paragraph(row, headings, layout))),
    ...wrap(`${TEXT_WORDING.rules}: ${RANK_RULE_NAMES.map(mark).join(' > ')}`, layout, INDENT, DEEPER),
  ];
}

/** A row of a table that is too wide. */
function paragraph([name, ...rest]: readonly Span[], headings: readonly string[], layout: Layout): string[] {
  const parts = rest.map(({ text, paint }, index) => ({
    text: index === rest.length - 1 ? text : `${headings[index + 1] ?? ''} ${text}`,
    ...(paint === undefined ? {} : { paint }),
  }));
  return wrapParts([...(name === undefined ? [] : [name]), ...parts], layout, INDENT, DEEPER);
}

/** Only what can differ: the selection where one binds, capabilities where not all of them are needed. */
function columnsOf(
  { selection, request, decidedBy }: Explanation,
  showRegistration: boolean,
): RankRuleName[] {
  const isShown: Readonly<Record<RankRuleName, boolean>> = {
    selection: selection !== null && selection.state !== 'not-bound',
    capability: !request.requireAll && request.capabilities.length > 0,
    priority: true,
    stackLevel: true,
    registration: showRegistration || decidedBy === 'registration',
  };
  return RANK_RULE_NAMES.filter((name) => isShown[name]);
}

/** For each loser who beat it, where, with which values, and what would make it win. */
export function renderLosers(
  losers: readonly ShadowedReport[],
  explanation: Explanation,
  layout: Layout,
): string[] {
  return losers.flatMap((loser) => {
    const changes = loser.winsIf.map((change): Span => ({
      text: formatChange(changeOf(change, loser, explanation)),
      paint: layout.good,
    }));
    return [
      ...wrap(tellLoss(loser, explanation), layout, INDENT, DEEPER),
      ...(changes.length === 0
        ? wrap(TEXT_WORDING.nothingHelps, layout, DEEPER)
        : wrapLabelled(TEXT_WORDING.winsIf(changes.length), changes, layout, DEEPER, INDENT + DEEPER)),
    ];
  });
}

function tellLoss(loser: ShadowedReport, explanation: Explanation): string {
  const { lostTo, lostAt, values } = loser;
  const name = nameOf(loser, explanation);
  if (lostTo === null || values.winner === null) {
    return TEXT_WORDING.pinnedAway(name, explanation.selection?.provider ?? '');
  }
  const winner = explanation.candidates[0];
  const winnerName = winner === undefined ? lostTo : nameOf(winner, explanation);
  return TEXT_WORDING.lost(
    name,
    winnerName,
    lostAt,
    RANK_WORDING[lostAt].tellLoss(values.own, values.winner),
  );
}

/** The change as one would type it; a registration is named only where the provider alone means several. */
function changeOf(change: WinsIf, loser: ShadowedReport, explanation: Explanation): Change {
  switch (change.change) {
    case 'priority':
    case 'stackLevel': {
      const which = isOnlyOne(loser, explanation) ? {} : { registration: loser.rank.registration };
      return { ...change, provider: loser.provider, ...which };
    }
    case 'selection':
      return change;
    case 'without':
      return { change: 'without', provider: change.providers[0] };
    default:
      return change satisfies never;
  }
}

/** For each filtered candidate its code, and what that rule expected and found. */
export function renderFiltered(
  filtered: readonly FilteredReport[],
  explanation: Explanation,
  layout: Layout,
): string[] {
  return filtered.flatMap((report) => {
    const name = { text: nameOf(report, explanation) };
    const told = { text: tellFinding(report) };
    return wrapParts([name, { text: report.code, paint: layout.bad }, told], layout, INDENT, DEEPER);
  });
}

/** For every candidate who offers it, and where its numbers come from. */
export function renderOrigins(explanation: Explanation, layout: Layout): string[] {
  return explanation.candidates.flatMap((report) => {
    const { source, version, origins, rank } = report;
    const [priority, stackLevel] = [tellOrigin(origins.priority), tellOrigin(origins.stackLevel)];
    const numbers =
      priority === stackLevel
        ? [`priority ${String(rank.priority)}, stackLevel ${String(rank.stackLevel)}: ${priority}`]
        : [
            `priority ${String(rank.priority)}: ${priority}`,
            `stackLevel ${String(rank.stackLevel)}: ${stackLevel}`,
          ];
    const parts = [
      `${nameOf(report, explanation)}: ${tellSource(source, version, origins.site)}`,
      ...numbers,
    ];
    return wrapParts(
      parts.map((text) => ({ text: printable(text) })),
      layout,
      INDENT,
      DEEPER,
    );
  });
}

/** The provider; with the registration number where it has several candidates. */
function nameOf(report: CandidateReport, explanation: Explanation): string {
  const { provider, rank } = report;
  return isOnlyOne(report, explanation) ? provider : `${provider}#${String(rank.registration)}`;
}

function isOnlyOne({ provider }: CandidateReport, { candidates }: Explanation): boolean {
  return candidates.filter((other) => other.provider === provider).length === 1;
}
