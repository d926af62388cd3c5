import type { Breach, ContractRuleId } from './contract-rules.js';
import type { ContractSettings } from './contract-options.js';

/** What the process that tries a plugin is told. */
export interface ProbeRequest extends Omit<ContractSettings, 'folder' | 'files'> {
  readonly package: string;
  /** The project in which the plugin is installed. */
  readonly projectDir: string;
  /** Absolute. */
  readonly packageFolder: string;
  /** Relative to `packageFolder`. */
  readonly entry: string;
  /** The rules that are known to be broken before it is tried. */
  readonly broken: readonly ContractRuleId[];
  /** Of package.json, as it is written; null where it is no list. */
  readonly provides: readonly unknown[] | null;
}

/** What it sends, a line each: which rule it looks at, and everything that it finds. */
export type ProbeMessage =
  | { readonly kind: 'judging'; readonly rule: ContractRuleId }
  | ({ readonly kind: 'breach'; readonly rule: ContractRuleId; readonly missing?: Missing } & Breach)
  | { readonly kind: 'done' };

/** Something that an import did not find. */
export type Missing =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'package'; readonly name: string };
