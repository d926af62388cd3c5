import type { ErrorFamily } from '../errors/error-details.js';
import { OneiricError } from '../errors/oneiric-error.js';
import type { FilteredReport } from './candidate-report.js';
import type { Explanation, RequestReport } from './explanation.js';
import { FILTER_WORDING, tellFinding } from './filter-wording.js';
import type { FilterFinding } from './finding.js';
import type { UnknownName } from './unknown-names.js';

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_RESOLUTION_NONE: {
      readonly request: RequestReport;
      readonly summary: string;
      /** The filtered candidates, nearest miss first, with the same codes as in the explanation. */
      readonly misses: readonly Miss[];
      /** The candidates that a pin kept from winning. */
      readonly shadowed: readonly string[];
      readonly unknown: readonly UnknownName[];
      readonly pinnedTo: string | null;
    };
  }
}

/** One filtered candidate. */
type Miss = FilterFinding & { readonly provider: string };

const SHOWN_MISSES = 5;

/** The words of every error about a question that has no answer. */
export const RESOLUTION_ERRORS: ErrorFamily<'ONEIRIC_RESOLUTION_'> = {
  ONEIRIC_RESOLUTION_NONE: {
    summary: 'Nothing won a decision that has to have a winner.',
    message: ({ request, summary, misses, shadowed, pinnedTo }) => {
      const key = `${request.domain}/${request.key}`;
      const lines = misses
        .slice(0, SHOWN_MISSES)
        .map((miss) => `  ${miss.provider}: ${miss.code}, ${tellFinding(miss)}`);
      if (misses.length > SHOWN_MISSES) lines.push(`  and ${String(misses.length - SHOWN_MISSES)} more`);
      return [
        summary.includes(key) ? summary : `${key}: ${summary}`,
        ...lines,
        nextStep(key, misses[0], shadowed, pinnedTo),
      ].join('\n');
    },
  },
};

function nextStep(
  key: string,
  miss: FilterFinding | undefined,
  shadowed: readonly string[],
  pinnedTo: string | null,
): string {
  if (pinnedTo !== null && shadowed.length > 0) {
    return `Select one that is eligible (${shadowed.join(', ')}), or let the selection fall back: { provider: "${pinnedTo}", policy: "prefer" }.`;
  }
  if (miss === undefined) return `Register a candidate for ${key}.`;
  return FILTER_WORDING[miss.code].remedy;
}

/**
 * Thrown where a winner is demanded and nothing won; carries the whole explanation.
 * Its message is the explanation's sentence, the nearest misses and what to do next.
 */
export class ResolutionError extends OneiricError<'ONEIRIC_RESOLUTION_NONE'> {
  readonly explanation: Explanation;

  constructor(explanation: Explanation) {
    const details = detailsOf(explanation);
    super('ONEIRIC_RESOLUTION_NONE', RESOLUTION_ERRORS.ONEIRIC_RESOLUTION_NONE.message(details), details);
    this.explanation = explanation;
  }
}

function detailsOf({ request, summary, candidates, unknown, selection }: Explanation) {
  const bound = selection?.policy === 'pin' && selection.state !== 'not-bound';
  return {
    request,
    summary,
    misses: candidates.flatMap((report) => (report.state === 'filtered' ? [missOf(report)] : [])),
    shadowed: [
      ...new Set(candidates.flatMap((report) => (report.state === 'shadowed' ? [report.provider] : []))),
    ],
    unknown,
    pinnedTo: bound ? selection.provider : null,
  };
}

/** The finding alone, without what an explanation says about every candidate. */
function missOf(report: FilteredReport): Miss {
  const { provider, code, expected, actual } = report;
  return { provider, code, expected, actual } as Miss;
}

Object.defineProperty(ResolutionError.prototype, 'name', {
  value: 'ResolutionError',
  configurable: true,
  writable: true,
});
