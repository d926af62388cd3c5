import { ATTRIBUTES } from '../observability/span-catalogue.js';
import type { SpanFacts } from '../observability/span-port.js';
import type { Attributes } from './opentelemetry-api.js';

/** Facts under the names that they are told by; without those that are not known. */
export function attributesOf(facts: SpanFacts): Attributes {
  const attributes: Attributes = {};
  for (const fact of Object.keys(facts) as (keyof SpanFacts)[]) {
    const value = facts[fact];
    if (value !== undefined && value !== null) attributes[ATTRIBUTES[fact]] = value;
  }
  return attributes;
}
