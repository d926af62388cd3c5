import { Contest } from './contest.js';
import { Explanation } from './explanation.js';
import type { Question } from './question.js';

/**
 * Decides one question and explains it. Pure: the same question gives the same answer, byte for byte.
 *
 * The result is lazy. `winner` costs a walk down the ranking to the first candidate that passes; everything else
 * is computed when first asked and kept.
 */
export function decide(question: Question): Explanation {
  return new Explanation(new Contest(question));
}
