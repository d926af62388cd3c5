import { type LockfileDifference, tellChange, tellCounts, tellRestoration } from '@oneiric/core';

import { type Comparison, tellSame } from './comparison.js';
import { markdownBlocks, markdownCode, markdownTable, markdownText } from './markdown.js';

/** The differences for a comment on a pull request. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { differences, accept, before, after } = comparison;
  if (differences.length === 0)
    return markdownBlocks([['### Oneiric: no winner changed'], [markdownText(tellSame(comparison))]]);
  const winners = differences.filter(({ severity }) => severity === 'winner');
  const others = differences.filter(({ severity }) => severity === 'other');
  return markdownBlocks([
    [`### Oneiric: ${tellCounts(differences).replace(/\.$/, '')}`],
    markdownTable(
      ['key', 'environment', before.label, after.label].map(markdownText),
      winners.map((each) => [...nameCells(each), winnerCell(each.before), winnerCell(each.after)]),
    ),
    winners.flatMap((each) => reasons(each, comparison)),
    others.length === 0 ? [] : ['Other differences:'],
    others.flatMap((each) =>
      each.changes.map((change) => `- ${nameOf(each)}: ${markdownText(tellChange(change, each))}`),
    ),
    accept === undefined ? [] : [`Accept with ${markdownCode(accept)}, and commit the lockfile.`],
  ]);
}

function nameCells({ key, environment }: LockfileDifference): readonly string[] {
  return [key === null ? '(all)' : markdownCode(key), environment === null ? '' : markdownCode(environment)];
}

function nameOf(difference: LockfileDifference): string {
  return nameCells(difference)
    .filter((cell) => cell !== '')
    .join(' in ');
}

function winnerCell(side: LockfileDifference['before']): string {
  return typeof side?.winner === 'string' ? markdownCode(side.winner) : '(nothing)';
}

function reasons(difference: LockfileDifference, { before, after, accept }: Comparison): readonly string[] {
  const told = accept === undefined ? undefined : tellRestoration(difference);
  return [
    `- ${nameOf(difference)}: ${difference.changes.map((change) => markdownText(tellChange(change, difference))).join('; ')}`,
    ...sideLine(before.label, difference.before),
    ...sideLine(after.label, difference.after),
    ...(told === undefined
      ? []
      : [`  - ${markdownText(told.text)} ${markdownCode(told.line ?? '')}`.trimEnd()]),
  ];
}

function sideLine(label: string, side: LockfileDifference['before']): readonly string[] {
  return side === null ? [] : [`  - ${markdownText(label)}: ${markdownText(side.summary)}`];
}
