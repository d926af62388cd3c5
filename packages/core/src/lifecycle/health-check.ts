import type { Candidate } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { findMethod } from './find-method.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';

/** The methods of an instance that say whether it is well; the first that is there counts. */
const HEALTH_METHODS = ['health', 'checkHealth', 'isHealthy'] as const;

/** How the health of an instance is asked for. */
export interface HealthQuestion {
  /** What reports call it: `health`, or `isHealthy()` of the instance. */
  readonly name: string;
  /** @throws `ONEIRIC_LIFECYCLE_RESULT_INVALID` where the answer is neither true nor false; what the check throws */
  readonly ask: () => Promise<boolean>;
}

/** The candidate's own check, else the instance's; undefined where there is none: then it counts as healthy. */
export function healthQuestion(candidate: Candidate, instance: unknown): HealthQuestion | undefined {
  const { health, domain, key, provider } = candidate;
  const method = health === undefined ? findMethod(instance, HEALTH_METHODS) : undefined;
  if (health === undefined && method === undefined) return undefined;
  return {
    name: method === undefined ? 'health' : `${method.name}()`,
    async ask() {
      const answer: unknown = await (health === undefined ? method?.call() : health(instance));
      if (typeof answer === 'boolean') return answer;
      throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_RESULT_INVALID', {
        domain,
        key,
        provider,
        phase: 'health',
        found: describeValue(answer),
        expected: 'true or false',
      });
    },
  };
}
