import { tellDuration } from '@oneiric/core';
import type { AttachedProbe, ProcessInfo } from '@oneiric/core/attach';

import { renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';
import { processJson } from './process-json.js';

const HEADINGS = ['KEY', 'PROVIDER', 'ANSWER', 'ASKED', 'TOOK', 'BECAUSE'];

/** What a component said when it was asked, for every form. */
type Answer = 'healthy' | 'unhealthy' | 'recovering' | 'nothing to ask' | 'not asked';

/** Did a component say that it is unwell, could it not be asked, or does it count as unhealthy although it says yes? */
export function isUnhealthy(probe: AttachedProbe): boolean {
  const answer = answerOf(probe);
  return answer === 'unhealthy' || answer === 'recovering' || answer === 'not asked';
}

/** A row for every component: what it answered, what was asked, and why it is not healthy. */
export function healthTable(probes: readonly AttachedProbe[], screen: Screen): string {
  return renderTable(HEADINGS, probes.map(row), screen);
}

/** What `health --json` prints. */
export function healthJson(process: ProcessInfo, probes: readonly AttachedProbe[]): object {
  return {
    schemaVersion: 1,
    process: processJson(process),
    isHealthy: !probes.some(isUnhealthy),
    components: probes.map((probe) => {
      const { domain, key, report } = probe;
      return {
        domain,
        key,
        provider: report?.provider ?? null,
        answer: answerOf(probe),
        check: report?.check ?? null,
        countsAs: report?.state ?? 'unknown',
        durationMs: report?.durationMs ?? null,
        causes: causesOf(probe),
      };
    }),
  };
}

function row(probe: AttachedProbe): readonly string[] {
  const { domain, key, report } = probe;
  return [
    `${domain}/${key}`,
    report?.provider ?? '',
    answerOf(probe),
    report?.check ?? '',
    report === null ? '' : tellDuration(report.durationMs),
    becauseOf(probe),
  ];
}

function answerOf({ report }: AttachedProbe): Answer {
  if (report === null) return 'not asked';
  if (!report.isHealthy) return 'unhealthy';
  if (report.state === 'unhealthy') return 'recovering';
  return report.check === null ? 'nothing to ask' : 'healthy';
}

function becauseOf(probe: AttachedProbe): string {
  const [cause] = causesOf(probe);
  const answer = answerOf(probe);
  const words = cause?.message ?? ANSWER_WORDS[answer];
  const differs = answer === 'unhealthy' && probe.report?.state !== 'unhealthy';
  return differs ? `${words}; by its own probes it still counts as ${probe.report?.state}` : words;
}

const ANSWER_WORDS: Readonly<Record<Answer, string>> = {
  healthy: '',
  unhealthy: 'its check says no',
  recovering: 'it says yes, and counts as unhealthy until its own probes have heard that often enough',
  'nothing to ask': 'it has no check',
  'not asked': 'it could not be asked',
};

function causesOf({ report, error }: AttachedProbe): readonly Cause[] {
  if (error !== undefined) return [{ code: error.code, message: error.message }, ...error.causes];
  return report?.error ?? [];
}

interface Cause {
  readonly code?: string;
  readonly message: string;
}
