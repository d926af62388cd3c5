/// <reference lib="esnext.disposable" preserve="true" />
export type { PluginContractOptions } from './contract-options.js';
export type { ContractRuleId } from './contract-rules.js';
export { type ContractCheck, pluginContract } from './plugin-contract.js';
