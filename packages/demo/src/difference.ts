import type { CandidateReport, Explanation } from '@oneiric/core';

/** Something that two explanations of one question say differently. */
export interface Difference {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** What a change made of a decision, candidate by candidate. */
export function differences(before: Explanation, after: Explanation): readonly Difference[] {
  const providers = [...new Set([...before.candidates, ...after.candidates].map(({ provider }) => provider))];
  return [
    difference('selection', before.selection?.provider ?? 'none', after.selection?.provider ?? 'none'),
    difference('decided by', before.decidedBy ?? 'nothing', after.decidedBy ?? 'nothing'),
    ...providers.map((provider) => difference(provider, stand(before, provider), stand(after, provider))),
    difference('fingerprint', short(before.fingerprint), short(after.fingerprint)),
  ].filter((found) => found.before !== found.after);
}

function difference(what: string, before: string, after: string): Difference {
  return { what, before, after };
}

function stand({ candidates }: Explanation, provider: string): string {
  const report = candidates.find((candidate) => candidate.provider === provider);
  return report === undefined ? 'not offered' : told(report);
}

function told(report: CandidateReport): string {
  switch (report.state) {
    case 'active':
      return 'active';
    case 'shadowed':
      return `shadowed, lost at ${report.lostAt}`;
    case 'filtered':
      return `filtered, ${report.code}`;
    default:
      return report satisfies never;
  }
}

function short(fingerprint: string): string {
  return `${fingerprint.slice(0, 'sha256-'.length + 8)}…`;
}
