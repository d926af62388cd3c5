import type { ErrorFamily } from '../errors/error-details.js';
import { type ContractRuleId, ruleOf } from './contract-rules.js';

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_CONTRACT_BROKEN: {
      readonly rule: ContractRuleId;
      /** The name of the package; its folder where it has none. */
      readonly package: string;
      readonly where: string;
      readonly found: string;
    };
    ONEIRIC_CONTRACT_NOT_CHECKED: { readonly package: string; readonly reason: string };
    ONEIRIC_CONTRACT_OPTION_INVALID: {
      readonly option: string;
      readonly found: string;
      readonly expected: string;
    };
  }
}

/** The words of the plugin contract. */
export const CONTRACT_ERRORS: ErrorFamily<'ONEIRIC_CONTRACT_'> = {
  ONEIRIC_CONTRACT_BROKEN: {
    summary: 'A plugin does not keep a rule of the plugin contract.',
    message: (d) =>
      `${d.package} does not keep the plugin contract (${d.rule}): ${ruleOf(d.rule).sentence}.\n` +
      `  where  ${d.where}\n  found  ${d.found}\n  next   ${ruleOf(d.rule).next}`,
  },
  ONEIRIC_CONTRACT_NOT_CHECKED: {
    summary: 'The plugin contract could not be checked; it says nothing about the plugin.',
    message: (d) => `The plugin contract of ${d.package} could not be checked: ${d.reason}`,
  },
  ONEIRIC_CONTRACT_OPTION_INVALID: {
    summary: 'An option of the plugin contract is not valid.',
    message: (d) =>
      `The option ${d.option} of pluginContract is not valid: found ${d.found}; expected ${d.expected}.`,
  },
};
