import {
  type LockfileDifference,
  nameDifference,
  printable,
  tellChange,
  tellCounts,
  tellRestoration,
} from '@oneiric/core';
import stringWidth from 'string-width';

import type { Screen } from '../screen.js';
import { wrap } from '../wrap.js';
import { type Comparison, tellSame } from './comparison.js';

/** The differences for a terminal: winners first, each with both reasons and what can be done. */
export function comparisonText(comparison: Comparison, screen: Screen): string {
  const { differences, accept, isStrict } = comparison;
  if (differences.length === 0) return line(tellSame(comparison), screen);
  const winners = differences.filter(({ severity }) => severity === 'winner');
  const others = differences.filter(({ severity }) => severity === 'other');
  const fails = winners.length > 0 || isStrict;
  const counts = tellCounts(differences);
  return [
    ...[...winners, ...others].map((each) => renderDifference(each, comparison, screen)),
    [
      fails ? screen.bad(line(counts, screen)) : screen.strong(line(counts, screen)),
      ...(accept === undefined ? [] : [line(`Accept with: ${accept}`, screen)]),
    ].join('\n'),
  ].join('\n\n');
}

function renderDifference(difference: LockfileDifference, comparison: Comparison, screen: Screen): string {
  const { severity, changes, before, after } = difference;
  const [first, ...rest] = changes.map((change) => tellChange(change, difference));
  const isWinner = severity === 'winner';
  const mark = isWinner ? 'WINNER' : 'other ';
  const title = wrap(printable(`${nameDifference(difference)}: ${first ?? ''}`), screen.width, {
    first: `${mark}  `,
    rest: ' '.repeat(mark.length + 2),
  });
  const paint = (text: string): string => (isWinner ? screen.bad(text) : screen.faint(text));
  const label = Math.max(stringWidth(comparison.before.label), stringWidth(comparison.after.label));
  const side = (name: string, summary: string | undefined): readonly string[] =>
    summary === undefined
      ? []
      : wrap(printable(summary), screen.width, {
          first: `  ${screen.faint(name.padEnd(label))}  `,
          rest: ' '.repeat(label + 4),
        });
  const isSame = before?.summary === after?.summary;
  const restore = comparison.accept === undefined ? undefined : tellRestoration(difference);
  return [
    ...title.map((text, index) =>
      index === 0 ? paint(mark) + screen.strong(text.slice(mark.length)) : screen.strong(text),
    ),
    ...rest.flatMap((text) => wrap(printable(text), screen.width, { first: '  - ', rest: '    ' })),
    ...(isSame ? [] : side(comparison.before.label, before?.summary)),
    ...(isSame ? [] : side(comparison.after.label, after?.summary)),
    ...(restore === undefined ? [] : wrap(restore.text, screen.width, { first: '  ', rest: '  ' })),
    ...(restore?.line === undefined ? [] : [`    ${restore.line}`]),
  ].join('\n');
}

function line(text: string, screen: Screen): string {
  return wrap(text, screen.width).join('\n');
}
