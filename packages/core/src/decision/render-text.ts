import { printable } from '../foundation/printable.js';
import type { Explanation } from './explanation.js';
import { list } from './list.js';
import { formatChange } from './parse-change.js';
import { renderFiltered, renderLosers, renderOrigins, renderRanking } from './render-candidates.js';
import { didYouMean } from './summary-wording.js';
import { tellOrigin } from './tell-origin.js';
import {
  layoutOf,
  paragraphs,
  titled,
  wrap,
  wrapLabelled,
  wrapParts,
  type Layout,
  type LayoutOptions,
} from './text-layout.js';
import { SELECTION_WORDING, TEXT_WORDING, UNKNOWN_WORDING, type UntoldName } from './text-wording.js';
import type { WhyNot } from './why-not.js';

export interface RenderTextOptions extends LayoutOptions {
  /** Show registration numbers also where they decide nothing. Default: false, so that they do not vary a snapshot. */
  readonly showRegistration?: boolean;
}

/** An explanation as text for people, without a line end. Pure: it depends on nothing but its arguments. */
export function renderText(explanation: Explanation, options: RenderTextOptions = {}): string {
  const layout = layoutOf(options);
  const { candidates } = explanation;
  const losers = candidates.filter((report) => report.state === 'shadowed');
  const filtered = candidates.filter((report) => report.state === 'filtered');
  return paragraphs([
    renderHead(explanation, layout),
    titled(
      explanation.decidedBy === null ? TEXT_WORDING.ranking : TEXT_WORDING.rankingDecided,
      renderRanking(explanation, layout, options.showRegistration ?? false),
      layout,
    ),
    titled(TEXT_WORDING.losers, renderLosers(losers, explanation, layout), layout),
    titled(TEXT_WORDING.filtered, renderFiltered(filtered, explanation, layout), layout),
    titled(TEXT_WORDING.selection, renderSelection(explanation, layout), layout),
    titled(TEXT_WORDING.origins, renderOrigins(explanation, layout), layout),
    [layout.faint(explanation.fingerprint)],
  ]);
}

/** What `whyNot` picked out of an explanation, as text for people, without a line end. */
export function renderWhyNot(
  answer: WhyNot,
  explanation: Explanation,
  options: RenderTextOptions = {},
): string {
  const layout = layoutOf(options);
  const { provider, candidates } = answer;
  const losers = candidates.filter((report) => report.state === 'shadowed');
  const filtered = candidates.filter((report) => report.state === 'filtered');
  const others = [
    ...(candidates.some(({ state }) => state === 'active') ? [TEXT_WORDING.wins(provider)] : []),
    ...(candidates.length === 0 ? [tellNotOffered(answer, explanation)] : []),
  ];
  return paragraphs([
    renderHead(explanation, layout),
    [
      ...others.flatMap((text) => wrap(text, layout)),
      ...renderLosers(losers, explanation, layout),
      ...renderFiltered(filtered, explanation, layout),
    ],
  ]);
}

/** That nobody offers the provider that `whyNot` was asked for, with the nearest name, in a sentence. */
export function tellNotOffered({ provider, nearest }: WhyNot, { request }: Explanation): string {
  return TEXT_WORDING.notOffered(provider, `${request.domain}/${request.key}`) + didYouMean(nearest);
}

/** The question, what is supposed, the one sentence, a tie said loudly, and the names that name nothing. */
function renderHead(explanation: Explanation, layout: Layout): string[] {
  const { request, revision, outcome, summary, winner, hypothetical, baseline, fingerprint } = explanation;
  const { strong, faint, good, warn, bad } = layout;
  const paint = { resolved: good, tie: warn, none: bad }[outcome];
  const question = [
    { text: `${request.domain}/${request.key}`, paint: strong },
    ...TEXT_WORDING.request(request.provider, request.capabilities, request.requireAll).map((text) => ({
      text,
    })),
    { text: `${TEXT_WORDING.revision} ${String(revision)}`, paint: faint },
  ];
  const supposed = (hypothetical ?? []).map((change) => ({ text: formatChange(change), paint: warn }));
  const isSame = baseline?.fingerprint === fingerprint || baseline?.winner?.sequence === winner?.sequence;
  return [
    ...wrapParts(question, layout),
    ...(baseline === undefined
      ? []
      : [
          ...wrapLabelled(TEXT_WORDING.hypothesis, supposed, layout, '', '  '),
          ...wrap(TEXT_WORDING.baseline(baseline.winner?.provider ?? null, isSame), layout),
        ]),
    ...wrap(printable(summary), layout).map(paint),
    ...renderTie(explanation, layout),
    ...renderUnknown(explanation, layout),
  ];
}

function renderTie({ outcome, candidates }: Explanation, layout: Layout): string[] {
  if (outcome !== 'tie') return [];
  const tied = candidates.filter(
    (report) =>
      report.state === 'active' || (report.state === 'shadowed' && report.lostAt === 'registration'),
  );
  const names = list([...new Set(tied.map(({ provider }) => provider))], 'and');
  return wrap(TEXT_WORDING.tied(names, tied.length), layout).map(layout.warn);
}

/** The summary has told of an unknown key, and where nothing won also of an unknown provider or selection. */
function renderUnknown({ unknown, outcome }: Explanation, layout: Layout): string[] {
  return unknown
    .filter((each): each is UntoldName => each.kind !== 'key')
    .filter(({ kind }) => outcome !== 'none' || (kind !== 'provider' && kind !== 'selection'))
    .flatMap(({ kind, name, nearest }) =>
      wrap(`${name}: ${UNKNOWN_WORDING[kind]}.${didYouMean(nearest)}`, layout, '', '  '),
    );
}

function renderSelection({ selection }: Explanation, layout: Layout): string[] {
  if (selection === null) return [];
  const parts = [SELECTION_WORDING[selection.state](selection), tellOrigin(selection.origin)];
  return wrapParts(
    parts.map((text) => ({ text: printable(text) })),
    layout,
    '  ',
    '    ',
  );
}
