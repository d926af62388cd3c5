import {
  DOCTOR_CATALOGUE,
  type FindingSeverity,
  formatPlace,
  printable,
  type ProjectFinding,
  severityOf,
  tellDoctorFinding,
} from '@oneiric/core';

import type { Screen } from '../screen.js';
import { wrap } from '../wrap.js';
import { markdownBlocks, markdownCode, markdownTable, markdownText } from './markdown.js';

/** What `doctor` found. */
export interface Diagnosis {
  /** The gravest first. */
  readonly findings: readonly ProjectFinding[];
  /** How many keys were looked at. */
  readonly keys: number;
  /** In which environments; null is without one. */
  readonly environments: readonly (string | null)[];
}

const SEVERITIES: readonly FindingSeverity[] = ['error', 'warning', 'note'];

/** A block for each finding: how grave, which, where, what, and what to do. */
export function diagnosisText(diagnosis: Diagnosis, screen: Screen): string {
  const { findings } = diagnosis;
  const paint = { error: screen.bad, warning: screen.warn, note: screen.faint };
  const blocks = findings.map((finding, index) => {
    const { code, place } = finding;
    // What to do is said once, under the last of a kind.
    const isLast = findings[index + 1]?.code !== code;
    const severity = severityOf(finding);
    const where = tellWhere(finding, diagnosis);
    return [
      `${paint[severity](severity)} ${screen.strong(code)}${where === '' ? '' : `  ${where}`}`,
      ...(place === null
        ? []
        : wrap(printable(placeOf(place)), screen.width, { first: '  at ', rest: '     ' })),
      ...wrap(printable(tellDoctorFinding(finding)), screen.width, { first: '  ', rest: '  ' }),
      ...(isLast ? wrap(DOCTOR_CATALOGUE[code].remedy, screen.width, { first: '  -> ', rest: '     ' }) : []),
    ].join('\n');
  });
  return [...blocks, wrap(tellTotals(diagnosis), screen.width).join('\n')].join('\n\n');
}

/** The findings for a comment or a job summary. */
export function diagnosisMarkdown(diagnosis: Diagnosis): string {
  const { findings } = diagnosis;
  return markdownBlocks([
    [`### Oneiric doctor: ${markdownText(tellTotals(diagnosis).replace(/\.$/, ''))}`],
    markdownTable(
      ['severity', 'code', 'where', 'what', 'what to do'],
      findings.map((finding) => [
        severityOf(finding),
        markdownCode(finding.code),
        [
          finding.place === null ? '' : markdownCode(placeOf(finding.place)),
          markdownText(tellWhere(finding, diagnosis)),
        ]
          .filter((part) => part !== '')
          .join(' '),
        markdownText(tellDoctorFinding(finding)),
        markdownText(DOCTOR_CATALOGUE[finding.code].remedy),
      ]),
    ),
  ]);
}

/** What `doctor --json` prints. */
export function diagnosisJson({ findings, keys, environments }: Diagnosis): object {
  return {
    schemaVersion: 1,
    environments,
    keys,
    counts: Object.fromEntries(
      SEVERITIES.map((severity) => [
        severity,
        findings.filter((each) => severityOf(each) === severity).length,
      ]),
    ),
    findings: findings.map((finding) => ({
      code: finding.code,
      severity: severityOf(finding),
      environments: finding.environments,
      key: finding.key,
      place: finding.place,
      text: tellDoctorFinding(finding),
      remedy: DOCTOR_CATALOGUE[finding.code].remedy,
      details: finding.details,
    })),
  };
}

function placeOf(place: NonNullable<ProjectFinding['place']>): string {
  return [formatPlace(place), place.path].filter((part) => part !== undefined).join('  ');
}

/** In which environments, where that is not all of them. */
function tellWhere({ environments }: ProjectFinding, diagnosis: Diagnosis): string {
  if (diagnosis.environments.length < 2 || environments.length === diagnosis.environments.length) return '';
  if (environments[0] === null && environments.length === 1) return '';
  return `in ${environments.map((name) => name ?? 'no environment').join(', ')}`;
}

/** `2 errors, 1 warning in 12 keys.` */
function tellTotals({ findings, keys, environments }: Diagnosis): string {
  const named = environments.filter((name) => name !== null);
  const of = `${keys} ${keys === 1 ? 'key' : 'keys'}${named.length === 0 ? '' : `, with ${named.join(', ')}`}`;
  const parts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => severityOf(finding) === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return parts.length === 0 ? `All well: ${of}.` : `${parts.join(', ')} in ${of}.`;
}
