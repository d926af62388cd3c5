import type { JsonObject } from '../foundation/json.js';
import { redactJson, redactText } from '../security/redact.js';

/** The codes that `registry.mark` sets, in the order in which the filter asks for them. */
export const MARK_CODES = [
  'DISABLED',
  'PAUSED',
  'UNHEALTHY',
  'EXPIRED',
  'LOAD_FAILED',
  'NOT_TRUSTED',
] as const;
export type MarkCode = (typeof MARK_CODES)[number];

/** Why a candidate is not eligible at present, set from outside the decision. Text or data; shown as `actual`. */
export type MarkDetail = string | JsonObject;

/** The marks on one candidate. */
export type Marks = ReadonlyMap<MarkCode, MarkDetail>;

/** The detail of a mark as a report shows it: without what looks like a secret. */
export function redactDetail(detail: MarkDetail): MarkDetail {
  return typeof detail === 'string' ? redactText(detail) : redactJson(detail);
}
